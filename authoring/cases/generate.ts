/** Writes the canonical vectors, and shows whether what is committed is what the generators write. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { vectorFilePaths } from "../../harness/cases/load.ts";
import { withBudget } from "./kit/budget/budgets.ts";
import { writeVectorFile } from "./kit/write-vector-file.ts";
import { type Generator, generatorsOf, isWithin, readPart, unknownPart } from "./parts.ts";

/** Texts of a generator by path. Made once: they depend on nothing but the generator. */
const texts = new Map<Generator, Promise<ReadonlyMap<string, string>>>();

function textsOf(generator: Generator): Promise<ReadonlyMap<string, string>> {
  const made = texts.get(generator) ?? generate(generator);
  texts.set(generator, made);
  return made;
}

async function generate({ owns, generate }: Generator): Promise<ReadonlyMap<string, string>> {
  const files = await generate();
  return new Map(
    files.map((file) => {
      const path = `${file.suite}/${file.theme}.yaml`;
      // Such a file would be missing from its part, and from the removal of stale files.
      if (!owns.some((owner) => isWithin(file.suite, owner))) {
        throw new Error(`${path}: written by the generator of ${owns.join(", ")}`);
      }
      return [path, writeVectorFile({ ...file, cases: file.cases.map(withBudget) })];
    }),
  );
}

function suiteOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function isIn(path: string, parts: readonly string[]): boolean {
  return parts.length === 0 || parts.some((part) => isWithin(suiteOf(path), part));
}

/** What the generated files of `parts` have to hold, in the order of their paths. Errors: UsageError for an empty part. */
async function expectedTexts(parts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const expected: [path: string, text: string][] = [];
  for (const generator of generatorsOf(parts)) expected.push(...(await textsOf(generator)));
  const suites = new Set(expected.map(([path]) => suiteOf(path)));
  for (const part of parts) {
    if (![...suites].some((suite) => isWithin(suite, part))) throw unknownPart(part, [...suites]);
  }
  return new Map(expected.filter(([path]) => isIn(path, parts)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isHandWritten(text: string): boolean {
  return /^source: hand-written$/m.test(text);
}

export interface BuildResult {
  readonly written: string[];
  readonly unchanged: string[];
  readonly removed: string[];
}

/**
 * Brings `folder` up to date: writes what differs, removes generated files that no generator writes any more.
 *
 * Input:  `names` of parts (see `readPart`), or none for all vectors. What lies outside of the parts is left alone.
 * Errors: UsageError for an unknown part, before anything is written.
 */
export async function buildVectors(folder: string, names: readonly string[] = []): Promise<BuildResult> {
  const result: BuildResult = { written: [], unchanged: [], removed: [] };
  const parts = names.map(readPart);
  const expected = await expectedTexts(parts);
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
    if (!isIn(path, parts) || expected.has(path) || isHandWritten(readFileSync(join(folder, path), "utf8"))) continue;
    rmSync(join(folder, path));
    result.removed.push(path);
  }
  return result;
}

/** What differs between `folder` and what the generators write, one line each; empty when nothing has drifted. */
export async function verifyVectors(folder: string): Promise<string[]> {
  const drift: string[] = [];
  const expected = await expectedTexts([]);
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
