/** Which paths a watch looks at, from the manifest and the command line. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LoadedManifest } from "../subject/manifest.ts";
import { UsageError } from "../usage/usage-error.ts";

/** What a watch looks at. All paths are absolute. */
export interface WatchedPaths {
  /** Files, watched whatever their names, and folders, watched without what tools leave in them. */
  readonly roots: readonly string[];
  /** Files below the folders that set nothing off: what we or the build write. */
  readonly ignored: ReadonlySet<string>;
}

export interface WatchedPathsOptions {
  /** Paths of the user's own, in place of what the manifest suggests. */
  readonly given: readonly string[];
  /** Files that the run itself reads, beside those of the implementation. */
  readonly alsoRead: readonly string[];
  /** Files that the run itself writes. */
  readonly written: readonly string[];
}

/**
 * The manifest's folder holds the sources, as a rule, and a build makes the program of them. Without a build, a program
 * that is a binary of the user's own is all that counts: its sources mean nothing until somebody has compiled them.
 */
export function watchedPaths(manifest: LoadedManifest, options: WatchedPathsOptions): WatchedPaths {
  const { given, alsoRead, written } = options;
  const ignored = new Set(written.map((path) => resolve(path)));
  const { folder, expectations, path } = manifest;
  const known = expectations === undefined ? [] : [join(folder, expectations)];
  const read = [...(path === "" ? [] : [path]), ...known, ...alsoRead.map((file) => resolve(file))];
  if (given.length > 0) {
    const roots = given.map((name) => resolve(name));
    for (const [index, root] of roots.entries()) {
      if (statSync(root, { throwIfNoEntry: false }) === undefined) {
        throw new UsageError(`--watch-path ${given[index]}: is not there; expected a file or a folder`);
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
    throw new UsageError(`--watch: no word of "${manifest.name}" is a file; expected --watch-path <path>`);
  }
  return { roots: distinct(roots), ignored };
}

function distinct(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Whether a program is text, and so one of the sources. */
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
