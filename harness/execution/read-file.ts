/** Reads a file that the user named, and says what was expected where it cannot be. */
import { readFileSync } from "node:fs";
import { UsageError } from "../usage-error.ts";
import { displayPath } from "../yaml-file.ts";

/** Errors: UsageError. */
export function readBinary(path: string, expected: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${displayPath(path)}: cannot be read (${code}); expected ${expected}`);
  }
}
