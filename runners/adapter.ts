/**
 * The implementation's side of the stdio lane, for adapters written in JavaScript: reads requests, answers each.
 * It checks the shape of requests; what they mean is the adapter's business.
 */
import { createInterface } from "node:readline";
import type { ErrorClass } from "../reference/core/errors.ts";
import type { InitializeResult } from "./lane.ts";

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
  /** Answers one method, now or by a promise. Throws `Rejection` (or anything with a `class` of the interface and a `message`). */
  call(method: string, params: Record<string, unknown>): unknown;
}

/** Parameters of every method of the area. */
const OF_PROOFS: readonly string[] = ["backend", "options"];

/** Parameters of each method; any other one is `invalid-argument`. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  "proof/root": [...OF_PROOFS, "encoding", "proof"],
  "proof/get": [...OF_PROOFS, "encoding", "root", "proof", "keys"],
  "proof/prove": [...OF_PROOFS, "encoding", "entries", "keys", "deletes"],
  "proof/convert": [...OF_PROOFS, "from", "to", "root", "proof", "keys"],
  "proof/cost": [...OF_PROOFS, "encoding", "root", "proof"],
  "proof/update": [...OF_PROOFS, "encoding", "root", "proof", "writes"],
  "proof/transact": [...OF_PROOFS, "encoding", "root", "proof", "steps"],
  "proof/merge": [...OF_PROOFS, "encoding", "root", "proofs"],
  "proof/extract": [...OF_PROOFS, "encoding", "root", "proof", "keys", "deletes"],
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
  if (typeof id !== "number" || typeof method !== "string" || typeof params !== "object" || params === null) {
    return { answer: failure(typeof id === "number" ? id : null, -32600, "not a request: id, method, params") };
  }
  if (method === "initialize") return { answer: success(id, adapter.initialize) };
  if (method === "shutdown") return { answer: success(id, {}), last: true };
  const known = PARAMETERS[method];
  if (known === undefined) return { answer: failure(id, -32601, `unknown method ${method}`) };
  const wrongOption = strayOption((params as { options?: unknown }).options);
  if (wrongOption !== undefined) {
    return { answer: rejection(id, new Rejection("invalid-argument", `options: ${wrongOption} does not apply`)) };
  }
  const stray = Object.keys(params).find((name) => !known.includes(name));
  if (stray !== undefined) {
    return { answer: rejection(id, new Rejection("invalid-argument", `${method} has no parameter "${stray}"`)) };
  }
  try {
    return { answer: success(id, await adapter.call(method, params as Record<string, unknown>)) };
  } catch (error) {
    return { answer: rejection(id, error as Partial<Rejection>) };
  }
}

/** The first option that no backend has. What an option means to a backend is the adapter's business. */
function strayOption(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== "object" || options === null) return JSON.stringify(options);
  const isKnown = ([name, value]: [string, unknown]): boolean =>
    name === "depth" || name === "secure" || (name === "profile" && (value === "strict" || value === "lenient"));
  return Object.entries(options).find((option) => !isKnown(option))?.[0];
}

function success(id: number, result: unknown): object {
  return { jsonrpc: "2.0", id, result };
}

function failure(id: number | null, code: number, message: string): object {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

/** What is thrown without a class is a bug of the implementation: `internal`, which no vector accepts. */
function rejection(id: number, error: Partial<Rejection>): object {
  const { class: errorClass = "internal", message = String(error), details = {} } = error;
  return { jsonrpc: "2.0", id, error: { code: -32000, message, data: { class: errorClass, details } } };
}
