/** Snapshots of the watched files. */
import { type BigIntStats, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { displayPath } from "../files/yaml-file.ts";
import { sha256Hex } from "../json/canonical-json.ts";
import { UsageError } from "../usage/usage-error.ts";
import type { WatchedPaths } from "./watched-paths.ts";

/** Folders that tools fill, besides hidden folders. A file in one of them is watched only if it is named itself. */
const TOOL_FOLDERS = new Set([
  ...["node_modules", "vendor", "venv", "__pycache__", "site-packages"],
  ...["target", "dist", "build", "bin", "obj", "out", "coverage"],
]);

/** Files that compilers, editors and programs leave beside the sources, besides hidden files. */
const TOOL_FILES = /\.(?:o|obj|a|so|dylib|dll|exe|lib|class|jar|pyc|pyd|rlib|rmeta|wasm|log|tmp|bak|tsbuildinfo)$|~$/i;

/** One adapter has fewer files, and polling more of them several times a second would slow the machine down. */
const MOST_FILES = 5000;

/** Files up to this size are compared by content, so that rewriting the same content is not a change. */
const COMPARED_BYTES = 2n ** 20n;

/** From absolute paths to hashes of the contents, or to stamps of large files. */
export type Snapshot = ReadonlyMap<string, string>;

interface CachedFile {
  readonly stamp: string;
  readonly content: string;
}

/** Takes snapshots; reads a file again only if its size or one of its times has changed. */
export class SnapshotReader {
  readonly #cache = new Map<string, CachedFile>();

  /** Throws `UsageError` for too many files. */
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
            `${displayPath(root)}: more than ${MOST_FILES} files to watch; --watch-path <path> selects fewer`,
          );
        }
      }
    }
    return snapshot;
  }

  /** Returns undefined if the file does not exist or cannot be read. */
  #contentOf(path: string): string | undefined {
    try {
      const stats = statSync(path, { bigint: true });
      if (!stats.isFile()) return undefined;
      const stamp = stampOf(stats);
      const cached = this.#cache.get(path);
      if (cached?.stamp === stamp) return cached.content;
      const content = stats.size > COMPARED_BYTES ? stamp : sha256Hex(readFileSync(path));
      this.#cache.set(path, { stamp, content });
      return content;
    } catch {
      return undefined;
    }
  }
}

/** Returns the paths that differ between two snapshots, sorted. */
export function differences(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Returns the roots that do not exist, possibly only during a build. */
export function missingRoots({ roots }: WatchedPaths): string[] {
  return roots.filter((root) => statSync(root, { throwIfNoEntry: false }) === undefined);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Links to folders are not followed, because they may form a cycle. */
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
