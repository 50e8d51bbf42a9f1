/** Runs an environment over any state, from the instantiation of its modules to the result or error of `main`. */
import { toQuantity } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { COSTS } from "../costs.ts";
import type { Engine } from "../engine.ts";
import { OutOfGas, Trap } from "../faults.ts";
import { Execution } from "../host/execution.ts";
import type { State } from "../storage/storage.ts";
import { type Program, validateProgram } from "../validate/program.ts";
import { instantiate } from "./modules.ts";
import type { ExecutionRequest, ExecutionResult } from "./request.ts";

/** In operands. Req: RUNTIME-METER-029. */
const STACK = 65_536;

/**
 * Req:    RUNTIME-GEN-001, RUNTIME-GEN-002, RUNTIME-METER-009, RUNTIME-STATE-001, RUNTIME-METER-031.
 * Errors: ProofError, with the charged gas for the classes trap and out-of-gas; NodeFault.
 */
export function run(
  engine: Engine,
  { libraries, module }: Program,
  { preStateRoot, blockData, gasLimit }: ExecutionRequest,
  state: State | undefined,
): ExecutionResult {
  const counters = { gas: gasLimit, stack: STACK };
  const execution = new Execution({
    preStateRoot,
    blockData,
    state,
    counters,
    costs: COSTS,
    loadChild: (running, code) => instantiate(engine, validateProgram(code, "child", []).module, "child", running),
  });
  try {
    const linked = new Map(
      libraries.map((library) => [library.name, instantiate(engine, library.module, "library", execution)]),
    );
    execution.environment = instantiate(engine, module, "environment", execution, linked);
    execution.environment.call("main", []);
  } catch (error) {
    throw endingOf(error, gasLimit - counters.gas);
  }
  const { postStateRoot, deposits, log } = execution;
  return { postStateRoot, deposits, gasUsed: gasLimit - counters.gas, log };
}

/**
 * The error that a request is answered with when its execution fails.
 *
 * Req: RUNTIME-GEN-005, RUNTIME-GEN-006, RUNTIME-GEN-007, RUNTIME-METER-035, RUNTIME-METER-038.
 */
function endingOf(error: unknown, charged: bigint): unknown {
  const details = { charged: toQuantity(charged) };
  if (error instanceof OutOfGas) return new ProofError("out-of-gas", "the gas is used up", details);
  if (error instanceof Trap) return new ProofError("trap", error.message, { reason: error.reason, ...details });
  return error;
}
