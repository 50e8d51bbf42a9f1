/** Writes the canonical vectors, and shows whether what is committed is what the generators write. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { vectorFilePaths } from "../../harness/cases/load.ts";
import type { VectorFile } from "../../harness/cases/vector.ts";
import { agreementFiles } from "./proof/agreement/same-facts.ts";
import { agreementMapFiles } from "./proof/agreement/same-map.ts";
import { withBudget } from "./kit/budget/budgets.ts";
import { patriciaFiles } from "./proof/patricia/files.ts";
import { radixFiles } from "./proof/radix/files.ts";
import { runtimeFiles } from "./runtime/files.ts";
import { hostFiles } from "./runtime/executor-files.ts";
import { sparseFiles } from "./proof/sparse/files.ts";
import { sszFiles } from "./proof/ssz/files.ts";
import { stateFiles } from "./proof/state/files.ts";
import { writeVectorFile } from "./kit/write-vector-file.ts";

/** Every generated file, in the order of its path. */
export async function generatedFiles(): Promise<VectorFile[]> {
  return [
    ...(await hostFiles()),
    ...agreementFiles(),
    ...agreementMapFiles(),
    ...patriciaFiles(),
    ...radixFiles(),
    ...(await runtimeFiles()),
    ...sparseFiles(),
    ...sszFiles(),
    ...stateFiles(),
  ]
    .map((file) => ({ ...file, cases: file.cases.map(withBudget) }))
    .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
}

function pathOf({ suite, theme }: VectorFile): string {
  return `${suite}/${theme}.yaml`;
}

let texts: Promise<ReadonlyMap<string, string>> | undefined;

/** What every generated file has to hold, by path. Made once: it depends on nothing but the generators. */
function expectedTexts(): Promise<ReadonlyMap<string, string>> {
  texts ??= generatedFiles().then((files) => new Map(files.map((file) => [pathOf(file), writeVectorFile(file)])));
  return texts;
}

function isHandWritten(text: string): boolean {
  return /^source: hand-written$/m.test(text);
}

export interface BuildResult {
  readonly written: string[];
  readonly unchanged: string[];
  readonly removed: string[];
}

/** Brings `folder` up to date: writes what differs, removes generated files that no generator writes any more. */
export async function buildVectors(folder: string): Promise<BuildResult> {
  const result: BuildResult = { written: [], unchanged: [], removed: [] };
  const expected = await expectedTexts();
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of expected) {
    const target = join(folder, path);
    if (readOrUndefined(target) === text) {
      result.unchanged.push(path);
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.partial`, text);
    renameSync(`${target}.partial`, target);
    result.written.push(path);
  }
  for (const path of vectorFilePaths(folder)) {
    if (expected.has(path) || isHandWritten(readFileSync(join(folder, path), "utf8"))) continue;
    rmSync(join(folder, path));
    result.removed.push(path);
  }
  return result;
}

/** What differs between `folder` and what the generators write, one line each; empty when nothing has drifted. */
export async function verifyVectors(folder: string): Promise<string[]> {
  const drift: string[] = [];
  const expected = await expectedTexts();
  for (const [path, text] of expected) {
    const present = readOrUndefined(join(folder, path));
    if (present === undefined) drift.push(`${path}: missing; the generator writes it`);
    else if (present !== text)
      drift.push(`${path}:${firstDifferentLine(present, text)}: differs from what the generator writes`);
  }
  for (const path of vectorFilePaths(folder)) {
    if (!expected.has(path) && !isHandWritten(readFileSync(join(folder, path), "utf8"))) {
      drift.push(`${path}: no generator writes it, and its source is not hand-written`);
    }
  }
  return drift;
}

function readOrUndefined(path: string): string | undefined {
  return readdirSafe(dirname(path)).includes(path.slice(dirname(path).length + 1))
    ? readFileSync(path, "utf8")
    : undefined;
}

function readdirSafe(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function firstDifferentLine(a: string, b: string): number {
  const [left, right] = [a.split("\n"), b.split("\n")];
  return left.findIndex((line, index) => line !== right[index]) + 1 || left.length;
}
