/** Frames of 32-byte keys and values. An environment keeps writes in them that it may still discard. */
import { toHex } from "../../core/bytes.ts";
import { Trap } from "../faults.ts";
import { eth2, type HostDescriptor, procedure, query } from "./descriptor.ts";
import type { Execution } from "./execution.ts";
import type { HostCall } from "./host-call.ts";

const MAX_FRAME = 255;
const ENTRY_BYTES = 64;
const ENTRY = ["frame", "key", "value"];

export const BUFFER_FUNCTIONS: readonly HostDescriptor[] = [
  query({ names: eth2("bufferGet"), parameters: ENTRY, base: 1, bytes: [ENTRY_BYTES] }, bufferGet),
  procedure({ names: eth2("bufferSet"), parameters: ENTRY, base: 1, bytes: [ENTRY_BYTES] }, bufferSet),
  procedure({ names: eth2("bufferMerge"), parameters: ["a", "b"], base: 1 }, bufferMerge),
  procedure({ names: eth2("bufferClear"), parameters: ["frame"], base: 1 }, bufferClear),
];

/** Req: RUNTIME-HOST-030, RUNTIME-HOST-073, RUNTIME-HOST-105. Errors: Trap. */
function checkFrame(frame: number): void {
  if (frame > MAX_FRAME) throw new Trap("frame", `frame ${frame} is above ${MAX_FRAME}`);
}

function entriesOf({ frames }: Execution, frame: number): Map<string, Uint8Array> {
  const entries = frames.get(frame) ?? new Map<string, Uint8Array>();
  frames.set(frame, entries);
  return entries;
}

/**
 * Req:    RUNTIME-HOST-075, RUNTIME-HOST-106, RUNTIME-HOST-107.
 * Output: 0 when the key has a value, otherwise 1.
 * Errors: Trap.
 */
function bufferGet(call: HostCall): number {
  const [frame, key, value] = call.args;
  checkFrame(frame);
  call.checkRange(key, 32);
  call.checkRange(value, 32);
  const found = entriesOf(call.execution, frame).get(toHex(call.read32(key)));
  if (found === undefined) return 1;
  call.write(value, found);
  return 0;
}

/** Req: RUNTIME-HOST-031. Errors: Trap. */
function bufferSet(call: HostCall): void {
  const [frame, key, value] = call.args;
  checkFrame(frame);
  call.checkRange(key, 32);
  call.checkRange(value, 32);
  entriesOf(call.execution, frame).set(toHex(call.read32(key)), call.read32(value));
}

/** Req: RUNTIME-HOST-032, RUNTIME-HOST-108. Errors: Trap, OutOfGas. */
function bufferMerge({ execution, args: [a, b] }: HostCall): void {
  checkFrame(a);
  checkFrame(b);
  const [into, from] = [entriesOf(execution, a), entriesOf(execution, b)];
  execution.charge(ENTRY_BYTES * execution.costs.hostByte * from.size);
  for (const [key, value] of from) into.set(key, value);
}

/** Req: RUNTIME-HOST-109. Errors: Trap. */
function bufferClear({ execution, args: [frame] }: HostCall): void {
  checkFrame(frame);
  execution.frames.delete(frame);
}
