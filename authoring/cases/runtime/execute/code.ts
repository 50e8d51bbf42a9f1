/** Pieces of code with their gas, for programs in which every piece runs once. */
import type { ValueType } from "../../../../reference/runtime/module.ts";

export interface Priced {
  readonly text: string;
  readonly gas: number;
}

const CONST = 1;
const CALL = 8;
/** Two `local.get`, a comparison and an `if`. */
const COMPARE = 1 + 1 + 1 + 2;

export function constantOf(type: ValueType, value: bigint): Priced {
  return { text: `(${type}.const ${BigInt.asIntN(type === "i32" ? 32 : 64, value)})`, gas: CONST };
}

/** An instruction with its immediates and operands. */
export function apply(text: string, gas: number, ...operands: readonly Priced[]): Priced {
  return {
    text: `(${[text, ...operands.map((operand) => operand.text)].join(" ")})`,
    gas: operands.reduce((sum, operand) => sum + operand.gas, gas),
  };
}

/** A call of a function whose body is charged `gas`. */
export function callOf(name: string, gas: number, ...operands: readonly Priced[]): Priced {
  return apply(`call $${name}`, CALL + gas, ...operands);
}

/** Traps for any other value. The module must have `CHECKS`. */
export function check(type: ValueType, actual: Priced, expected: bigint): Priced {
  return callOf(`check-${type}`, COMPARE, actual, constantOf(type, expected));
}

/** The functions that `check` calls. */
export const CHECKS = (["i32", "i64"] as const).map(
  (type) =>
    `(func $check-${type} (param ${type} ${type}) (if (${type}.ne (local.get 0) (local.get 1)) (then unreachable)))`,
);

export function mainOf(...pieces: readonly Priced[]): Priced {
  return {
    text: `(func (export "main")\n${pieces.map(({ text }) => `    ${text}`).join("\n")})`,
    gas: pieces.reduce((sum, { gas }) => sum + gas, 0),
  };
}
