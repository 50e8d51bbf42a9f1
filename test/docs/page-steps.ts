/**
 * What a page of the documentation has its reader do, in the page's order: files to write, commands to run.
 *
 * A fenced block whose first line names a file is that file. In a block `console`, what follows `$ ` is a command and
 * what follows it is its stdout, where a line `…` stands for any number of lines. Other blocks are not run.
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

/** Whether `actual` is what the page promises. `comparable` makes of a line what has to be the same. */
function isAsPromised(
  promised: readonly string[],
  actual: readonly string[],
  comparable: (line: string) => string,
): boolean {
  const [first, ...others] = promised;
  if (first === undefined) return actual.length === 0;
  const [line] = actual;
  if (first !== "…") {
    const isSame = line !== undefined && comparable(line) === comparable(first);
    return isSame && isAsPromised(others, actual.slice(1), comparable);
  }
  return actual.some((_, at) => isAsPromised(others, actual.slice(at), comparable)) || others.length === 0;
}

/** A test for each step, in the folder that `folder` answers once they run. */
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
      if (isAsPromised(step.output, lines, comparable)) return;
      assert.fail(`the page shows\n\n${step.output.join("\n")}\n\nand this is printed\n\n${stdout}\n${stderr}`);
    });
  }
}
