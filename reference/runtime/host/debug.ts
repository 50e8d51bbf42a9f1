/**
 * Debugging functions. They append to the log and have no effect on the rest of the result.
 *
 * Req: RUNTIME-HOST-040, RUNTIME-HOST-110, RUNTIME-HOST-111.
 */
import { encodeUintLE } from "../../core/bytes.ts";
import { forBoth, type HostDescriptor, procedure } from "./descriptor.ts";
import type { HostCall } from "./host-call.ts";

const MEMORY = { parameters: ["ptr", "length"], base: 1, bytes: ["length"] };

function debug(name: string): readonly string[] {
  return [`debug.${name}`, `env.debug_${name}`];
}

export const DEBUG_FUNCTIONS: readonly HostDescriptor[] = [
  procedure(forBoth({ names: debug("print32"), parameters: ["value"], base: 1, bytes: [4] }), (call) => {
    keep(call, encodeUintLE(BigInt(call.args[0]), 4));
  }),
  procedure(forBoth({ names: debug("print64"), parameters: ["value: i64"], base: 1, bytes: [8] }), (call) => {
    keep(call, encodeUintLE(call.wide(0), 8));
  }),
  procedure(forBoth({ names: debug("printMem"), ...MEMORY }), keepMemory),
  procedure(forBoth({ names: debug("printMemHex"), ...MEMORY }), keepMemory),
  procedure(forBoth({ names: ["env.print"], ...MEMORY }), keepMemory),
];

function keep({ execution, imported }: HostCall, data: Uint8Array): void {
  execution.log.push({ function: imported, data });
}

function keepMemory(call: HostCall): void {
  const [ptr, length] = call.args;
  keep(call, call.read(ptr, length));
}
