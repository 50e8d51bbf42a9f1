/** Writes files completely or not at all. */
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

/** Checks that a file can be written. Input: `name`, the name of the file in the error. Errors: UsageError. */
export function checkWritable(path: string, name: string): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw new UsageError(`${name}: is a folder; expected a file`);
    if (existing !== undefined) accessSync(path, constants.W_OK);
    if (isWrittenDirectly(path, existing)) return;
    const folder = statSync(dirname(path), { throwIfNoEntry: false });
    if (!folder?.isDirectory())
      throw new UsageError(`${name}: the folder ${displayPath(resolve(dirname(path)))} does not exist`);
    // Permission bits do not reveal a read-only disk, and do not limit root.
    const probe = temporaryFor(path);
    closeSync(openSync(probe, "wx"));
    rmSync(probe);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: cannot be written: ${systemMessage(error)}`);
  }
}

/** Writes a file so that no reader sees a part of it. Anything but a plain file, such as a pipe, is written directly. */
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

/** A file that is already open, such as /dev/stdout, must not be replaced by a new file of that name. */
function isWrittenDirectly(path: string, existing: Stats | undefined): boolean {
  if (existing === undefined) return false;
  return !existing.isFile() || /^\/(?:dev\/(?:fd\/|std)|proc\/)/.test(resolve(path));
}

/** Resolves a link: the link is kept, and the file that it points to is replaced. */
function targetOf(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? realpathSync(path) : path;
}

/** In the same folder, because a rename cannot move a file to another disk. */
function temporaryFor(path: string): string {
  const target = targetOf(path);
  return join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
}

/** Returns the message of the system without the name of the file. */
export function systemMessage(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, words] = /^[A-Z0-9]+: ([^,]+)/.exec(message) ?? [];
  return words === undefined ? message : `${words} (${code})`;
}
