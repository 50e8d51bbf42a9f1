/**
 * Instructions on i32, by name. An i32 is a signed number: `>>> 0` reads it as unsigned, `| 0` makes it signed again.
 *
 * Req: RUNTIME-MODULE-012, RUNTIME-METER-011.
 */
import { Trap } from "../faults.ts";

export type UnaryI32 = (a: number) => number;
export type BinaryI32 = (a: number, b: number) => number;

export const UNARY_I32: Readonly<Record<string, UnaryI32>> = {
  "i32.eqz": (a) => Number(a === 0),
  "i32.clz": (a) => Math.clz32(a),
  "i32.ctz": countTrailingZeros,
  "i32.popcnt": countOnes,
  "i32.extend8_s": (a) => (a << 24) >> 24,
  "i32.extend16_s": (a) => (a << 16) >> 16,
};

export const BINARY_I32: Readonly<Record<string, BinaryI32>> = {
  "i32.eq": (a, b) => Number(a === b),
  "i32.ne": (a, b) => Number(a !== b),
  "i32.lt_s": (a, b) => Number(a < b),
  "i32.lt_u": (a, b) => Number(a >>> 0 < b >>> 0),
  "i32.gt_s": (a, b) => Number(a > b),
  "i32.gt_u": (a, b) => Number(a >>> 0 > b >>> 0),
  "i32.le_s": (a, b) => Number(a <= b),
  "i32.le_u": (a, b) => Number(a >>> 0 <= b >>> 0),
  "i32.ge_s": (a, b) => Number(a >= b),
  "i32.ge_u": (a, b) => Number(a >>> 0 >= b >>> 0),
  "i32.add": (a, b) => (a + b) | 0,
  "i32.sub": (a, b) => (a - b) | 0,
  "i32.mul": (a, b) => Math.imul(a, b),
  "i32.div_s": divideSigned,
  "i32.div_u": (a, b) => ((a >>> 0) / divisor(b >>> 0)) | 0,
  "i32.rem_s": (a, b) => (a % divisor(b)) | 0,
  "i32.rem_u": (a, b) => ((a >>> 0) % divisor(b >>> 0)) | 0,
  "i32.and": (a, b) => a & b,
  "i32.or": (a, b) => a | b,
  "i32.xor": (a, b) => a ^ b,
  // JavaScript also takes the count of a shift modulo 32.
  "i32.shl": (a, b) => a << b,
  "i32.shr_s": (a, b) => a >> b,
  "i32.shr_u": (a, b) => (a >>> b) | 0,
  "i32.rotl": (a, b) => (a << b) | (a >>> -b),
  "i32.rotr": (a, b) => (a >>> b) | (a << -b),
};

/** `a & -a` is the lowest bit that is set. */
export function countTrailingZeros(a: number): number {
  return a === 0 ? 32 : 31 - Math.clz32(a & -a);
}

/** Sums in pairs of bits, in nibbles, in bytes; the product adds up the bytes. */
export function countOnes(a: number): number {
  const pairs = a - ((a >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function divideSigned(a: number, b: number): number {
  if (a === -(2 ** 31) && b === -1) throw new Trap("integer-overflow", "−2^31 / −1 is 2^31, which is not an i32");
  return (a / divisor(b)) | 0;
}

function divisor(b: number): number {
  if (b === 0) throw new Trap("division-by-zero", "division of an i32 by zero");
  return b;
}
