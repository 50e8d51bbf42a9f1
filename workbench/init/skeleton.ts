/** The skeletons of an adapter: the files of `kits/`, under the adapter's own name. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { harnessVersion, packagePath } from "../../harness/files/package-root.ts";
import { systemMessage } from "../../harness/files/write-file.ts";
import { displayPath } from "../../harness/files/yaml-file.ts";
import { didYouMean } from "../../harness/usage/nearest.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { writeFolder } from "./write-folder.ts";

/** The kit of a language: `kits/<folder>/skeleton`, and `kits/<folder>/adapter` as a folder of the skeleton. */
interface Kit {
  readonly folder: string;
  /** The folder that the adapter library goes to. Left out where the skeleton depends on it as a package. */
  readonly library?: string;
  /** Files of the library that the adapters of a checkout need, and a skeleton does not. */
  readonly leftOut?: readonly string[];
  /** Commands to run once in the folder before the adapter can be built. */
  readonly setup: readonly string[];
}

const LANGUAGES = {
  typescript: { folder: "javascript", setup: ["npm install"] },
  python: { folder: "python", library: "proofhouse_adapter", setup: [] },
  go: { folder: "go", library: "proofhouse", leftOut: ["go.mod"], setup: [] },
  rust: { folder: "rust", library: "proofhouse", setup: [] },
  java: { folder: "java", library: "proofhouse", setup: [] },
  c: { folder: "c", library: "proofhouse", setup: [] },
} as const satisfies Readonly<Record<string, Kit>>;

export type Language = keyof typeof LANGUAGES;

/** The name of the adapter in the skeletons, which is replaced. */
export const DEFAULT_NAME = "proofhouse-adapter";
const VERSION_IN_SKELETONS = "0.0.0-template";

const BUILT = /(?:^|[/\\])(?:target|dist|bin|node_modules|__pycache__)[/\\]|(?:^|[/\\])Cargo\.lock$/;

/** npm leaves a .gitignore out of the package. */
const STORED_GITIGNORE = "gitignore";

/** What the skeletons depend on: a package cannot depend on another one of its own name. */
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
 * Writes the skeleton for `language` into `folder`: all of its files, or none. Throws `UsageError` when there is no such
 * language, or something is there already.
 */
export function writeSkeleton(language: string, folder: string): Skeleton {
  if (!isLanguage(language)) {
    const known = languageNames();
    throw new UsageError(
      `there is no skeleton for "${language}"${didYouMean(language, known)}\nexpected one of ${known.join(", ")}`,
    );
  }
  const path = resolve(folder);
  refuseWhatIsThere(folder, path);
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

/** The files of a skeleton by their paths, in their order. */
export function skeletonFiles(language: Language, name: string): Map<string, string> {
  const { folder, library, leftOut = [] }: Kit = LANGUAGES[language];
  const files = filesBelow(packagePath("kits", folder, "skeleton")).map(([path, text]): [string, string] => {
    const filled = text.replaceAll(DEFAULT_NAME, name).replaceAll(VERSION_IN_SKELETONS, harnessVersion());
    return [path === STORED_GITIGNORE ? ".gitignore" : path, filled];
  });
  if (library !== undefined) {
    const stored = filesBelow(packagePath("kits", folder, "adapter")).filter(([path]) => !leftOut.includes(path));
    files.push(...stored.map(([path, text]): [string, string] => [`${library}/${path}`, text]));
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sources in a folder of a kit, without what building it in place leaves behind. */
function filesBelow(folder: string): [path: string, text: string][] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => statSync(join(folder, path)).isFile() && !BUILT.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]);
}

function refuseWhatIsThere(folder: string, path: string): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  const expected = "expected a folder that is empty, or not there yet";
  if (folder === "") throw new UsageError(`"": ${expected}`);
  if (existing === undefined) return;
  if (!existing.isDirectory()) throw new UsageError(`${displayPath(path)}: is no folder; ${expected}`);
  const [first] = readdirSync(path).sort();
  if (first !== undefined) throw new UsageError(`${displayPath(path)}: is not empty (it holds ${first}); ${expected}`);
}

/** The folder's name in a form that manifests, npm, Go and Cargo take. */
function adapterName(path: string): string {
  const name = basename(path)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return /^[a-z]/.test(name) && !TAKEN_NAMES.includes(name) ? name : DEFAULT_NAME;
}
