/** Wrong use: a bad option, or a file of the user's that cannot be read. Ends with exit code 2 and no stack trace. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
