/** The skeletons of an adapter: the files of `templates/`, under the adapter's own name. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { didYouMean } from "../../harness/usage/nearest.ts";
import { harnessVersion, packagePath } from "../../harness/files/package-root.ts";
import { systemMessage } from "../../report/write-reports.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { displayPath } from "../../harness/files/yaml-file.ts";
import { writeFolder } from "./write-folder.ts";

/** By language, what has to be run once in the folder before the adapter can be built. */
const LANGUAGES = { typescript: ["npm install"], python: [], go: [], rust: [] } as const;

export type Language = keyof typeof LANGUAGES;

/** The templates are whole programs under this name, so that they can be built and checked where they lie. */
export const DEFAULT_NAME = "proofhouse-adapter";
const VERSION_IN_TEMPLATES = "0.0.0-template";

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
  return { name, files: [...files.keys()], setup: LANGUAGES[language] };
}

/** The files of a skeleton by their paths, in their order. */
export function skeletonFiles(language: Language, name: string): Map<string, string> {
  const folder = packagePath("templates", language);
  const stored = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = stored
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path): [string, string] => {
      const text = readFileSync(join(folder, path), "utf8")
        .replaceAll(DEFAULT_NAME, name)
        .replaceAll(VERSION_IN_TEMPLATES, harnessVersion());
      return [path === STORED_GITIGNORE ? ".gitignore" : path, text];
    });
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
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
