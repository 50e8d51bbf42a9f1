/**
 * Runs blocks one after another in one environment and observes them. Each block starts from the post-state of the previous
 * one. A rejected block ends the sequence.
 */
import { type Bytes32, toHex } from "../../reference/core/bytes.ts";
import type { RawKey } from "../../reference/proofs/backend.ts";
import { type BlockOutcome, outcomeOf } from "../../reference/runtime/execute/blocks.ts";
import type { ProvenState, WholeState } from "../../reference/runtime/execute/request.ts";
import { record } from "../../reference/runtime/execute/stateful.ts";
import { execute } from "../../reference/runtime/execute/stateless.ts";
import { toStored } from "../../reference/runtime/storage/keys.ts";
import type { Entry, Recording } from "../../reference/runtime/storage/recorder.ts";
import type { LibraryCode } from "../../reference/runtime/validate/program.ts";
import type { GasLine } from "./gas-profile.ts";
import { type EngineName, observe } from "./observed-engine.ts";

export interface SequenceRequest {
  readonly code: Uint8Array;
  readonly libraries: readonly LibraryCode[];
  readonly preStateRoot: Bytes32;
  readonly blocks: readonly Uint8Array[];
  /** Of each block. */
  readonly gasLimit: bigint;
  readonly engine: EngineName;
  /** A state with a proof allows only one block: the next block would need a proof under a different root. */
  readonly state?: ProvenState | WholeState;
}

export interface BlockReport {
  readonly preStateRoot: Bytes32;
  readonly outcome: BlockOutcome;
  /** The reads and writes of a run over entries. */
  readonly recording: Recording | undefined;
  readonly hostCalls: readonly GasLine[];
  /** Gas by function, if the engine measures it. */
  readonly gas: readonly GasLine[] | undefined;
  /** The call stack at which a block failed, as far as the engine reports it; the outermost function first. */
  readonly running: readonly string[];
}

/** Errors: NodeFault. */
export function runSequence(request: SequenceRequest): BlockReport[] {
  const reports: BlockReport[] = [];
  let { preStateRoot, state } = request;
  for (const blockData of request.blocks) {
    const report = runBlock({ ...request, preStateRoot, ...(state === undefined ? {} : { state }) }, blockData);
    reports.push(report);
    if (report.outcome.kind === "rejected") break;
    preStateRoot = report.outcome.result.postStateRoot;
    if (state !== undefined && "entries" in state && report.recording !== undefined) {
      state = { ...state, entries: withWrites(state, report.recording.writes) };
    }
  }
  return reports;
}

function runBlock(request: SequenceRequest, blockData: Uint8Array): BlockReport {
  const { code, libraries, preStateRoot, gasLimit, engine: name, state } = request;
  const observed = observe(name, request);
  const block = { code, libraries, preStateRoot, blockData, gasLimit };
  let recording: Recording | undefined;
  const outcome = outcomeOf(() => {
    if (state === undefined) return execute(block, observed.engine);
    if ("proof" in state) return execute({ ...block, state }, observed.engine);
    const recorded = record({ ...block, state }, observed.engine);
    recording = recorded;
    return recorded;
  });
  const gas = name === "interpreter" ? observed.gas() : undefined;
  return { preStateRoot, outcome, recording, hostCalls: observed.hostCalls(), gas, running: observed.running() };
}

/** Returns the entries after a block. A backend without deletion keeps a deleted key with a value of zeros. */
function withWrites({ backend, entries }: WholeState, writes: Recording["writes"]): Entry[] {
  const map = new Map(entries.map((entry) => [nameOf(entry[0]), entry]));
  for (const [key, value] of writes) {
    const stored = toStored(backend, value);
    if (stored === null) map.delete(nameOf(key));
    else map.set(nameOf(key), [key, stored]);
  }
  return [...map.values()];
}

function nameOf(key: RawKey): string {
  return typeof key === "bigint" ? key.toString() : toHex(key);
}
