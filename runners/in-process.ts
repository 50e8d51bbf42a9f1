/** The in-process lane: it calls a JavaScript module directly. It cannot stop a module that hangs; the stdio lane can. */
import { blake3 } from "@noble/hashes/blake3.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { ProofError } from "../reference/core/errors.ts";
import type { HashFunction, HashFunctions } from "../reference/core/hash.ts";
import {
  type Answer,
  type Call,
  type InitializeResult,
  type Json,
  type Lane,
  type Outcome,
  type SessionEvent,
  StartError,
} from "./lane.ts";
import { checkMessage, loadMessageSchemas, resultSchemaOf } from "./messages.ts";

/** The hash functions that the harness passes to a module. Every call is counted. */
export type Host = HashFunctions;

/** The interface of a module under test. `call` throws `ProofError` to reject; any other error is a crash. */
export interface InProcessImplementation {
  /** Whether the module hashes only through the host. Otherwise the number of its hashes is unknown. */
  readonly hashesThroughHost?: boolean;
  initialize(): InitializeResult;
  call(method: string, params: Json, host: Host): unknown;
}

/** Input: the module, or a function that loads it and throws `StartError` if it cannot. */
export function createInProcessLane(module: InProcessImplementation | (() => Promise<InProcessImplementation>)): Lane {
  const events: SessionEvent[] = [];
  let implementation: InProcessImplementation;
  return {
    name: "in-process",
    events,
    async initialize() {
      await loadMessageSchemas();
      implementation = typeof module === "function" ? await module() : module;
      const result = implementation.initialize();
      const fault = checkMessage("initializeResult", result);
      if (fault !== undefined) throw new StartError(`initialize: ${fault.pointer} ${fault.message}`);
      return result;
    },
    async run(calls, onOutcome, signal) {
      for (const [index, call] of calls.entries()) {
        if (signal?.aborted) return;
        onOutcome(index, callOnce(implementation, call));
        // The event loop must run for the interruption and the progress bar.
        if (index % 64 === 63) await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async close() {},
  };
}

function callOnce(implementation: InProcessImplementation, call: Call): Outcome {
  let hashes = 0;
  const counted =
    (hash: HashFunction): HashFunction =>
    (message) => {
      hashes += 1;
      return hash(message);
    };
  const host: Host = { sha256: counted(sha256), keccak256: counted(keccak_256), blake3: counted(blake3) };
  const answer = answerOf(implementation, call, host);
  return implementation.hashesThroughHost === true ? { ...answer, measured: { hashes } } : answer;
}

function answerOf(implementation: InProcessImplementation, { method, params }: Call, host: Host): Answer {
  let result: unknown;
  try {
    result = implementation.call(method, params, host);
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
