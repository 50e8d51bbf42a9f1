/**
 * The closed list of error classes, and the error that carries one. `runtime/faults.ts` defines the errors of the runtime.
 *
 * Req: WIRE-011.
 */
export const ERROR_CLASSES = [
  "malformed",
  "non-canonical",
  "invalid-proof",
  "incomplete",
  "invalid-argument",
  "limit-exceeded",
  "unsupported",
  "internal",
  "invalid-module",
  "out-of-gas",
  "trap",
] as const;

export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Facts about a failure that can be printed as JSON: hex strings, counts, names. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * A failure that the interface defines: the request or the proof is wrong, or a bound is exceeded.
 * Any other error is a bug of this code, and nobody may catch it as a rejection.
 */
export class ProofError extends Error {
  readonly class: ErrorClass;
  readonly details: ErrorDetails;

  constructor(errorClass: ErrorClass, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = "ProofError";
    this.class = errorClass;
    this.details = details;
  }
}
