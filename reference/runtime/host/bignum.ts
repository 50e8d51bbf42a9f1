/**
 * Arithmetic on numbers of 256 and 384 bits in memory. They are little-endian, except those of Scout's own two
 * functions.
 */
import { decodeUintLE, encodeUintLE } from "../../core/bytes.ts";
import { Trap } from "../faults.ts";
import { forBoth, type HostDescriptor, procedure, query } from "./descriptor.ts";
import type { HostCall } from "./host-call.ts";

type Width = 256 | 384;

const LIMB = 2n ** 64n;

export const BIGNUM_FUNCTIONS: readonly HostDescriptor[] = [
  ...functionsOf(256),
  procedure(
    forBoth({ names: ["bignum.expmod256"], parameters: ["a", "e", "m", "r"], base: 512, bytes: [128] }),
    (call) => {
      modular(call, 256, power);
    },
  ),
  ...functionsOf(384),
  scout("add256", (a, b) => a + b),
  scout("sub256", (a, b) => a - b),
];

function functionsOf(width: Width): HostDescriptor[] {
  const bytes = width / 8;
  const state = (name: string, parameters: readonly string[], base: number) => {
    const operands = parameters.filter((parameter) => !parameter.endsWith(": i64")).length;
    return forBoth({ names: [`bignum.${name}${width}`], parameters, base, bytes: [operands * bytes] });
  };
  const [binary, reduced] = [
    ["a", "b", "r"],
    ["a", "b", "m", "r"],
  ];
  return [
    query(state("add", binary, 1), (call) => wrapping(call, width, (a, b) => a + b)),
    query(state("sub", binary, 1), (call) => wrapping(call, width, (a, b) => a - b)),
    procedure(state("mul", binary, 1), (call) => void wrapping(call, width, (a, b) => a * b)),
    procedure(state("divmod", ["a", "b", "q", "r"], 2), (call) => divmod(call, width)),
    procedure(state("addmod", reduced, 2), (call) => modular(call, width, (a, b, m) => modulo(a + b, m))),
    procedure(state("submod", reduced, 2), (call) => modular(call, width, (a, b, m) => modulo(a - b, m))),
    procedure(state("mulmod", reduced, 4), (call) => modular(call, width, (a, b, m) => modulo(a * b, m))),
    procedure(state("montmul", ["a", "b", "m", "inv: i64", "r"], 4), (call) => montmul(call, width)),
  ];
}

function checkNumbers(call: HostCall, width: Width, starts: readonly number[]): void {
  for (const start of starts) call.checkRange(start, width / 8);
}

function readNumber(call: HostCall, width: Width, start: number): bigint {
  return decodeUintLE(call.read(start, width / 8));
}

/** Input: `value` fits into the width. */
function writeNumber(call: HostCall, width: Width, start: number, value: bigint): void {
  call.write(start, encodeUintLE(value, width / 8));
}

/**
 * Req:    RUNTIME-HOST-050, RUNTIME-HOST-112, RUNTIME-HOST-113.
 * Output: 1 when the exact result is beyond the width or below zero, otherwise 0.
 * Errors: Trap.
 */
function wrapping(call: HostCall, width: Width, operate: (a: bigint, b: bigint) => bigint): number {
  const [a, b, r] = call.args;
  checkNumbers(call, width, [a, b, r]);
  const exact = operate(readNumber(call, width, a), readNumber(call, width, b));
  const wrapped = BigInt.asUintN(width, exact);
  writeNumber(call, width, r, wrapped);
  return wrapped === exact ? 0 : 1;
}

/** Req: RUNTIME-HOST-051, RUNTIME-HOST-053, RUNTIME-HOST-116, RUNTIME-HOST-119, RUNTIME-HOST-120. Errors: Trap. */
function divmod(call: HostCall, width: Width): void {
  const [a, b, q, r] = call.args;
  checkNumbers(call, width, [a, b, q, r]);
  if (Math.abs(q - r) < width / 8) throw new Trap("overlap", `quotient at ${q} and remainder at ${r} overlap`);
  const [dividend, divisor] = [readNumber(call, width, a), checkModulus(readNumber(call, width, b))];
  writeNumber(call, width, q, dividend / divisor);
  writeNumber(call, width, r, dividend % divisor);
}

/**
 * Req:    RUNTIME-HOST-053, RUNTIME-HOST-114, RUNTIME-HOST-115, RUNTIME-HOST-116.
 * Input:  `operate` reduces its result.
 * Errors: Trap.
 */
function modular(call: HostCall, width: Width, operate: (a: bigint, b: bigint, m: bigint) => bigint): void {
  const [a, b, m, r] = call.args;
  checkNumbers(call, width, [a, b, m, r]);
  const modulus = checkModulus(readNumber(call, width, m));
  writeNumber(call, width, r, operate(readNumber(call, width, a), readNumber(call, width, b), modulus));
}

/** Req: RUNTIME-HOST-052, RUNTIME-HOST-117, RUNTIME-HOST-118. Errors: Trap. */
function montmul(call: HostCall, width: Width): void {
  const [a, b, m, , r] = call.args;
  const inverse = call.wide(3);
  checkNumbers(call, width, [a, b, m, r]);
  const [left, right] = [readNumber(call, width, a), readNumber(call, width, b)];
  const modulus = checkModulus(readNumber(call, width, m));
  if (left >= modulus || right >= modulus) throw new Trap("montgomery", "a factor is not below the modulus");
  // An even modulus has no such inverse.
  if ((inverse * modulus + 1n) % LIMB !== 0n) {
    throw new Trap("montgomery", "the modulus times its inverse is not -1 modulo 2^64");
  }
  writeNumber(call, width, r, reduce(left * right, modulus, inverse, width));
}

/**
 * Computes `product` times 2^-width modulo `modulus`, limb by limb.
 * Adding a multiple of the modulus makes the lowest limb zero, and the division drops this limb.
 */
function reduce(product: bigint, modulus: bigint, inverse: bigint, width: Width): bigint {
  let rest = product;
  for (let bits = 0; bits < width; bits += 64) {
    rest = (rest + ((rest * inverse) % LIMB) * modulus) / LIMB;
  }
  return rest >= modulus ? rest - modulus : rest;
}

/** Req: RUNTIME-HOST-116, RUNTIME-HOST-117. Errors: Trap for zero. */
function checkModulus(modulus: bigint): bigint {
  if (modulus === 0n) throw new Trap("zero-modulus", "division by zero");
  return modulus;
}

/** Output: a number from 0 to `modulus` − 1. */
function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** Square-and-multiply, from the highest bit of the exponent down. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

/** Numbers are big-endian, and a result that does not fit traps. Req: RUNTIME-HOST-054, RUNTIME-HOST-121. */
function scout(name: string, operate: (a: bigint, b: bigint) => bigint): HostDescriptor {
  const stated = { names: [`env.bignum_${name}`], parameters: ["a", "b", "r"], base: 1, bytes: [96] };
  return procedure(forBoth(stated), (call) => {
    const [a, b, r] = call.args;
    checkNumbers(call, 256, [a, b, r]);
    const exact = operate(decodeUintLE(call.read(a, 32).reverse()), decodeUintLE(call.read(b, 32).reverse()));
    if (BigInt.asUintN(256, exact) !== exact) throw new Trap("integer-overflow", `bignum ${name}: beyond 256 bits`);
    call.write(r, encodeUintLE(exact, 32).reverse());
  });
}
