/** Flips of host functions. */
import { type Flip, flipsOf } from "./flip.ts";

const HOST_BIGNUM: readonly Flip[] = flipsOf("runtime/host/bignum", [
  ["wrapped === exact", "false"],
  ["Math.abs(q - r) < width / 8", "false"],
  ["left >= modulus || right >= modulus", "right >= modulus"],
  ["left >= modulus || right >= modulus", "false"],
  ["(inverse * modulus + 1n) % LIMB !== 0n", "false"],
  ["bits < width", "false"],
  ["rest >= modulus", "false"],
  ["modulus === 0n", "false"],
  ["rest < 0n", "false"],
  ['bit === "1"', "false"],
  ["BigInt.asUintN(256, exact) !== exact", "false"],
  ['parameters.filter((parameter) => !parameter.endsWith(": i64")).length', "parameters.length"],
]);

const HOST_BUFFERS: readonly Flip[] = flipsOf("runtime/host/buffers", [
  ["frame > MAX_FRAME", "false"],
  ["frames.get(frame) ?? new Map()", "new Map()"],
  ["found === undefined", "false"],
]);

const HOST_CHILDREN: readonly Flip[] = flipsOf("runtime/host/children", [
  ["slot > MAX_SLOT", "false"],
  ["children.has(slot)", "false"],
  ["error instanceof ModuleError", "false"],
  ["child === undefined", "false"],
  ["name === undefined || !isCallable(child, name)", "name === undefined"],
  ["name === undefined || !isCallable(child, name)", "false"],
  ["name === undefined || !isCallable(execution.environment, name)", "name === undefined"],
  ["name === undefined || !isCallable(execution.environment, name)", "false"],
  ["name === undefined || !execution.exposed.has(name)", "name === undefined"],
  ["name === undefined || !execution.exposed.has(name)", "false"],
  ["?.", "."],
  ["call.execution.running?.argument ?? new Uint8Array()", "new Uint8Array()"],
  ["running === undefined", "false"],
  ["type !== undefined && type.params.length === 0", "type.params.length === 0"],
  ["type !== undefined && type.params.length === 0 && type.results.length === 1", "type.results.length === 1"],
  [
    'type !== undefined && type.params.length === 0 && type.results.length === 1 && type.results[0] === "i32"',
    'type.results[0] === "i32"',
  ],
]);

const HOST_DESCRIPTOR: readonly Flip[] = flipsOf("runtime/host/descriptor", [
  ["stated.parameters ?? []", "[]"],
  ["stated.roles ?? ENVIRONMENT", "ENVIRONMENT"],
  ["stated.bytes ?? []", "[]"],
]);

const HOST_EXECUTION: readonly Flip[] = flipsOf("runtime/host/execution", [
  ["this.#environment === undefined", "false", "nothing is called before the environment is there"],
  ["this.#calls.length >= MAX_CALL_DEPTH", "false"],
]);

const HOST_HOST_CALL: readonly Flip[] = flipsOf("runtime/host/host-call", [
  ['typeof value === "bigint"', "false"],
  ["start + length <= size", "false"],
]);

const HOST_PROOF: readonly Flip[] = flipsOf("runtime/host/proof", [
  ["execution.state === undefined", "false"],
  ["state === undefined)", "false)"],
  ["found === null", "false"],
  ["isZeroNode(written, 0)", "false"],
]);

const HOST_ROOTS_AND_BLOCK: readonly Flip[] = flipsOf("runtime/host/roots-and-block", [
  ["length !== DEPOSIT_BYTES", "false"],
]);

const HOST_TABLE: readonly Flip[] = flipsOf("runtime/host/table", [
  ["?.", "."],
  ["found?.roles.includes(role) && isSameType(found.type, type)", "isSameType(found.type, type)"],
  ["found?.roles.includes(role) && isSameType(found.type, type)", "false"],
  ['typeof count === "number"', "false"],
]);

export const RUNTIME_HOST_FLIPS: readonly Flip[] = [
  ...HOST_BIGNUM,
  ...HOST_BUFFERS,
  ...HOST_CHILDREN,
  ...HOST_DESCRIPTOR,
  ...HOST_EXECUTION,
  ...HOST_HOST_CALL,
  ...HOST_PROOF,
  ...HOST_ROOTS_AND_BLOCK,
  ...HOST_TABLE,
];
