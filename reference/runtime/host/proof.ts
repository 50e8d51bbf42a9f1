/**
 * The functions that read and write the state.
 * The state is a proof, or a map that records accesses; a module sees no difference.
 *
 * Req: RUNTIME-HOST-060, RUNTIME-HOST-123.
 */

import { isZeroNode } from "../../core/zero-nodes.ts";
import { Trap } from "../faults.ts";
import type { State } from "../storage/storage.ts";
import { type HostDescriptor, procedure, query } from "./descriptor.ts";
import type { HostCall } from "./host-call.ts";

const ENTRY = ["key", "value"];

export const PROOF_FUNCTIONS: readonly HostDescriptor[] = [
  query({ names: ["proof.load"], base: 1 }, ({ execution }) => (execution.state === undefined ? 1 : 0)),
  query({ names: ["proof.get"], parameters: ENTRY, base: 16, bytes: [64] }, get),
  procedure({ names: ["proof.set"], parameters: ENTRY, base: 512, bytes: [64] }, set),
  procedure({ names: ["proof.delete"], parameters: ["key"], base: 512, bytes: [32] }, remove),
  procedure({ names: ["proof.root"], parameters: ["out"], base: 16, bytes: [32] }, root),
  procedure({ names: ["proof.checkpoint"], base: 1 }, (call) => stateOf(call).checkpoint()),
  procedure({ names: ["proof.commit"], base: 1 }, (call) => stateOf(call).commit()),
  procedure({ names: ["proof.revert"], base: 1 }, (call) => stateOf(call).revert()),
];

/** Req: RUNTIME-HOST-122. Errors: Trap when the request has no state. */
function stateOf({ execution: { state } }: HostCall): State {
  if (state === undefined) throw new Trap("no-state", "the block has no state");
  return state;
}

/**
 * Req:    RUNTIME-HOST-061, RUNTIME-HOST-074, RUNTIME-HOST-075, RUNTIME-HOST-124.
 * Output: 0 for a value, 1 for absence.
 * Errors: Trap, ProofError.
 */
function get(call: HostCall): number {
  const state = stateOf(call);
  const [key, value] = call.args;
  call.checkRange(key, 32);
  call.checkRange(value, 32);
  const found = state.get(call.read32(key));
  if (found === null) return 1;
  call.write(value, found);
  return 0;
}

/** Req: RUNTIME-HOST-062, RUNTIME-HOST-127. Errors: Trap, ProofError. */
function set(call: HostCall): void {
  const state = stateOf(call);
  const [key, value] = call.args;
  call.checkRange(key, 32);
  call.checkRange(value, 32);
  const written = call.read32(value);
  state.set(call.read32(key), isZeroNode(written, 0) ? null : written);
}

/** Req: RUNTIME-HOST-126. Errors: Trap, ProofError. */
function remove(call: HostCall): void {
  stateOf(call).set(call.read32(call.args[0]), null);
}

/** Req: RUNTIME-HOST-063, RUNTIME-HOST-129. Errors: Trap, ProofError. */
function root(call: HostCall): void {
  const state = stateOf(call);
  const [out] = call.args;
  call.checkRange(out, 32);
  call.write(out, state.root());
}
