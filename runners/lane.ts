/** The interface of a lane: a session with one implementation, independent of the transport. */

/** Anything that `JSON.parse` returns. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One request: a method of the interface and its parameters, with recipes expanded. */
export interface Call {
  readonly method: string;
  readonly params: JsonObject;
}

/** A glob of declared cases that an implementation cannot run. */
export interface UnsupportedRule {
  readonly match: string;
  readonly reason: string;
  readonly url?: string;
}

/** The declaration of one proof backend. */
export interface BackendCapabilities {
  readonly encodings: readonly string[];
  readonly operations: readonly string[];
}

/** The declaration of `runtime`. */
export interface RuntimeCapabilities {
  readonly operations: readonly string[];
}

/** The result of `initialize`, valid under `schemas/interface.schema.json`. */
export interface InitializeResult {
  readonly protocol: 1;
  readonly implementation: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    readonly url?: string;
  };
  readonly capabilities: {
    readonly proof?: Readonly<Record<string, BackendCapabilities>>;
    readonly runtime?: RuntimeCapabilities;
  };
  readonly unsupported?: readonly UnsupportedRule[];
}

/** How one call ended. For every kind except `result` and `error`, the implementation did not answer. */
export type Answer =
  | { readonly kind: "result"; readonly result: Json }
  | { readonly kind: "error"; readonly class: string; readonly message: string; readonly details: JsonObject }
  | {
      readonly kind: "crash";
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly message: string;
    }
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  /** `pointer` is the JSON pointer into the message, or "" for the whole line. */
  | { readonly kind: "protocol-fault"; readonly pointer: string; readonly message: string }
  | { readonly kind: "not-run"; readonly reason: string };

/**
 * An answer, with the text that the implementation wrote to stderr while only this request was in flight. If the case failed while
 * other requests were in flight, it is the text written while this request was in flight.
 */
export type Outcome = Answer & { readonly stderr?: string; readonly measured?: Measured };

/** The counts of a lane for one call. A count that the lane cannot measure is absent, never zero. */
export interface Measured {
  readonly hashes?: number;
}

/**
 * An event that the verdict of no single case shows.
 * A `fault` breaks the protocol and fails the run; a `note` is only reported.
 */
export interface SessionEvent {
  readonly severity: "fault" | "note";
  readonly kind:
    | "duplicate-answer"
    | "unknown-id"
    | "unattributed-crash"
    | "restart-cap"
    | "late-answer"
    | "shutdown-ignored"
    | "process-left-behind";
  readonly message: string;
}

/** The implementation could not be started, or its response to `initialize` was missing or wrong. */
export class StartError extends Error {
  /** The text that it wrote to stderr until then. */
  readonly stderr: string;

  constructor(message: string, stderr = "") {
    super(message);
    this.name = "StartError";
    this.stderr = stderr;
  }
}

export interface Lane {
  readonly name: "stdio" | "in-process";
  /** Starts the implementation. Called once, before `run`. Errors: StartError. */
  initialize(): Promise<InitializeResult>;
  /**
   * Runs `calls` and reports each exactly once through `onOutcome(index, outcome)`, in any order.
   * When `signal` aborts, it ends the implementation at once, returns, and reports no further outcome.
   */
  run(
    calls: readonly Call[],
    onOutcome: (index: number, outcome: Outcome) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Ends the implementation and everything that it started. Safe to call twice, and after a failed `initialize`. */
  close(): Promise<void>;
  /** In the order in which they happened. */
  readonly events: readonly SessionEvent[];
}
