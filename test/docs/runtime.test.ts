/**
 * Follows the steps of the pages on environments and modules, and compares every number: locally for one page, in CI for all pages.
 * The checkout replaces the installed package.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { inCiAlone } from "../sample.ts";
import { stepsOf, testSteps } from "./page-steps.ts";

/** A package, its command, and the path of the command. */
const COMPILERS = [
  ["wabt", "wat2wasm", "bin/wat2wasm"],
  ["assemblyscript", "asc", "bin/asc.js"],
] as const;

for (const page of ["runtime.md", "environments.md", "modules.md"]) {
  describe(`docs/${page}`, page === "modules.md" ? {} : inCiAlone, () => {
    let folder = "";

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "proofhouse-runtime-"));
      const modules = join(folder, "node_modules");
      mkdirSync(join(modules, ".bin"), { recursive: true });
      symlinkSync(packagePath("."), join(modules, "proofhouse"));
      symlinkSync("../proofhouse/dist/cli/main.js", join(modules, ".bin", "proofhouse"));
      for (const [name, program, path] of COMPILERS) {
        symlinkSync(packagePath("node_modules", name), join(modules, name));
        symlinkSync(`../${name}/${path}`, join(modules, ".bin", program));
      }
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const steps = stepsOf(page);
    test("holds commands to run", () => assert.ok(steps.some(({ kind }) => kind === "command")));
    testSteps(steps, () => folder);
  });
}
