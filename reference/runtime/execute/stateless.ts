/** The executor that holds no state except what a proof shows. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { ProofContext } from "../../proofs/backend.ts";
import type { Engine } from "../engine.ts";
import { SessionState } from "../storage/session-state.ts";
import type { State } from "../storage/storage.ts";
import { validateProgram } from "../validate/program.ts";
import type { ExecutionRequest, ExecutionResult, ProvenState } from "./request.ts";
import { run } from "./run.ts";

export interface StatelessRequest extends ExecutionRequest {
  readonly state?: ProvenState;
}

const SPARSE_DEPTH = 256;

/**
 * Executes a block.
 *
 * Req:    RUNTIME-GEN-004.
 * Errors: ModuleError; of `openState`; of `run`.
 */
export function execute(request: StatelessRequest, engine: Engine): ExecutionResult {
  if (request.state !== undefined) checkDepth(request.state);
  const program = validateProgram(request.code, "environment", request.libraries);
  return run(engine, program, request, openState(request.preStateRoot, request.state));
}

/** Req: RUNTIME-STATE-003, RUNTIME-STATE-037. Errors: of the backend, for a proof that does not verify. */
function openState(preStateRoot: Bytes32, state: ProvenState | undefined): State | undefined {
  if (state === undefined) return undefined;
  return new SessionState(state.backend, state.backend.open(state.context, preStateRoot, state.proof));
}

/** Every key of an environment has 256 bits. Req: RUNTIME-STATE-033. Errors: invalid-argument. */
export function checkDepth({ context: { depth } }: { context: ProofContext }): void {
  if (depth === undefined || depth === SPARSE_DEPTH) return;
  throw new ProofError("invalid-argument", `a state has ${SPARSE_DEPTH} levels, not ${depth}`, { depth });
}
