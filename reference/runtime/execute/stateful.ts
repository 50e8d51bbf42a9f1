/** The executor that holds the whole state. It proves the part that a block needs, for stateless executors. */
import type { Engine } from "../engine.ts";
import { Recorder, type Recording } from "../storage/recorder.ts";
import { SessionState } from "../storage/session-state.ts";
import { validateProgram } from "../validate/program.ts";
import type { ExecutionRequest, ExecutionResult, WholeState } from "./request.ts";
import { run } from "./run.ts";
import { checkDepth } from "./stateless.ts";

export interface StatefulRequest extends ExecutionRequest {
  readonly state: WholeState;
}

/**
 * Executes a block over the whole state and records its reads and writes.
 *
 * Req:    RUNTIME-STATE-020, RUNTIME-STATE-024, RUNTIME-STATE-056.
 * Errors: ModuleError; of `prove` for the entries; invalid-proof; of `run`; of `prove` for the recorded keys.
 */
export function record(request: StatefulRequest, engine: Engine): ExecutionResult & Recording {
  checkDepth(request.state);
  const program = validateProgram(request.code, "environment", request.libraries);
  const { backend, context, entries } = request.state;
  const recorder = new Recorder(backend, context, request.preStateRoot, entries);
  const result = run(engine, program, request, new SessionState(backend, recorder));
  return { ...result, ...recorder.finish(request.preStateRoot) };
}
