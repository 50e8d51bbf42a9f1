/** What every lane offers: a conversation with one implementation, whatever carries it. */

/** Anything that `JSON.parse` gives. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One request: a method of the proof interface and its parameters, recipes expanded. */
export interface Call {
  readonly method: string;
  readonly params: JsonObject;
}

/** A rule by which an implementation says that it cannot run some of the cases it has declared. */
export interface UnsupportedRule {
  readonly match: string;
  readonly reason: string;
  readonly url?: string;
}

/** What an implementation says of one proof backend. */
export interface BackendCapabilities {
  readonly encodings: readonly string[];
  readonly operations: readonly string[];
}

/** What an implementation says of executing modules. */
export interface RuntimeCapabilities {
  readonly operations: readonly string[];
}

/** The answer to `initialize`, valid under `schemas/interface.schema.json`. */
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

/** How one call ended. Everything but `result` and `error` is a failure of the implementation to answer at all. */
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
  /** `pointer` is the JSON pointer into the message, or "" for the line as a whole. */
  | { readonly kind: "protocol-fault"; readonly pointer: string; readonly message: string }
  | { readonly kind: "not-run"; readonly reason: string };

/**
 * An answer, with what the implementation wrote to stderr while only this case could have caused it; when the case
 * failed among others, with what it wrote while this one was in flight.
 */
export type Outcome = Answer & { readonly stderr?: string; readonly measured?: Measured };

/** What a lane has counted while a call was answered. What it cannot count is left out, never zero. */
export interface Measured {
  readonly hashes?: number;
}

/**
 * Something the implementation did that no single case's verdict shows.
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

/** The implementation could not be started, or did not answer `initialize` as it must. */
export class StartError extends Error {
  /** What it wrote to stderr until then. */
  readonly stderr: string;

  constructor(message: string, stderr = "") {
    super(message);
    this.name = "StartError";
    this.stderr = stderr;
  }
}

export interface Lane {
  readonly name: "stdio" | "in-process";
  /** Starts the implementation. Throws `StartError`. Called once, before `run`. */
  initialize(): Promise<InitializeResult>;
  /**
   * Runs `calls` and reports each exactly once through `onOutcome(index, outcome)`, in any order.
   * When `signal` aborts, it ends the implementation at once and returns; what has not been reported by then never is.
   */
  run(
    calls: readonly Call[],
    onOutcome: (index: number, outcome: Outcome) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Ends the implementation and everything it started. Safe to call twice, and after a failed `initialize`. */
  close(): Promise<void>;
  /** In the order they happened. */
  readonly events: readonly SessionEvent[];
}
