/** The skeletons of an adapter: the files of `kits/` with the name of the adapter filled in. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { harnessVersion, packagePath } from "../../harness/files/package-root.ts";
import { systemMessage } from "../../harness/files/write-file.ts";
import { displayPath } from "../../harness/files/yaml-file.ts";
import { didYouMean } from "../../harness/usage/nearest.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { writeFolder } from "./write-folder.ts";

/** The kit of a language: `kits/<folder>/skeleton`, and `kits/<folder>/adapter` as a folder inside it. */
interface Kit {
  readonly folder: string;
  /** The folder for the adapter library; undefined if the skeleton depends on it as a package. */
  readonly library?: string;
  /** Files of the library that only the adapters of a checkout need. */
  readonly omitted?: readonly string[];
  /** Commands to run once in the folder before the adapter can be built. */
  readonly setup: readonly string[];
}

const LANGUAGES = {
  typescript: { folder: "javascript", setup: ["npm install"] },
  python: { folder: "python", library: "proofhouse_adapter", setup: [] },
  go: { folder: "go", library: "proofhouse", omitted: ["go.mod"], setup: [] },
  rust: { folder: "rust", library: "proofhouse", setup: [] },
  java: { folder: "java", library: "proofhouse", setup: [] },
  c: { folder: "c", library: "proofhouse", setup: [] },
} as const satisfies Readonly<Record<string, Kit>>;

export type Language = keyof typeof LANGUAGES;

/** The placeholder for the name of the adapter in the skeletons. */
export const DEFAULT_NAME = "proofhouse-adapter";
const VERSION_IN_SKELETONS = "0.0.0-template";

const BUILT = /(?:^|[/\\])(?:target|dist|bin|node_modules|__pycache__)[/\\]|(?:^|[/\\])Cargo\.lock$/;

/** npm does not pack a file named .gitignore. */
const STORED_GITIGNORE = "gitignore";

/** The dependencies of the skeletons: a package cannot depend on a package of its own name. */
const TAKEN_NAMES: readonly string[] = ["proofhouse", "typescript"];

export interface Skeleton {
  readonly name: string;
  /** Paths of the files within the folder. */
  readonly files: readonly string[];
  readonly setup: readonly string[];
}

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text);
}

export const languageNames = (): Language[] => Object.keys(LANGUAGES) as Language[];

/**
 * Writes the skeleton for `language` into `folder`: all of its files, or none. Throws `UsageError` for an unknown language
 * and for a folder that is not empty.
 */
export function writeSkeleton(language: string, folder: string): Skeleton {
  if (!isLanguage(language)) {
    const known = languageNames();
    throw new UsageError(
      `no skeleton for "${language}"${didYouMean(language, known)}\nexpected one of ${known.join(", ")}`,
    );
  }
  const path = resolve(folder);
  checkFolder(folder, path);
  const name = adapterName(path);
  const files = skeletonFiles(language, name);
  try {
    writeFolder(path, files);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new UsageError(`${displayPath(path)}: cannot be written: ${systemMessage(error)}`);
  }
  return { name, files: [...files.keys()], setup: LANGUAGES[language].setup };
}

/** Returns the files of a skeleton by path, sorted. */
export function skeletonFiles(language: Language, name: string): Map<string, string> {
  const { folder, library, omitted = [] }: Kit = LANGUAGES[language];
  const files = filesBelow(packagePath("kits", folder, "skeleton")).map(([path, text]): [string, string] => {
    const filled = text.replaceAll(DEFAULT_NAME, name).replaceAll(VERSION_IN_SKELETONS, harnessVersion());
    return [path === STORED_GITIGNORE ? ".gitignore" : path, filled];
  });
  if (library !== undefined) {
    const stored = filesBelow(packagePath("kits", folder, "adapter")).filter(([path]) => !omitted.includes(path));
    files.push(...stored.map(([path, text]): [string, string] => [`${library}/${path}`, text]));
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Returns the sources in a folder of a kit, without the files of a build in place. */
function filesBelow(folder: string): [path: string, text: string][] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => statSync(join(folder, path)).isFile() && !BUILT.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]);
}

function checkFolder(folder: string, path: string): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  const expected = "expected an empty folder, or one that does not exist yet";
  if (folder === "") throw new UsageError(`"": ${expected}`);
  if (existing === undefined) return;
  if (!existing.isDirectory()) throw new UsageError(`${displayPath(path)}: is not a folder; ${expected}`);
  const [first] = readdirSync(path).sort();
  if (first !== undefined) {
    throw new UsageError(`${displayPath(path)}: is not empty (it contains ${first}); ${expected}`);
  }
}

/** Returns the name of the folder in a form that manifests, npm, Go and Cargo accept. */
function adapterName(path: string): string {
  const name = basename(path)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return /^[a-z]/.test(name) && !TAKEN_NAMES.includes(name) ? name : DEFAULT_NAME;
}
