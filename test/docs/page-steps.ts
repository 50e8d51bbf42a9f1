/**
 * The steps of a page of the documentation, in the order of the page: files to write and commands to run.
 *
 * A fenced block whose first line names a file is that file. In a block `console`, a line after `$ ` is a command and the lines below
 * it are its stdout, where a line `…` matches any number of lines. Other blocks are ignored.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packagePath } from "../../harness/files/package-root.ts";

export type Step =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "command"; readonly line: string; readonly output: readonly string[] };

export function stepsOf(page: string): Step[] {
  const text = readFileSync(packagePath("docs", page), "utf8");
  return [...text.matchAll(/^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, name, content = ""]): Step[] => {
      if (name !== undefined) return [{ kind: "file", name, text: content }];
      return language === "console" ? commandsOf(content) : [];
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

/** Whether the lines of `actual` match those of the page. Input: `comparable` returns the part of a line that is compared. */
function matchesPage(
  shown: readonly string[],
  actual: readonly string[],
  comparable: (line: string) => string,
): boolean {
  const [first, ...others] = shown;
  if (first === undefined) return actual.length === 0;
  const [line] = actual;
  if (first !== "…") {
    const isSame = line !== undefined && comparable(line) === comparable(first);
    return isSame && matchesPage(others, actual.slice(1), comparable);
  }
  return actual.some((_, index) => matchesPage(others, actual.slice(index), comparable)) || others.length === 0;
}

/** Declares a test for each step. Input: `folder` returns the working folder; it is called when the tests run. */
export function testSteps(
  steps: readonly Step[],
  folder: () => string,
  comparable: (line: string) => string = (line) => line,
): void {
  for (const step of steps) {
    if (step.kind === "file") {
      test(`${step.name} is written`, () => writeFileSync(join(folder(), step.name), step.text));
      continue;
    }
    test(`prints what the page shows: ${step.line}`, () => {
      const env = { ...process.env, NO_COLOR: "1" };
      const { stdout, stderr } = spawnSync("sh", ["-c", step.line], { cwd: folder(), encoding: "utf8", env });
      const lines = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
      if (matchesPage(step.output, lines, comparable)) return;
      assert.fail(`the page shows\n\n${step.output.join("\n")}\n\nand the command prints\n\n${stdout}\n${stderr}`);
    });
  }
}
