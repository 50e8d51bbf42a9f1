/** The thread of an `ExecutionWorker`: answers one call after the other. */
import { parentPort } from "node:worker_threads";
import { ProofError } from "../reference/core/errors.ts";
import type { Engine } from "../reference/runtime/engine.ts";
import { createInterpreter } from "../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../reference/runtime/v8/engine.ts";
import { callMethod } from "../reference/wire/dispatch.ts";
import type { JsonObject } from "../runners/runner.ts";
import type { WorkerAnswer, WorkerRequest } from "./execution-worker.ts";

/** Made once, so that what they have compiled is kept. */
const ENGINES: Readonly<Record<"v8" | "interpreter", readonly Engine[]>> = {
  v8: [createV8Engine()],
  interpreter: [createInterpreter()],
};

parentPort?.on("message", (request: WorkerRequest) => parentPort?.postMessage(answerOf(request)));

function answerOf({ method, params, engine }: WorkerRequest): WorkerAnswer {
  const means = engine === undefined ? {} : { engines: ENGINES[engine] };
  try {
    return { kind: "result", result: callMethod(method, params, means) as JsonObject };
  } catch (error) {
    if (!(error instanceof ProofError)) return { kind: "fault", message: String(error) };
    if (error.class === "internal") return { kind: "fault", message: error.message };
    return { kind: "error", class: error.class, message: error.message, details: error.details };
  }
}
