/** The functions of `bignum`: they convert bytes to numbers and back. */
import { trap } from "./block-state.ts";

interface Memory {
  view(start: number, length: number): Buffer;
  copy(start: number, length: number): Buffer;
}

function fromLittle(bytes: Buffer): bigint {
  return bytes.reduceRight((number, byte) => 256n * number + BigInt(byte), 0n);
}

function toLittle(number: bigint, into: Buffer): void {
  let rest = number;
  for (let index = 0; index < into.length; index++, rest /= 256n) into[index] = Number(rest % 256n);
}

function wrap(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

/** `own` is the name of the function. The functions of Scout have the prefix `bignum_`. */
export function arithmetic(own: string, memory: Memory, args: readonly (number | bigint)[]): number | undefined {
  if (own.startsWith("bignum_")) return scout(own, memory, args as number[]);
  const [, operation, width] = /^([a-z]+)(256|384)$/.exec(own) ?? [];
  const bytes = Number(width) / 8;
  const starts = args.filter((argument) => typeof argument === "number");
  const inverse = args.find((argument) => typeof argument === "bigint") ?? 0n;
  const views = starts.map((start) => memory.view(start, bytes));
  const [a, b, m] = starts.map((start) => fromLittle(memory.copy(start, bytes)));
  const limit = 2n ** BigInt(width);
  const out = views.at(-1) as Buffer;
  if (operation === "divmod") {
    const [, , q, r] = starts;
    if (q < r + bytes && r < q + bytes) trap("overlap");
    if (b === 0n) trap("zero-modulus");
    toLittle(a / b, views[2]);
    toLittle(a % b, out);
    return undefined;
  }
  if (operation === "add" || operation === "sub" || operation === "mul") {
    const exact = operation === "add" ? a + b : operation === "sub" ? a - b : a * b;
    toLittle(wrap(exact, limit), out);
    return operation === "mul" ? undefined : exact < 0n || exact >= limit ? 1 : 0;
  }
  if (m === 0n) trap("zero-modulus");
  if (operation === "montmul") {
    const isRight = m % 2n === 1n && a < m && b < m && wrap(inverse * m + 1n, 2n ** 64n) === 0n;
    if (!isRight) trap("montgomery");
  }
  toLittle(reduced(operation, a, b, m, Number(width)), out);
  return undefined;
}

function reduced(operation: string, a: bigint, b: bigint, m: bigint, width: number): bigint {
  if (operation === "addmod") return (a + b) % m;
  if (operation === "submod") return wrap(a - b, m);
  if (operation === "mulmod") return (a * b) % m;
  if (operation === "expmod") return powered(a, b, m);
  let product = (a * b) % m;
  for (let bit = 0; bit < width; bit++) product = product % 2n === 0n ? product / 2n : (product + m) / 2n;
  return product % m;
}

function powered(a: bigint, e: bigint, m: bigint): bigint {
  if (e === 0n) return 1n % m;
  const half = powered((a * a) % m, e / 2n, m);
  return e % 2n === 0n ? half : (half * a) % m;
}

/** Big-endian numbers of at most 256 bits. */
function scout(own: string, memory: Memory, [a, b, r]: readonly number[]): undefined {
  const [left, right] = [a, b].map((start) => fromLittle(memory.copy(start, 32).reverse()));
  const out = memory.view(r, 32);
  const exact = own === "bignum_add256" ? left + right : left - right;
  if (exact < 0n || exact >= 2n ** 256n) trap("integer-overflow");
  toLittle(exact, out);
  out.reverse();
}
