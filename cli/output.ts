/** Writes to stdout, and knows what to do when nobody reads it or it is full. */

/** stdout takes no more. */
export class OutputError extends Error {
  /** `EPIPE` when its reader has gone, which is no fault; `ENOSPC` and the like otherwise. */
  readonly code: string;

  constructor({ code = "unknown", message }: NodeJS.ErrnoException) {
    super(`stdout cannot be written: ${message}`);
    this.code = code;
  }
}

/** Resolves when `text` is out of our hands. Rejects with `OutputError`. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(new OutputError(error)) : resolve()));
  });
}

/** Prints lines, each with its line feed. */
export function printLines(lines: readonly string[]): Promise<void> {
  return print(`${lines.join("\n")}\n`);
}

/** Messages that are no output, say what went wrong. */
export function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}
