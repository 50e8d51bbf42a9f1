/**
 * Follows the steps of docs/implement.md. A number of two or more digits matches any such number, so that the page stays valid when
 * vectors are added. The test of the package installs the package; this test uses the checkout.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { inCiAlone } from "../sample.ts";
import { type Step, stepsOf, testSteps } from "./page-steps.ts";

/** Returns the part of a line that is compared. The width of a column depends on its numbers. */
function comparable(line: string): string {
  return line.replaceAll(/[0-9]{2,}/g, "##").replaceAll(/ {2,}/g, "  ");
}

const steps = stepsOf("implement.md");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

// In CI a machine without Python must fail, not skip.
describe("docs/implement.md", {
  skip: inCiAlone.skip ?? (hasPython || process.env.CI ? false : "python3 is not installed"),
}, () => {
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "proofhouse-implement-"));
    mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
    symlinkSync(packagePath("."), join(folder, "node_modules", "proofhouse"));
    symlinkSync("../proofhouse/dist/cli/main.js", join(folder, "node_modules", ".bin", "proofhouse"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("holds files to write and commands to run", () => {
    const count = (kind: Step["kind"]): number => steps.filter((step) => step.kind === kind).length;
    assert.ok(count("file") >= 4, "at least a program in two languages, a manifest and an expectation file");
    assert.ok(count("command") >= 5);
  });

  testSteps(steps, () => folder, comparable);
});
