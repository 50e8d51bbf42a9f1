import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";
import { validateProgram } from "../../reference/runtime/validate/program.ts";
import { ENVIRONMENT_NAMES, environmentCode } from "./built-modules.ts";

describe("environments", () => {
  const folder = mkdtempSync(join(tmpdir(), "proofhouse-environments-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const build = (): void => {
    const { status, stderr } = spawnSync(process.execPath, [packagePath("scripts/build-environments.mjs"), folder]);
    assert.equal(status, 0, String(stderr));
  };
  const read = (name: string): Buffer => readFileSync(join(folder, name));

  test("match their sources, and are the same wherever they are built", () => {
    build();
    const built = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
    assert.deepEqual(
      built.sort(),
      ENVIRONMENT_NAMES.map((name) => `${name}.wasm`),
    );
    for (const name of built) {
      assert.deepEqual(read(name), readFileSync(packagePath("dist", "environments", name)), name);
    }
  });

  test("are rebuilt only after a change", () => {
    const times = (): number[] => readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);
    const before = times();
    build();
    assert.deepEqual(times(), before);
    writeFileSync(join(folder, "hello.wasm"), "damaged");
    build();
    assert.deepEqual(read("hello.wasm"), Buffer.from(environmentCode("hello")));
  });

  for (const name of ENVIRONMENT_NAMES) {
    test(`${name} is valid, names its functions, and imports what its page states`, () => {
      const { module } = validateProgram(environmentCode(name), "environment", []);
      assert.ok(module.memory?.max !== undefined && module.memory.max <= 256);
      assert.ok(module.sections.some((section) => section.id === 0 && section.name === "name"));
      assert.ok(!module.sections.some((section) => section.name === "sourceMappingURL"));
      const usesProof = module.imports.some((one) => one.module === "proof");
      assert.equal(usesProof, name === "token-proof");
    });
  }
});
