/**
 * What an engine's error says of an execution.
 *
 * Req: RUNTIME-METER-001, RUNTIME-METER-006, RUNTIME-GEN-003.
 */

import type { Counters } from "../engine.ts";
import { NodeFault, OutOfGas, Trap, type TrapReason } from "../faults.ts";
import { NO_MEMORY } from "../meter/body.ts";
import { RuntimeError } from "./web-assembly.ts";

/** V8's own words for the traps that the profile can reach. */
const REASONS: ReadonlyMap<string, TrapReason> = new Map([
  ["unreachable", "unreachable"],
  ["memory access out of bounds", "memory-range"],
  ["divide by zero", "division-by-zero"],
  ["remainder by zero", "division-by-zero"],
  ["divide result unrepresentable", "integer-overflow"],
  ["table index is out of bounds", "table-index"],
  ["null function or function signature mismatch", "call-type"],
]);

/**
 * The error that ends an execution, for what came out of a call: a trap gets its reason, from the counters first, as a charge
 * traps like `unreachable`. An engine that has no stack left says nothing of the execution. All others are the host's own.
 */
export function meaningOf(error: unknown, { gas, stack }: Counters): unknown {
  if (error instanceof RuntimeError) {
    if (gas < 0n) return new OutOfGas();
    if (stack === NO_MEMORY) return new NodeFault("the engine could not grow a memory within its maximum");
    if (stack < 0) return new Trap("stack", "the stack is used up");
    const reason = REASONS.get(error.message);
    if (reason === undefined) return new NodeFault(`the engine trapped for ${error.message}`, { cause: error });
    return new Trap(reason, error.message);
  }
  if (error instanceof RangeError && error.message.includes("call stack")) {
    return new NodeFault("the engine's own stack is used up", { cause: error });
  }
  return error;
}
