/**
 * Does what docs/implement.md says. A number of two digits or more stands for any such number: vectors are added, and the
 * page need not follow. To install the package is left to the test of the package; here this checkout takes its place.
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

/** What is compared of a line: the width of a column follows the numbers in it. */
function comparable(line: string): string {
  return line.replaceAll(/[0-9]{2,}/g, "##").replaceAll(/ {2,}/g, "  ");
}

const steps = stepsOf("implement.md");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

// In CI a machine without Python is a fault of the machine, which must not look like success.
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
