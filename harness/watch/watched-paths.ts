/** Selects the watched paths from the manifest and the command line. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LoadedManifest } from "../subject/manifest.ts";
import { UsageError } from "../usage/usage-error.ts";

/** All paths are absolute. */
export interface WatchedPaths {
  /** Files with any name, and folders, in which the files of tools are not watched. */
  readonly roots: readonly string[];
  /** Files below the folders that are not watched, because the harness or the build writes them. */
  readonly ignored: ReadonlySet<string>;
}

export interface WatchedPathsOptions {
  /** Paths from the user, instead of those that the manifest suggests. */
  readonly userPaths: readonly string[];
  /** Files that the run itself reads, besides those of the implementation. */
  readonly alsoRead: readonly string[];
  /** Files that the run itself writes. */
  readonly written: readonly string[];
}

/**
 * The folder of the manifest usually contains the sources, and a build compiles them. Without a build, only the program is
 * watched if it is a binary: a change of its sources has no effect before the user compiles them.
 */
export function watchedPaths(manifest: LoadedManifest, options: WatchedPathsOptions): WatchedPaths {
  const { userPaths, alsoRead, written } = options;
  const ignored = new Set(written.map((path) => resolve(path)));
  const { folder, expectations, path } = manifest;
  const known = expectations === undefined ? [] : [join(folder, expectations)];
  const read = [...(path === "" ? [] : [path]), ...known, ...alsoRead.map((file) => resolve(file))];
  if (userPaths.length > 0) {
    const roots = userPaths.map((name) => resolve(name));
    for (const [index, root] of roots.entries()) {
      if (statSync(root, { throwIfNoEntry: false }) === undefined) {
        throw new UsageError(`--watch-path ${userPaths[index]}: does not exist; expected a file or a folder`);
      }
    }
    return { roots: distinct([...roots, ...read]), ignored };
  }

  const [program, ...args] = manifest.run;
  const binary = program.includes("/") && !isScript(resolve(folder, program)) ? [resolve(folder, program)] : [];
  if (manifest.build !== undefined) {
    for (const file of binary) ignored.add(file);
    return { roots: distinct([folder, ...read]), ignored };
  }
  const script = program.includes("/") && binary.length === 0 ? [resolve(folder, program)] : [];
  const files = args.map((word) => resolve(folder, word)).filter(isFile);
  const isFolderRead = path !== "" && binary.length === 0;
  const roots = [...(isFolderRead ? [folder] : []), ...binary, ...script, ...files, ...read];
  if (roots.length === 0) {
    throw new UsageError(`--watch: no word of "${manifest.name}" is a file to watch; expected --watch-path <path>`);
  }
  return { roots: distinct(roots), ignored };
}

function distinct(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Whether a program is a script, and therefore a source file. */
function isScript(path: string): boolean {
  const start = Buffer.alloc(2);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, start, 0, 2, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
  return start.toString("latin1") === "#!";
}
