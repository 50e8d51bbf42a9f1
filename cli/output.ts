/** Writes to stdout, and handles a reader that has gone and a full disk. */

/** stdout cannot be written. */
export class OutputError extends Error {
  /** `EPIPE` when the reader has gone, which is not an error; `ENOSPC` and the like otherwise. */
  readonly code: string;

  constructor({ code = "unknown", message }: NodeJS.ErrnoException) {
    super(`stdout cannot be written: ${message}`);
    this.code = code;
  }
}

/** Resolves when the system has accepted `text`. Rejects with `OutputError`. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(new OutputError(error)) : resolve()));
  });
}

export function printLines(lines: readonly string[]): Promise<void> {
  return print(`${lines.join("\n")}\n`);
}

/** Prints a message on stderr, so that it is never part of the output. */
export function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}
