/** Wrong use: an invalid option, or an unreadable file of the user. The command prints no stack trace and returns 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
