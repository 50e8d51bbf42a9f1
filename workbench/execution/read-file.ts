/** Reads a file that the user named. */
import { closeSync, openSync, readSync } from "node:fs";
import { displayPath } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";

const CHUNK = 65_536;

/** Reads at most `limit` bytes: a pipe or a device may never end. Errors: UsageError. */
export function readBinary(path: string, expected: string, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const refuse = (problem: string): never => {
    throw new UsageError(`${displayPath(path)}: ${problem}; expected ${expected}`);
  };
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const read = readSync(file, chunk);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      length += read;
      if (length > limit) refuse(`more than ${limit} bytes`);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    refuse(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
