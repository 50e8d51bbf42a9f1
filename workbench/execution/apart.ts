/**
 * Runs a function in a thread of its own, which has a large stack and is ended when it gives no answer in time: whatever an
 * execution does to the engine, this process goes on.
 *
 * Req: RUNTIME-GEN-003.
 */
import { Worker } from "node:worker_threads";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { ProofError } from "../../reference/core/errors.ts";
import { NodeFault } from "../../reference/runtime/faults.ts";

/** What the thread is to do: an exported function of a module, and what it is given. */
export interface Task {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** An error that has to keep its kind on the way out of a thread. */
export type Told =
  | { readonly kind: "proof"; readonly class: ProofError["class"]; readonly message: string; readonly details: object }
  | { readonly kind: "usage"; readonly message: string }
  | { readonly kind: "node"; readonly message: string }
  /** Of the disk or the memory, with its code, or a bug. */
  | { readonly kind: "other"; readonly message: string; readonly members: object };

export type Answer =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly error: Told };

const STACK_MB = 64;

/** Input: `task.args` and the result are plain data, in which `ProofError`s may stand. Errors: of the function; NodeFault. */
export async function runApart(task: Task, timeoutMs: number): Promise<unknown> {
  const worker = new Worker(new URL("./apart-thread.js", import.meta.url), {
    workerData: task,
    resourceLimits: { stackSizeMb: STACK_MB },
  });
  try {
    const answer = await answerOf(worker, timeoutMs);
    if (answer.kind === "error") throw errorOf(answer.error);
    return told(answer.result, (value) => (isTold(value) ? errorOf(value.error) : undefined));
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fault = (message: string): void => reject(new NodeFault(message));
    const timer = setTimeout(() => fault(`no end within ${timeoutMs} ms; more are given by --timeout-ms`), timeoutMs);
    worker.once("message", resolve);
    worker.once("error", (error) => fault(`the thread failed: ${error}`));
    worker.once("exit", (code) => fault(`the thread ended with exit code ${code}`));
    const done = (): void => clearTimeout(timer);
    worker.once("message", done).once("error", done).once("exit", done);
  });
}

function errorOf(error: Told): Error {
  if (error.kind === "proof") return new ProofError(error.class, error.message, error.details as ProofError["details"]);
  if (error.kind === "usage") return new UsageError(error.message);
  if (error.kind === "node") return new NodeFault(error.message);
  return Object.assign(new Error(error.message), error.members);
}

export function tell(error: unknown): Told {
  if (error instanceof ProofError) {
    return { kind: "proof", class: error.class, message: error.message, details: error.details };
  }
  if (error instanceof UsageError) return { kind: "usage", message: error.message };
  if (error instanceof NodeFault) return { kind: "node", message: error.message };
  const { message, stack, code, syscall } = error as NodeJS.ErrnoException;
  return { kind: "other", message, members: { stack, code, syscall } };
}

/** A `ProofError` within a result. */
interface Within {
  readonly told: true;
  readonly error: Told;
}

function isTold(value: object): value is Within {
  return "told" in value && value.told === true;
}

export function packed(result: unknown): unknown {
  return told(result, (value) => (value instanceof ProofError ? { told: true, error: tell(value) } : undefined));
}

/** A copy of plain data in which some objects are replaced. */
function told(value: unknown, replace: (value: object) => unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const other = replace(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) return value.map((item) => told(item, replace));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, told(member, replace)]));
}
