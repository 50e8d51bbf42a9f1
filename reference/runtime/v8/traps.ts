/** Translates errors of V8 to errors of an execution. */

import type { Counters } from "../engine.ts";
import { NodeFault, OutOfGas, Trap, type TrapReason } from "../faults.ts";
import { NO_MEMORY } from "../meter/body.ts";
import { RuntimeError } from "./web-assembly.ts";

/** V8's messages of the traps that a valid module can cause. */
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
 * Returns the error that ends an execution, for an error that a call has thrown. The counters decide first, because a charge traps like
 * `unreachable`. If the engine has no stack left, the result of the execution is unknown. All other errors come from the host.
 *
 * Req: RUNTIME-METER-011, RUNTIME-METER-012, RUNTIME-METER-021, RUNTIME-GEN-003.
 */
export function toExecutionError(error: unknown, { gas, stack }: Counters): unknown {
  if (error instanceof RuntimeError) {
    if (gas < 0n) return new OutOfGas();
    if (stack === NO_MEMORY) return new NodeFault("the engine could not grow a memory within its maximum");
    if (stack < 0) return new Trap("stack", "no stack left for the frame of a function");
    const reason = REASONS.get(error.message);
    if (reason === undefined)
      return new NodeFault(`the engine trapped with an unknown message: ${error.message}`, { cause: error });
    return new Trap(reason, error.message);
  }
  if (error instanceof RangeError && error.message.includes("call stack")) {
    return new NodeFault("the engine has no stack left", { cause: error });
  }
  return error;
}
