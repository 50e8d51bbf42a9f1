/** Loads the canonical vectors. */
import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { packagePath } from "../files/package-root.ts";
import { ParseAhead } from "../files/parse-ahead.ts";
import { displayPath, readYamlFile } from "../files/yaml-file.ts";
import { shorten } from "../json/shorten.ts";
import { didYouMean } from "../usage/nearest.ts";
import { UsageError } from "../usage/usage-error.ts";
import { toCase, type VectorCase, type VectorFile } from "./vector.ts";

/** The description of a flag in `vectors/flags.yaml`. */
export interface Flag {
  readonly bugType: string;
  readonly effect: string;
  readonly about: string;
  readonly references?: readonly string[];
}

export interface LoadedFile {
  /** Path relative to the vector folder, with forward slashes. */
  readonly path: string;
  readonly file: VectorFile;
}

export interface VectorSet {
  readonly files: readonly LoadedFile[];
  readonly cases: readonly VectorCase[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** From former ids to current ids. */
  readonly aliases: Readonly<Record<string, string>>;
}

export const VECTOR_FOLDER = packagePath("vectors");

/** Files of `vectors/` that are not vector files. */
const SIDE_FILES = new Set(["flags.yaml", "aliases.yaml", "requirements.yaml"]);

/** Returns the paths of the vector files below `folder`, sorted, with forward slashes. */
export function vectorFilePaths(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch (error) {
    throw new UsageError(`${displayPath(folder)}: ${(error as NodeJS.ErrnoException).code}; expected a vector folder`);
  }
  return names
    .filter((name) => name.endsWith(".yaml") && !SIDE_FILES.has(name))
    .map((name) => name.split(sep).join("/"))
    .sort();
}

/** Loads every file of `folder`. Checks that the path of each matches its suite and theme, and that all ids differ. */
export async function loadVectors(folder: string = VECTOR_FOLDER): Promise<VectorSet> {
  return loadFiles(folder, vectorFilePaths(folder), await readAliases(folder));
}

/**
 * Loads only the file of a case. Loads all files if the id is unknown, so that similar ids can be suggested.
 *
 * Input: `id`, a current or a former id.
 */
export async function loadVectorsWith(id: string, folder: string = VECTOR_FOLDER): Promise<VectorSet> {
  const aliases = await readAliases(folder);
  const current = currentId(id, aliases);
  const paths = vectorFilePaths(folder);
  const path = `${current.slice(0, current.lastIndexOf("/"))}.yaml`;
  return loadFiles(folder, paths.includes(path) ? [path] : paths, aliases);
}

async function loadFiles(folder: string, paths: readonly string[], aliases: VectorSet["aliases"]): Promise<VectorSet> {
  const ahead = new ParseAhead(
    paths.map((path) => join(folder, path)),
    "vector",
  );
  try {
    return await readFiles(folder, paths, aliases, ahead);
  } finally {
    await ahead.close();
  }
}

async function readFiles(
  folder: string,
  paths: readonly string[],
  aliases: VectorSet["aliases"],
  ahead: ParseAhead,
): Promise<VectorSet> {
  const files: LoadedFile[] = [];
  const cases = new Map<string, VectorCase>();
  for (const path of paths) {
    const file = await readYamlFile<VectorFile>(join(folder, path), "vector", ahead);
    const name = displayPath(join(folder, path));
    if (path !== `${file.suite}/${file.theme}.yaml`) {
      throw new UsageError(
        `${name}: suite ${file.suite} and theme ${file.theme}; expected the path ${file.suite}/${file.theme}.yaml`,
      );
    }
    for (const text of file.cases) {
      const vector = toCase(file, path, text);
      if (cases.has(vector.id)) throw new UsageError(`${name}: the id ${vector.id} occurs twice; expected unique ids`);
      cases.set(vector.id, vector);
    }
    files.push({ path, file });
  }
  const { flags } = await readSideFile(folder, "flags", { flags: {} as Record<string, Flag> });
  return { files, cases: [...cases.values()], flags, aliases };
}

async function readAliases(folder: string): Promise<VectorSet["aliases"]> {
  const { aliases } = await readSideFile(folder, "aliases", { aliases: {} as Record<string, string> });
  return aliases;
}

function currentId(id: string, aliases: VectorSet["aliases"]): string {
  return Object.hasOwn(aliases, id) ? aliases[id] : id;
}

/** A folder of the user needs neither file; `vectors lint` requires them. */
async function readSideFile<T>(folder: string, name: "flags" | "aliases", absent: T): Promise<T> {
  const path = join(folder, `${name}.yaml`);
  return existsSync(path) ? readYamlFile<T>(path, name) : absent;
}

/** Input: `id`, a current or a former id. Errors: UsageError with similar ids, if it is unknown. */
export function findCase(vectors: VectorSet, id: string): VectorCase {
  const current = currentId(id, vectors.aliases);
  const found = vectors.cases.find((vector) => vector.id === current);
  if (found !== undefined) return found;
  const hint = didYouMean(
    id,
    vectors.cases.map((vector) => vector.id),
  );
  throw new UsageError(`unknown case ${shorten(id, 200)}${hint || "; `proofhouse vectors list` prints all ids"}`);
}
