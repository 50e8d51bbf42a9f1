/** The in-process lane: a JavaScript module, called directly. It cannot be stopped when it hangs; stdio can. */
import { ProofError } from "../reference/core/errors.ts";
import { checkMessage, loadMessageSchemas, resultSchemaOf } from "./messages.ts";
import {
  type Call,
  type InitializeResult,
  type Json,
  type Lane,
  type Outcome,
  type SessionEvent,
  StartError,
} from "./runner.ts";

/** What a module under test offers. `call` throws `ProofError` to reject; anything else it throws is a crash. */
export interface InProcessImplementation {
  initialize(): InitializeResult;
  call(method: string, params: Json): unknown;
}

export function createInProcessLane(implementation: InProcessImplementation): Lane {
  const events: SessionEvent[] = [];
  return {
    name: "in-process",
    events,
    async initialize() {
      await loadMessageSchemas();
      const result = implementation.initialize();
      const fault = checkMessage("initializeResult", result);
      if (fault !== undefined) throw new StartError(`initialize: ${fault.pointer} ${fault.message}`);
      return result;
    },
    async run(calls, onOutcome, signal) {
      for (const [index, call] of calls.entries()) {
        if (signal?.aborted) return;
        onOutcome(index, callOnce(implementation, call));
        // Lets an interruption and the progress bar have their turn.
        if (index % 64 === 63) await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async close() {},
  };
}

function callOnce(implementation: InProcessImplementation, { method, params }: Call): Outcome {
  let result: unknown;
  try {
    result = implementation.call(method, params);
  } catch (error) {
    if (error instanceof ProofError) {
      return { kind: "error", class: error.class, message: error.message, details: error.details };
    }
    return { kind: "crash", exitCode: null, signal: null, message: `uncaught ${error}` };
  }
  const fault = checkMessage(resultSchemaOf(method), result);
  if (fault !== undefined)
    return { kind: "protocol-fault", pointer: `/result${fault.pointer}`, message: fault.message };
  return { kind: "result", result: result as Json };
}
