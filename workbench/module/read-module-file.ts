/** Reads a module from a path that the user named, which may be any file. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { displayPath } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";

/** A module may have 1 MiB. A larger file is still inspected up to this limit; a device never ends. */
const MAX_FILE_BYTES = 64 * 2 ** 20;
const CHUNK_BYTES = 2 ** 20;

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Errors: UsageError for a file that cannot be read or is not a module. */
export function readModuleFile(path: string): Uint8Array {
  const name = displayPath(path);
  const bytes = readBounded(path, name);
  if (bytes.length === 0) throw new UsageError(`${name}: is empty; expected a WebAssembly module`);
  if (MAGIC.every((byte, index) => bytes[index] === byte)) return bytes;
  const beginning = Buffer.from(bytes.subarray(0, 4096)).toString("utf8");
  const hint = /^\s*(?:;;.*\s*)*\(module\b/.test(beginning)
    ? "; it is in the text format: assemble it with wat2wasm"
    : "";
  throw new UsageError(`${name}: does not begin with 00 61 73 6d; expected a WebAssembly module${hint}`);
}

function readBounded(path: string, name: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    if (fstatSync(file).isDirectory()) throw new UsageError(`${name}: is a folder; expected a WebAssembly module`);
    const chunks: Uint8Array[] = [];
    for (let total = 0; ; ) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const count = readSync(file, chunk);
      if (count === 0) return Uint8Array.from(Buffer.concat(chunks));
      chunks.push(chunk.subarray(0, count));
      total += count;
      if (total > MAX_FILE_BYTES) {
        throw new UsageError(`${name}: is longer than ${MAX_FILE_BYTES} bytes; expected at most 1048576`);
      }
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${name}: cannot be read (${code}); expected a WebAssembly module`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
