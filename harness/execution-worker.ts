/**
 * Calls of the runtime in a thread of their own, which has a large stack and is ended when it gives no answer in time. What
 * goes wrong with the thread is a fault of the node, and says nothing of the execution.
 *
 * Req: RUNTIME-GEN-003.
 */
import { Worker } from "node:worker_threads";
import { type ErrorClass, type ErrorDetails, NodeFault, ProofError } from "../reference/core/errors.ts";
import type { JsonObject } from "../runners/runner.ts";

export interface ExecutionWorkerOptions {
  /** For one call. */
  readonly timeoutMs?: number;
  /** The metered stack is spent long before this one is. */
  readonly stackMb?: number;
  /** What executes; the interpreter where V8 gives up, when left out. */
  readonly engine?: "v8" | "interpreter";
}

/** What the thread is sent. */
export interface WorkerRequest {
  readonly method: string;
  readonly params: JsonObject;
  readonly engine: "v8" | "interpreter" | undefined;
}

/** What the thread answers: the result, the error of an execution, or what went wrong with the thread. */
export type WorkerAnswer =
  | { readonly kind: "result"; readonly result: JsonObject }
  | { readonly kind: "error"; readonly class: ErrorClass; readonly message: string; readonly details: ErrorDetails }
  | { readonly kind: "fault"; readonly message: string };

const TIMEOUT_MS = 60_000;
const STACK_MB = 64;

export class ExecutionWorker {
  readonly #timeoutMs: number;
  readonly #stackMb: number;
  readonly #engine: WorkerRequest["engine"];
  #worker: Worker | undefined;
  /** The end of the call that was made last: one runs at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ timeoutMs = TIMEOUT_MS, stackMb = STACK_MB, engine }: ExecutionWorkerOptions = {}) {
    this.#timeoutMs = timeoutMs;
    this.#stackMb = stackMb;
    this.#engine = engine;
  }

  /** Answers one call. Errors: ProofError, as the method gives it; NodeFault. */
  call(method: string, params: JsonObject): Promise<JsonObject> {
    const answer = this.#last.then(() => this.#callNow(method, params));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** Ends the thread. A call after it starts another one. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #callNow(method: string, params: JsonObject): Promise<JsonObject> {
    const answer = await this.#answerOf({ method, params, engine: this.#engine });
    if (answer.kind === "result") return answer.result;
    if (answer.kind === "error") throw new ProofError(answer.class, answer.message, answer.details);
    await this.close();
    throw new NodeFault(answer.message);
  }

  #answerOf(request: WorkerRequest): Promise<WorkerAnswer> {
    const worker = this.#started();
    return new Promise((resolve) => {
      const fault = (message: string): void => settle({ kind: "fault", message });
      const onError = (error: unknown): void => fault(`the thread failed: ${error}`);
      const onExit = (code: number): void => fault(`the thread ended with exit code ${code}`);
      const timer = setTimeout(() => fault(`no answer within ${this.#timeoutMs} ms`), this.#timeoutMs);
      const settle = (answer: WorkerAnswer): void => {
        clearTimeout(timer);
        worker.off("message", settle).off("error", onError).off("exit", onExit);
        // A thread that fails after it was given up has nobody to tell.
        worker.on("error", () => {});
        resolve(answer);
      };
      worker.once("message", settle).once("error", onError).once("exit", onExit);
      worker.postMessage(request);
    });
  }

  #started(): Worker {
    this.#worker ??= new Worker(new URL("./execution-thread.js", import.meta.url), {
      resourceLimits: { stackSizeMb: this.#stackMb },
    });
    return this.#worker;
  }
}
