/**
 * The closed list of error classes of the interface, and the error that carries one. `runtime/faults.ts` defines the errors of the runtime.
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

/** Facts about a failure, safe to print as JSON: hex strings, counts, names. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * A failure that the interface foresees: the request, the proof or a bound is at fault, never this code.
 * Anything else that is thrown is a bug and must not be caught as if it were one of these.
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
