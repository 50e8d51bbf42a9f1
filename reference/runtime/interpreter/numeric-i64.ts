/**
 * Instructions on i64, and between i32 and i64, by name. An i64 is a signed bigint.
 *
 * Req: RUNTIME-MODULE-012, RUNTIME-METER-011.
 */
import { Trap } from "../faults.ts";
import { countOnes, countTrailingZeros } from "./numeric-i32.ts";

export type UnaryI64 = (a: bigint) => bigint;
export type BinaryI64 = (a: bigint, b: bigint) => bigint;
export type CompareI64 = (a: bigint, b: bigint) => boolean;

export const UNARY_I64: Readonly<Record<string, UnaryI64>> = {
  "i64.clz": (a) => BigInt(high(a) === 0 ? 32 + Math.clz32(low(a)) : Math.clz32(high(a))),
  "i64.ctz": (a) => BigInt(low(a) === 0 ? 32 + countTrailingZeros(high(a)) : countTrailingZeros(low(a))),
  "i64.popcnt": (a) => BigInt(countOnes(low(a)) + countOnes(high(a))),
  "i64.extend8_s": (a) => BigInt.asIntN(8, a),
  "i64.extend16_s": (a) => BigInt.asIntN(16, a),
  "i64.extend32_s": (a) => BigInt.asIntN(32, a),
};

export const BINARY_I64: Readonly<Record<string, BinaryI64>> = {
  "i64.add": (a, b) => BigInt.asIntN(64, a + b),
  "i64.sub": (a, b) => BigInt.asIntN(64, a - b),
  "i64.mul": (a, b) => BigInt.asIntN(64, a * b),
  "i64.div_s": divideSigned,
  "i64.div_u": (a, b) => BigInt.asIntN(64, unsigned(a) / unsigned(divisor(b))),
  "i64.rem_s": (a, b) => a % divisor(b),
  "i64.rem_u": (a, b) => BigInt.asIntN(64, unsigned(a) % unsigned(divisor(b))),
  "i64.and": (a, b) => a & b,
  "i64.or": (a, b) => a | b,
  "i64.xor": (a, b) => a ^ b,
  "i64.shl": (a, b) => BigInt.asIntN(64, a << shiftCount(b)),
  "i64.shr_s": (a, b) => a >> shiftCount(b),
  "i64.shr_u": (a, b) => BigInt.asIntN(64, unsigned(a) >> shiftCount(b)),
  "i64.rotl": (a, b) => rotateLeft(a, shiftCount(b)),
  "i64.rotr": (a, b) => rotateLeft(a, shiftCount(-b)),
};

export const COMPARE_I64: Readonly<Record<string, CompareI64>> = {
  "i64.eq": (a, b) => a === b,
  "i64.ne": (a, b) => a !== b,
  "i64.lt_s": (a, b) => a < b,
  "i64.lt_u": (a, b) => unsigned(a) < unsigned(b),
  "i64.gt_s": (a, b) => a > b,
  "i64.gt_u": (a, b) => unsigned(a) > unsigned(b),
  "i64.le_s": (a, b) => a <= b,
  "i64.le_u": (a, b) => unsigned(a) <= unsigned(b),
  "i64.ge_s": (a, b) => a >= b,
  "i64.ge_u": (a, b) => unsigned(a) >= unsigned(b),
};

/** From an i64 to an i32. */
export const NARROW_I64: Readonly<Record<string, (a: bigint) => number>> = {
  "i64.eqz": (a) => Number(a === 0n),
  "i32.wrap_i64": low,
};

/** From an i32 to an i64. */
export const WIDEN_I32: Readonly<Record<string, (a: number) => bigint>> = {
  "i64.extend_i32_s": (a) => BigInt(a),
  "i64.extend_i32_u": (a) => BigInt(a >>> 0),
};

function unsigned(a: bigint): bigint {
  return BigInt.asUintN(64, a);
}

function low(a: bigint): number {
  return Number(BigInt.asIntN(32, a));
}

function high(a: bigint): number {
  return Number(a >> 32n);
}

function shiftCount(b: bigint): bigint {
  return b & 63n;
}

function rotateLeft(a: bigint, count: bigint): bigint {
  return BigInt.asIntN(64, (a << count) | (unsigned(a) >> (64n - count)));
}

function divideSigned(a: bigint, b: bigint): bigint {
  if (a === -(2n ** 63n) && b === -1n) throw new Trap("integer-overflow", "−2^63 / −1 is 2^63, which is not an i64");
  return a / divisor(b);
}

function divisor(b: bigint): bigint {
  if (b === 0n) throw new Trap("division-by-zero", "division of an i64 by zero");
  return b;
}
