/**
 * One call of a host function: its arguments, and the memory of the instance that made it.
 *
 * Req: RUNTIME-HOST-002, RUNTIME-HOST-004, RUNTIME-HOST-005, RUNTIME-HOST-077, RUNTIME-HOST-078.
 */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import type { Instance, WasmValue } from "../engine.ts";
import { Trap } from "../faults.ts";
import type { Execution } from "./execution.ts";

export class HostCall {
  readonly execution: Execution;
  readonly caller: Instance;
  /** The name under which the function was imported. */
  readonly imported: string;
  /** The i32 arguments as unsigned numbers, by position; 0 in the position of an i64. */
  readonly args: readonly number[];
  readonly #values: readonly WasmValue[];

  constructor(execution: Execution, caller: Instance, imported: string, values: readonly WasmValue[]) {
    this.execution = execution;
    this.caller = caller;
    this.imported = imported;
    this.#values = values;
    this.args = values.map((value) => (typeof value === "bigint" ? 0 : value >>> 0));
  }

  /** An i64 argument as an unsigned number. */
  wide(place: number): bigint {
    return BigInt.asUintN(64, this.#values[place] as bigint);
  }

  /** Errors: Trap when the range does not lie within the memory. */
  checkRange(start: number, length: number): void {
    checkWithin(this.caller.memory().length, start, length, "the memory");
  }

  /** Copies a range of the memory. Errors: Trap. */
  read(start: number, length: number): Uint8Array {
    this.checkRange(start, length);
    return this.caller.memory().slice(start, start + length);
  }

  /** Errors: Trap. */
  read32(start: number): Bytes32 {
    return toBytes32(this.read(start, 32)) as Bytes32;
  }

  /** Errors: Trap. */
  write(start: number, bytes: Uint8Array): void {
    this.checkRange(start, bytes.length);
    this.caller.memory().set(bytes, start);
  }
}

/**
 * `start` and `length` are below 2^32, so their sum is exact.
 *
 * Req:    RUNTIME-HOST-070, RUNTIME-HOST-071, RUNTIME-HOST-072.
 * Errors: Trap.
 */
export function checkWithin(size: number, start: number, length: number, what: string): void {
  if (start + length <= size) return;
  throw new Trap("range", `bytes ${start} to ${start + length} do not lie within the ${size} of ${what}`);
}
