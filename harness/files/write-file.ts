/** Writes files: whole or not at all. */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../usage/usage-error.ts";
import { displayPath } from "./yaml-file.ts";

/** Checks that a file can be written. Throws `UsageError`, in which `name` stands for the file. */
export function checkWritable(path: string, name: string): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw new UsageError(`${name}: is a folder; expected a file`);
    if (existing !== undefined) accessSync(path, constants.W_OK);
    if (isWrittenDirectly(path, existing)) return;
    const folder = statSync(dirname(path), { throwIfNoEntry: false });
    if (!folder?.isDirectory())
      throw new UsageError(`${name}: there is no folder ${displayPath(resolve(dirname(path)))}`);
    // Permission bits do not tell of a read-only disk, and not everything to someone who may do anything.
    const probe = temporaryFor(path);
    closeSync(openSync(probe, "wx"));
    rmSync(probe);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: cannot be written: ${systemMessage(error)}`);
  }
}

/** Writes a file so that nobody ever sees a part of it. What is no plain file, say a pipe, is written to directly. */
export function writeWhole(path: string, pieces: Iterable<string | Uint8Array>): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (isWrittenDirectly(path, existing)) {
    writePieces(path, "w", pieces);
    return;
  }
  const partial = temporaryFor(path);
  try {
    writePieces(partial, "wx", pieces);
    if (existing !== undefined) chmodSync(partial, existing.mode);
    renameSync(partial, targetOf(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function writePieces(path: string, flag: "w" | "wx", pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(path, flag);
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** A file that is open already, such as /dev/stdout, must not be replaced by another one of its name. */
function isWrittenDirectly(path: string, existing: Stats | undefined): boolean {
  if (existing === undefined) return false;
  return !existing.isFile() || /^\/(?:dev\/(?:fd\/|std)|proc\/)/.test(resolve(path));
}

/** What a link stands for: it stays, and the file behind it is replaced. */
function targetOf(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? realpathSync(path) : path;
}

/** In the same folder, for a rename does not cross from one disk to another. */
function temporaryFor(path: string): string {
  const target = targetOf(path);
  return join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
}

/** What the system said, without the file's name. */
export function systemMessage(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, words] = /^[A-Z0-9]+: ([^,]+)/.exec(message) ?? [];
  return words === undefined ? message : `${words} (${code})`;
}
