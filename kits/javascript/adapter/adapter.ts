/**
 * The implementation's side of the stdio lane, for adapters in JavaScript and TypeScript: reads and answers requests.
 * It checks only the shape of a request; the adapter checks its meaning.
 */
import { createInterface } from "node:readline";

/** The error classes of docs/spec/protocol.md. */
export type ErrorClass =
  | "malformed"
  | "non-canonical"
  | "invalid-proof"
  | "incomplete"
  | "invalid-argument"
  | "limit-exceeded"
  | "unsupported"
  | "internal"
  | "invalid-module"
  | "out-of-gas"
  | "trap";

/** The result of `initialize`. */
export interface InitializeResult {
  readonly protocol: 1;
  readonly implementation: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    readonly url?: string;
  };
  readonly capabilities: {
    readonly proof?: Readonly<
      Record<string, { readonly encodings: readonly string[]; readonly operations: readonly string[] }>
    >;
    readonly runtime?: { readonly operations: readonly string[] };
  };
  /** Declared cases that cannot run: globs over case ids, each with a reason. */
  readonly unsupported?: readonly { readonly match: string; readonly reason: string; readonly url?: string }[];
}

/** Thrown by an adapter to reject a request. */
export class Rejection extends Error {
  readonly class: ErrorClass;
  readonly details: object;

  constructor(errorClass: ErrorClass, message: string, details: object = {}) {
    super(message);
    this.class = errorClass;
    this.details = details;
  }
}

export interface Adapter {
  readonly initialize: InitializeResult;
  /** Answers one method, directly or by a promise. Throws `Rejection` (or anything with a `class` of the interface and a `message`). */
  call(method: string, params: Record<string, unknown>): unknown;
}

/** Parameters of every method of `proof`. */
const COMMON: readonly string[] = ["backend", "options"];

/** Parameters of each method. Any other parameter is rejected as `invalid-argument`. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  "proof/root": [...COMMON, "encoding", "proof"],
  "proof/get": [...COMMON, "encoding", "root", "proof", "keys"],
  "proof/prove": [...COMMON, "encoding", "entries", "keys", "deletes"],
  "proof/convert": [...COMMON, "from", "to", "root", "proof", "keys"],
  "proof/cost": [...COMMON, "encoding", "root", "proof"],
  "proof/update": [...COMMON, "encoding", "root", "proof", "writes"],
  "proof/transact": [...COMMON, "encoding", "root", "proof", "steps"],
  "proof/merge": [...COMMON, "encoding", "root", "proofs"],
  "proof/extract": [...COMMON, "encoding", "root", "proof", "keys", "deletes"],
  "runtime/validate": ["code", "role", "libraries"],
  "runtime/execute": ["code", "preStateRoot", "blockData", "gasLimit", "libraries", "state"],
  "runtime/record": ["code", "preStateRoot", "blockData", "gasLimit", "libraries", "state"],
};

/** Serves `adapter` on stdin and stdout until `shutdown` or the end of input. */
export async function serve(adapter: Adapter): Promise<void> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const { answer, last } = await answerLine(adapter, line);
    const drained = process.stdout.write(`${JSON.stringify(answer)}\n`);
    if (last) break;
    if (!drained) await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  lines.close();
  process.stdin.destroy();
}

async function answerLine(adapter: Adapter, line: string): Promise<{ answer: object; last?: true }> {
  let request: { id?: unknown; method?: unknown; params?: unknown };
  try {
    request = JSON.parse(line);
  } catch (error) {
    return { answer: failure(null, -32700, `not JSON: ${(error as Error).message}`) };
  }
  const { id, method, params } = request ?? {};
  if (typeof id !== "number" || typeof method !== "string" || !isObject(params)) {
    return {
      answer: failure(typeof id === "number" ? id : null, -32600, "not a request: expected id, method and params"),
    };
  }
  if (method === "initialize") return { answer: success(id, adapter.initialize) };
  if (method === "shutdown") return { answer: success(id, {}), last: true };
  const known = Object.hasOwn(PARAMETERS, method) ? PARAMETERS[method] : undefined;
  if (known === undefined) return { answer: failure(id, -32601, `unknown method ${method}`) };
  const badOption = unknownOption((params as { options?: unknown }).options);
  if (badOption !== undefined) {
    return { answer: rejection(id, new Rejection("invalid-argument", `options: ${badOption} does not apply`)) };
  }
  const extra = Object.keys(params).find((name) => !known.includes(name));
  if (extra !== undefined) {
    return { answer: rejection(id, new Rejection("invalid-argument", `${method} has no parameter "${extra}"`)) };
  }
  try {
    return { answer: success(id, await adapter.call(method, params as Record<string, unknown>)) };
  } catch (error) {
    return { answer: rejection(id, error as Partial<Rejection>) };
  }
}

/** The first option that no backend has. The adapter checks whether its own backend has an option. */
function unknownOption(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  if (!isObject(options)) return JSON.stringify(options);
  const isKnown = ([name, value]: [string, unknown]): boolean =>
    name === "depth" || name === "secure" || (name === "profile" && (value === "strict" || value === "lenient"));
  return Object.entries(options).find((option) => !isKnown(option))?.[0];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function success(id: number, result: unknown): object {
  return { jsonrpc: "2.0", id, result };
}

function failure(id: number | null, code: number, message: string): object {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

/** An error without a class is a fault of the implementation: `internal`, which no vector accepts. */
function rejection(id: number, error: Partial<Rejection>): object {
  const { class: errorClass = "internal", message = String(error), details = {} } = error;
  return { jsonrpc: "2.0", id, error: { code: -32000, message, data: { class: errorClass, details } } };
}
