/** Modules that an environment loads while it runs, and the calls between modules. */

import type { Instance } from "../engine.ts";
import { ModuleError, Trap } from "../faults.ts";
import { eth2, forBoth, type HostDescriptor, procedure, query } from "./descriptor.ts";
import type { HostCall } from "./host-call.ts";

const MAX_SLOT = 15;
const CALL = ["name", "nlen", "arg", "alen", "ret", "rlen"];
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const CHILD_FUNCTIONS: readonly HostDescriptor[] = [
  procedure(
    { names: eth2("loadModule"), parameters: ["slot", "code", "length"], base: 4, bytes: ["length"] },
    loadModule,
  ),
  query({ names: eth2("callModule"), parameters: ["slot", ...CALL], base: 4, bytes: ["nlen", "alen"] }, callModule),
  procedure({ names: eth2("expose"), parameters: ["name", "nlen"], base: 1, bytes: ["nlen"] }, expose),
  query({ names: eth2("call"), parameters: CALL, roles: ["child"], base: 4, bytes: ["nlen", "alen"] }, callEnvironment),
  query(forBoth({ names: eth2("argument"), parameters: ["dst", "length"], base: 1, bytes: ["length"] }), argument),
  query(forBoth({ names: eth2("return"), parameters: ["src", "length"], base: 1, bytes: ["length"] }), answer),
];

/**
 * Req:    RUNTIME-HOST-020, RUNTIME-HOST-073, RUNTIME-HOST-086, RUNTIME-HOST-087, RUNTIME-HOST-088, RUNTIME-HOST-089.
 * Errors: Trap, OutOfGas, NodeFault.
 */
function loadModule(call: HostCall): void {
  const [slot, start, length] = call.args;
  const { children } = call.execution;
  if (slot > MAX_SLOT) throw new Trap("slot", `slot ${slot} is above ${MAX_SLOT}`);
  if (children.has(slot)) throw new Trap("slot", `slot ${slot} is in use`);
  const code = call.read(start, length);
  try {
    children.set(slot, call.execution.loadChild(code));
  } catch (error) {
    if (error instanceof ModuleError) throw new Trap("child-module", `slot ${slot}: ${error.message}`);
    throw error;
  }
}

/**
 * Req:    RUNTIME-HOST-021, RUNTIME-HOST-025, RUNTIME-HOST-090, RUNTIME-HOST-091, RUNTIME-HOST-101, RUNTIME-HOST-102.
 * Errors: Trap, and those of the callee.
 */
function callModule(call: HostCall): number {
  const { execution } = call;
  execution.checkDepth();
  const [slot, ...rest] = call.args;
  const child = execution.children.get(slot);
  if (child === undefined) throw new Trap("slot", `there is no child in slot ${slot}`);
  checkCall(call, rest);
  const name = readName(call, rest[0], rest[1]);
  if (name === undefined || !isCallable(child, name)) {
    throw new Trap("export", `the child in slot ${slot} exports no such function of type () → i32`);
  }
  return runCall(call, rest, child, name);
}

/** Req: RUNTIME-HOST-022, RUNTIME-HOST-092, RUNTIME-HOST-093. Errors: Trap. */
function expose(call: HostCall): void {
  const { execution } = call;
  const name = readName(call, call.args[0], call.args[1]);
  if (name === undefined || !isCallable(execution.environment, name)) {
    throw new Trap("export", "the environment exports no such function of type () → i32");
  }
  execution.exposed.add(name);
}

/**
 * Req:    RUNTIME-HOST-025, RUNTIME-HOST-094, RUNTIME-HOST-095, RUNTIME-HOST-101, RUNTIME-HOST-102.
 * Errors: Trap, and those of the callee.
 */
function callEnvironment(call: HostCall): number {
  const { execution, args } = call;
  execution.checkDepth();
  checkCall(call, args);
  const name = readName(call, args[0], args[1]);
  if (name === undefined || !execution.exposed.has(name)) {
    throw new Trap("not-exposed", "the environment has exposed no such function");
  }
  return runCall(call, args, execution.environment, name);
}

/**
 * Copies as much of the argument as fits into the range.
 *
 * Req:    RUNTIME-HOST-023, RUNTIME-HOST-134, RUNTIME-HOST-075, RUNTIME-HOST-097, RUNTIME-HOST-098.
 * Output: the length of the whole argument.
 * Errors: Trap.
 */
function argument(call: HostCall): number {
  const [start, length] = call.args;
  const bytes = call.execution.running?.argument ?? new Uint8Array();
  call.checkRange(start, length);
  call.write(start, bytes.subarray(0, length));
  return bytes.length;
}

/**
 * Implements `return`: copies as many bytes as fit into the caller's return area.
 *
 * Req:    RUNTIME-HOST-024, RUNTIME-HOST-135, RUNTIME-HOST-097, RUNTIME-HOST-098, RUNTIME-HOST-099, RUNTIME-HOST-100.
 * Output: the length of the return area.
 * Errors: Trap.
 */
function answer(call: HostCall): number {
  const [start, length] = call.args;
  const bytes = call.read(start, length);
  const { running } = call.execution;
  if (running === undefined) return 0;
  running.caller.memory().set(bytes.subarray(0, running.answerLength), running.answerStart);
  return running.answerLength;
}

/** Checks the three ranges of a call. Req: RUNTIME-HOST-074, RUNTIME-HOST-075, RUNTIME-HOST-076. Errors: Trap. */
function checkCall(call: HostCall, [name, nameLength, arg, argLength, ret, retLength]: readonly number[]): void {
  call.checkRange(name, nameLength);
  call.checkRange(arg, argLength);
  call.checkRange(ret, retLength);
}

/** Req: RUNTIME-HOST-096. Errors: of the callee. */
function runCall(call: HostCall, args: readonly number[], callee: Instance, name: string): number {
  const [, , arg, argLength, answerStart, answerLength] = args;
  const running = { argument: call.read(arg, argLength), caller: call.caller, answerStart, answerLength };
  return call.execution.call(running, callee, name);
}

/** Output: `undefined` for bytes that are not UTF-8, since no export has such a name. Errors: Trap. */
function readName(call: HostCall, start: number, length: number): string | undefined {
  const bytes = call.read(start, length);
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

function isCallable(instance: Instance, name: string): boolean {
  const type = instance.exportType(name);
  return type !== undefined && type.params.length === 0 && type.results.length === 1 && type.results[0] === "i32";
}
