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

/** What a flag stands for; see `vectors/flags.yaml`. */
export interface Flag {
  readonly bugType: string;
  readonly effect: string;
  readonly about: string;
  readonly references?: readonly string[];
}

export interface LoadedFile {
  /** Path within the vector folder, with forward slashes. */
  readonly path: string;
  readonly file: VectorFile;
}

export interface VectorSet {
  readonly files: readonly LoadedFile[];
  readonly cases: readonly VectorCase[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** Old id → present id. */
  readonly aliases: Readonly<Record<string, string>>;
}

export const VECTOR_FOLDER = packagePath("vectors");

/** Files of `vectors/` that are not vector files. */
const SIDE_FILES = new Set(["flags.yaml", "aliases.yaml", "requirements.yaml"]);

/** Vector files below `folder`, as sorted paths with forward slashes. */
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

/** Loads every file of `folder`, checks that each lies where its suite and theme say, and that no id occurs twice. */
export async function loadVectors(folder: string = VECTOR_FOLDER): Promise<VectorSet> {
  return loadFiles(folder, vectorFilePaths(folder), await readAliases(folder));
}

/**
 * Loads the file in which the case lies that `id` names now or named once; all files where there is none of that name, so
 * that others can be suggested.
 */
export async function loadVectorsWith(id: string, folder: string = VECTOR_FOLDER): Promise<VectorSet> {
  const aliases = await readAliases(folder);
  const present = presentId(id, aliases);
  const paths = vectorFilePaths(folder);
  const path = `${present.slice(0, present.lastIndexOf("/"))}.yaml`;
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
        `${name}: suite ${file.suite} and theme ${file.theme} belong in ${file.suite}/${file.theme}.yaml`,
      );
    }
    for (const text of file.cases) {
      const vector = toCase(file, path, text);
      if (cases.has(vector.id)) throw new UsageError(`${name}: the id ${vector.id} occurs twice; expected each once`);
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

function presentId(id: string, aliases: VectorSet["aliases"]): string {
  return Object.hasOwn(aliases, id) ? aliases[id] : id;
}

/** A folder of the user's own needs neither; `vectors lint` insists on them. */
async function readSideFile<T>(folder: string, name: "flags" | "aliases", absent: T): Promise<T> {
  const path = join(folder, `${name}.yaml`);
  return existsSync(path) ? readYamlFile<T>(path, name) : absent;
}

/** The case that `id` names now or named once; `UsageError` with the nearest ids when there is none. */
export function findCase(vectors: VectorSet, id: string): VectorCase {
  const present = presentId(id, vectors.aliases);
  const found = vectors.cases.find((vector) => vector.id === present);
  if (found !== undefined) return found;
  const hint = didYouMean(
    id,
    vectors.cases.map((vector) => vector.id),
  );
  throw new UsageError(`there is no case ${shorten(id, 200)}${hint || "; `proofhouse vectors list` shows them all"}`);
}
