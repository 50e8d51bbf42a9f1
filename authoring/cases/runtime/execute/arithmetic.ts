/** The results of the numeric instructions on unsigned integers of any width, written after the standard and not for speed. */

/** Operands and result are modulo 2^width. The result is undefined if the instruction traps. */
export type Operation = (width: number, ...operands: bigint[]) => bigint | undefined;

export const UNARY: Readonly<Record<string, Operation>> = {
  clz: (width, a) => BigInt(`${bits(width, a)}1`.indexOf("1")),
  ctz: (width, a) => BigInt(width - `1${bits(width, a)}`.lastIndexOf("1")),
  popcnt: (width, a) => BigInt(bits(width, a).replaceAll("0", "").length),
};

export const BINARY: Readonly<Record<string, Operation>> = {
  add: (_, a, b) => a + b,
  sub: (_, a, b) => a - b,
  mul: (_, a, b) => a * b,
  div_s: (width, a, b) => quotient(width, BigInt.asIntN(width, a), BigInt.asIntN(width, b)),
  div_u: (_, a, b) => (b === 0n ? undefined : a / b),
  rem_s: (width, a, b) => (b === 0n ? undefined : BigInt.asIntN(width, a) % BigInt.asIntN(width, b)),
  rem_u: (_, a, b) => (b === 0n ? undefined : a % b),
  and: (width, a, b) => bitwise(width, a, b, (x, y) => x === "1" && y === "1"),
  or: (width, a, b) => bitwise(width, a, b, (x, y) => x === "1" || y === "1"),
  xor: (width, a, b) => bitwise(width, a, b, (x, y) => x !== y),
  shl: (width, a, b) => a * 2n ** (b % BigInt(width)),
  shr_s: (width, a, b) => floored(BigInt.asIntN(width, a), 2n ** (b % BigInt(width))),
  shr_u: (width, a, b) => a / 2n ** (b % BigInt(width)),
  rotl: (width, a, b) => rotatedLeft(width, a, Number(b % BigInt(width))),
  rotr: (width, a, b) => rotatedLeft(width, a, width - Number(b % BigInt(width))),
};

/** 0 or 1, of type i32. */
export const COMPARISONS: Readonly<Record<string, Operation>> = {
  eq: (_, a, b) => BigInt(a === b),
  ne: (_, a, b) => BigInt(a !== b),
  lt_s: (width, a, b) => BigInt(BigInt.asIntN(width, a) < BigInt.asIntN(width, b)),
  lt_u: (_, a, b) => BigInt(a < b),
  gt_s: (width, a, b) => BigInt(BigInt.asIntN(width, a) > BigInt.asIntN(width, b)),
  gt_u: (_, a, b) => BigInt(a > b),
  le_s: (width, a, b) => BigInt(BigInt.asIntN(width, a) <= BigInt.asIntN(width, b)),
  le_u: (_, a, b) => BigInt(a <= b),
  ge_s: (width, a, b) => BigInt(BigInt.asIntN(width, a) >= BigInt.asIntN(width, b)),
  ge_u: (_, a, b) => BigInt(a >= b),
};

/** Reads the low bits as a signed number. */
export function signExtended(from: number): Operation {
  return (_, a) => BigInt.asIntN(from, a);
}

function bits(width: number, a: bigint): string {
  return a.toString(2).padStart(width, "0");
}

function bitwise(width: number, a: bigint, b: bigint, isSet: (x: string, y: string) => boolean): bigint {
  const [x, y] = [bits(width, a), bits(width, b)];
  return BigInt(`0b${[...x].map((bit, index) => Number(isSet(bit, y[index]))).join("")}`);
}

function rotatedLeft(width: number, a: bigint, count: number): bigint {
  const text = bits(width, a);
  return BigInt(`0b${text.slice(count)}${text.slice(0, count)}`);
}

/** Rounds towards zero. */
function quotient(width: number, a: bigint, b: bigint): bigint | undefined {
  if (b === 0n) return undefined;
  const result = a / b;
  return result === 2n ** BigInt(width - 1) ? undefined : result;
}

/** Rounds towards minus infinity. */
function floored(a: bigint, b: bigint): bigint {
  return (a - (((a % b) + b) % b)) / b;
}
