/** The state of the watched files at one moment. */
import { type BigIntStats, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { displayPath } from "../files/yaml-file.ts";
import { sha256Hex } from "../json/canonical-json.ts";
import { UsageError } from "../usage/usage-error.ts";
import type { WatchedPaths } from "./watched-paths.ts";

/** Folders that tools fill; hidden ones besides. A file in one of them is watched when it is named. */
const TOOL_FOLDERS = new Set([
  ...["node_modules", "vendor", "venv", "__pycache__", "site-packages"],
  ...["target", "dist", "build", "bin", "obj", "out", "coverage"],
]);

/** Files that compilers, editors and programs leave beside the sources; hidden ones besides. */
const TOOL_FILES = /\.(?:o|obj|a|so|dylib|dll|exe|lib|class|jar|pyc|pyd|rlib|rmeta|wasm|log|tmp|bak|tsbuildinfo)$|~$/i;

/** More files than these are not sources of one adapter, and looking at them several times a second would be felt. */
const MOST_FILES = 5000;

/** Files up to this size are compared by content, so that a build which writes the same again sets nothing off. */
const COMPARED_BYTES = 2n ** 20n;

/** Absolute path → what it holds. */
export type Snapshot = ReadonlyMap<string, string>;

interface Seen {
  readonly stamp: string;
  readonly content: string;
}

/** Takes snapshots; reads a file again only when its size or a time of it has changed. */
export class Camera {
  readonly #seen = new Map<string, Seen>();

  /** Throws `UsageError` where there are too many files. */
  take({ roots, ignored }: WatchedPaths): Snapshot {
    const snapshot = new Map<string, string>();
    for (const root of roots) {
      const paths = isFolder(root) ? filesBelow(root) : [root];
      for (const path of paths) {
        if (ignored.has(path) || snapshot.has(path)) continue;
        const content = this.#contentOf(path);
        if (content === undefined) continue;
        snapshot.set(path, content);
        if (snapshot.size > MOST_FILES) {
          throw new UsageError(
            `${displayPath(root)}: more than ${MOST_FILES} files to watch; expected fewer, by --watch-path <path>`,
          );
        }
      }
    }
    return snapshot;
  }

  /** Nothing when there is no such file, or none that can be read. */
  #contentOf(path: string): string | undefined {
    try {
      const stats = statSync(path, { bigint: true });
      if (!stats.isFile()) return undefined;
      const stamp = stampOf(stats);
      const seen = this.#seen.get(path);
      if (seen?.stamp === stamp) return seen.content;
      const content = stats.size > COMPARED_BYTES ? stamp : sha256Hex(readFileSync(path));
      this.#seen.set(path, { stamp, content });
      return content;
    } catch {
      return undefined;
    }
  }
}

/** Paths that differ between two snapshots, sorted. */
export function differences(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Roots that are not there, be it for the time of a build. */
export function missingRoots({ roots }: WatchedPaths): string[] {
  return roots.filter((root) => statSync(root, { throwIfNoEntry: false }) === undefined);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Links to folders are not followed: they may lead in a circle. */
function* filesBelow(folder: string): Generator<string> {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch {
    return;
  }
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    if (entry.isDirectory()) {
      if (!TOOL_FOLDERS.has(name)) yield* filesBelow(path);
    } else if (!TOOL_FILES.test(name)) {
      yield path;
    }
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].join(" ");
}
