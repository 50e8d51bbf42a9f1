/**
 * Does what docs/implement.md says, in the page's order: writes its files, runs its commands, compares what they print.
 *
 * A fenced block whose first line names a file is that file. In a block `console`, what follows `$ ` is a command and
 * what follows it is its stdout, where a line `…` stands for any number of lines, and a number of two digits or more for
 * any such number: vectors are added, and the page need not follow. Other blocks are not run: to install the package is
 * left to the test of the package; here this checkout takes its place.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { packagePath } from "../../harness/package-root.ts";

type Step =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "command"; readonly line: string; readonly output: readonly string[] };

function stepsOf(page: string): Step[] {
  return [...page.matchAll(/^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, name, text = ""]): Step[] => {
      if (name !== undefined) return [{ kind: "file", name, text }];
      return language === "console" ? commandsOf(text) : [];
    },
  );
}

function commandsOf(block: string): Step[] {
  const [, ...parts] = `\n${block}`.split(/\n\$ /);
  return parts.map((part) => {
    const [line = "", ...output] = part.replace(/\n$/, "").split("\n");
    return { kind: "command", line, output };
  });
}

/** What is compared of a line: the width of a column follows the numbers in it. */
function comparable(line: string): string {
  return line.replaceAll(/[0-9]{2,}/g, "##").replaceAll(/ {2,}/g, "  ");
}

/** Whether `actual` is what the page promises, `…` standing for any number of lines. */
function isAsPromised(promised: readonly string[], actual: readonly string[]): boolean {
  const [first, ...others] = promised;
  if (first === undefined) return actual.length === 0;
  const [line] = actual;
  if (first !== "…") {
    return line !== undefined && comparable(line) === comparable(first) && isAsPromised(others, actual.slice(1));
  }
  return actual.some((_, at) => isAsPromised(others, actual.slice(at))) || others.length === 0;
}

const steps = stepsOf(readFileSync(packagePath("docs", "implement.md"), "utf8"));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

// In CI a machine without Python is a fault of the machine, which must not look like success.
describe("docs/implement.md", { skip: hasPython || process.env.CI ? false : "python3 is not installed" }, () => {
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

  for (const step of steps) {
    if (step.kind === "file") {
      test(`${step.name} is written`, () => writeFileSync(join(folder, step.name), step.text));
      continue;
    }
    test(`prints what the page shows: ${step.line}`, () => {
      const env = { ...process.env, NO_COLOR: "1" };
      const { stdout, stderr } = spawnSync("sh", ["-c", step.line], { cwd: folder, encoding: "utf8", env });
      const lines = stdout.replace(/\n$/, "").split("\n");
      if (isAsPromised(step.output, lines)) return;
      assert.fail(`the page shows\n\n${step.output.join("\n")}\n\nand this is printed\n\n${stdout}\n${stderr}`);
    });
  }
});
