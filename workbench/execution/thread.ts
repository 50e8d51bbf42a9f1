/**
 * Runs a function in a separate thread, which has a large stack and is terminated on timeout. This process survives anything
 * that an execution does to the engine.
 *
 * Req: RUNTIME-GEN-003.
 */
import { Worker } from "node:worker_threads";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { NodeFault } from "../../reference/runtime/faults.ts";

/** A call of an exported function of a module. */
export interface Task {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** An error as plain data: the structured clone between threads would lose its class. */
export type ErrorData =
  | { readonly kind: "proof"; readonly class: ProofError["class"]; readonly message: string; readonly details: object }
  | { readonly kind: "usage"; readonly message: string }
  | { readonly kind: "node"; readonly message: string }
  /** A system error with its code, or a bug. */
  | { readonly kind: "other"; readonly message: string; readonly members: object };

export type Answer =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly error: ErrorData };

const STACK_MB = 64;

/**
 * Input:  `task.args` is plain data. The result is plain data, in which `ProofError`s may occur.
 * Errors: those of the function; NodeFault.
 */
export async function runInThread(task: Task, timeoutMs: number): Promise<unknown> {
  const worker = new Worker(new URL("./thread-main.js", import.meta.url), {
    workerData: task,
    resourceLimits: { stackSizeMb: STACK_MB },
  });
  try {
    const answer = await answerOf(worker, timeoutMs);
    if (answer.kind === "error") throw errorOf(answer.error);
    return mapObjects(answer.result, (value) => (isErrorInResult(value) ? errorOf(value.error) : undefined));
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fault = (message: string): void => reject(new NodeFault(message));
    const timeout = `not finished within ${timeoutMs} ms; --timeout-ms sets a longer limit`;
    const timer = setTimeout(() => fault(timeout), timeoutMs);
    worker.once("message", resolve);
    worker.once("error", (error) => fault(`the thread failed: ${error}`));
    worker.once("exit", (code) => fault(`the thread ended with exit code ${code}`));
    const done = (): void => clearTimeout(timer);
    worker.once("message", done).once("error", done).once("exit", done);
  });
}

function errorOf(error: ErrorData): Error {
  if (error.kind === "proof") return new ProofError(error.class, error.message, error.details as ProofError["details"]);
  if (error.kind === "usage") return new UsageError(error.message);
  if (error.kind === "node") return new NodeFault(error.message);
  return Object.assign(new Error(error.message), error.members);
}

export function toErrorData(error: unknown): ErrorData {
  if (error instanceof ProofError) {
    return { kind: "proof", class: error.class, message: error.message, details: error.details };
  }
  if (error instanceof UsageError) return { kind: "usage", message: error.message };
  if (error instanceof NodeFault) return { kind: "node", message: error.message };
  const { message, stack, code, syscall } = error as NodeJS.ErrnoException;
  return { kind: "other", message, members: { stack, code, syscall } };
}

/** A `ProofError` inside a result. */
interface ErrorInResult {
  readonly isError: true;
  readonly error: ErrorData;
}

function isErrorInResult(value: object): value is ErrorInResult {
  return "isError" in value && value.isError === true;
}

export function toPlainResult(result: unknown): unknown {
  return mapObjects(result, (value) => {
    return value instanceof ProofError ? { isError: true, error: toErrorData(value) } : undefined;
  });
}

/** Copies plain data; replaces an object if `replace` returns a value for it. */
function mapObjects(value: unknown, replace: (value: object) => unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const replacement = replace(value);
  if (replacement !== undefined) return replacement;
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, replace));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapObjects(member, replace)]));
}
