/** Vectors of arithmetic on large numbers. The generator computes the expected results by other methods than a host. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, hostFile, littleEndian, logged, loggedMemory } from "../host/cases.ts";
import { type Code, drop, host, log, logMemory } from "../host/program.ts";
import { outside, PAGE } from "../host/samples.ts";
import { SCOUT_CASES } from "./scout.ts";

type Width = 256 | 384;
const WIDTHS: readonly Width[] = [256, 384];

/** The addresses of operands and results. None is aligned. */
const [A, B, M, R, Q] = [1, 101, 201, 301, 401];

const limit = (width: Width): bigint => 2n ** BigInt(width);
const hexOf = (value: bigint, width: Width): string => littleEndian(value, width / 8);

/** A deterministic number of the width. */
function sample(seed: number, width: Width): bigint {
  let value = BigInt(seed) + 1n;
  for (let step = 0; step < 12; step++)
    value = (value * 0x5851_f42d_4c95_7f2dn + 0x1405_7b7e_f767_814fn) % limit(width);
  return (value * value + BigInt(seed)) % limit(width);
}

interface Operation {
  readonly name: string;
  readonly about: string;
  /** The values of a, b and m, without m when the function has none. */
  readonly operands: (width: Width) => readonly (readonly [bigint, bigint, bigint?])[];
  readonly result: (a: bigint, b: bigint, m: bigint, width: Width) => bigint;
  /** The result that the function returns, when it returns one. */
  readonly returned?: (a: bigint, b: bigint, width: Width) => number;
}

const pairs = (width: Width): readonly (readonly [bigint, bigint])[] => {
  const most = limit(width) - 1n;
  return [
    [0n, 0n],
    [1n, most],
    [most, most],
    [most, 1n],
    [0n, 1n],
    [2n ** 64n - 1n, 1n],
    [limit(width) / 2n, limit(width) / 2n],
    [sample(1, width), sample(2, width)],
    [sample(3, width), sample(3, width)],
  ];
};

const triples = (width: Width): readonly (readonly [bigint, bigint, bigint])[] => {
  const most = limit(width) - 1n;
  return [
    [0n, 0n, 1n],
    [most, most, most],
    [most, most, most - 1n],
    [most - 1n, 5n, most],
    [3n, 5n, 7n],
    [5n, 3n, 2n],
    [0n, 1n, 7n],
    [3n, most, 10n],
    [sample(4, width), sample(5, width), sample(6, width)],
    [sample(7, width), sample(8, width), 2n ** 64n + 13n],
  ];
};

const wrap = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

const OPERATIONS: readonly Operation[] = [
  {
    name: "add",
    about: "Sums, and whether they wrap",
    operands: pairs,
    result: (a, b, _, width) => (a + b) % limit(width),
    returned: (a, b, width) => (a + b >= limit(width) ? 1 : 0),
  },
  {
    name: "sub",
    about: "Differences, and whether they wrap",
    operands: pairs,
    result: (a, b, _, width) => wrap(a - b, limit(width)),
    returned: (a, b) => (b > a ? 1 : 0),
  },
  {
    name: "mul",
    about: "The low halves of products",
    operands: pairs,
    result: (a, b, _, width) => (a * b) % limit(width),
  },
  {
    name: "addmod",
    about: "Sums that may be beyond the width, reduced",
    operands: triples,
    result: (a, b, m) => (a + b) % m,
  },
  {
    name: "submod",
    about: "Differences that may be negative, reduced",
    operands: triples,
    result: (a, b, m) => wrap(a - b, m),
  },
  {
    name: "mulmod",
    about: "Products of twice the width, reduced",
    operands: triples,
    result: (a, b, m) => (a * b) % m,
  },
];

/** One program that runs an operation on all of its operands in turn. */
function operationCase({ name, about, operands, result, returned }: Operation, width: Width): HostCase {
  const bytes = width / 8;
  const data: [number, string][] = [];
  const main: Code[] = [];
  const expected: (readonly [string, string])[] = [];
  for (const [index, [a, b, m]] of operands(width).entries()) {
    const start = 512 * (index + 1);
    const addresses = (m === undefined ? [A, B, R] : [A, B, M, R]).map((offset) => start + offset);
    data.push([start + A, hexOf(a, width)], [start + B, hexOf(b, width)]);
    if (m !== undefined) data.push([start + M, hexOf(m, width)]);
    const call = host(`bignum.${name}${width}`, ...addresses);
    main.push(returned === undefined ? call : log(call), logMemory(start + R - 1, bytes + 2));
    if (returned !== undefined) expected.push(...logged(returned(a, b, width)));
    expected.push(...loggedMemory(`00${hexOf(result(a, b, m ?? 0n, width), width)}00`));
  }
  return { id: `${name}${width}`, about: `${about}, of ${width} bits.`, data, main, expect: { log: expected } };
}

function divisionCase(width: Width): HostCase {
  const divided = pairs(width).filter(([, b]) => b !== 0n);
  const bytes = width / 8;
  return {
    id: `divmod${width}`,
    about: `Quotients and remainders, of ${width} bits.`,
    data: divided.flatMap(([a, b], index): [number, string][] => [
      [512 * (index + 1) + A, hexOf(a, width)],
      [512 * (index + 1) + B, hexOf(b, width)],
    ]),
    main: divided.flatMap((_, index) => {
      const start = 512 * (index + 1);
      return [
        host(`bignum.divmod${width}`, start + A, start + B, start + Q, start + R),
        logMemory(start + Q, bytes),
        logMemory(start + R, bytes),
      ];
    }),
    expect: {
      log: divided.flatMap(([a, b]) => {
        const quotient = a / b;
        return loggedMemory(hexOf(quotient, width), hexOf(a - quotient * b, width));
      }),
    },
  };
}

/** Repeated squaring from the lowest bit; hosts may start at the highest. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square, left] = [1n % modulus, base % modulus, exponent];
  for (; left > 0n; left /= 2n, square = (square * square) % modulus) {
    if (left % 2n === 1n) result = (result * square) % modulus;
  }
  return result;
}

const POWERS: Operation = {
  name: "expmod",
  about: "Powers, zero to the power of zero among them",
  operands: () => [
    [0n, 0n, 7n],
    [0n, 0n, 1n],
    [0n, 5n, 7n],
    [3n, 0n, 7n],
    [3n, 4n, 100n],
    [3n, 4n, 1n],
    [2n, limit(256) - 1n, limit(256) - 1n],
    [sample(9, 256), sample(10, 256), sample(11, 256)],
    [sample(12, 256), 2n ** 255n, sample(13, 256)],
  ],
  result: power,
};

/** The inverse of an odd number modulo 2^64 by Newton's method. Each step doubles the number of correct bits. */
function inverse64(odd: bigint): bigint {
  let inverse = 1n;
  for (let step = 0; step < 6; step++) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse));
  return inverse;
}

const negativeInverse = (m: bigint): bigint => BigInt.asUintN(64, -inverse64(m));

/** `value` · 2^-width modulo m, by `width` halvings. */
function dividedByLimit(value: bigint, m: bigint, width: Width): bigint {
  let rest = value % m;
  for (let bit = 0; bit < width; bit++) rest = rest % 2n === 0n ? rest / 2n : (rest + m) / 2n;
  return rest;
}

function montgomeryCase(width: Width): HostCase {
  const odd = (seed: number): bigint => sample(seed, width) - (sample(seed, width) % 2n) + 1n;
  const most = limit(width) - 1n;
  const cases: readonly (readonly [bigint, bigint, bigint])[] = [
    [0n, 0n, 1n],
    [1n, 1n, 3n],
    [most - 1n, most - 1n, most],
    [most - 2n, 2n, most],
    [sample(20, width) % odd(21), sample(22, width) % odd(21), odd(21)],
    [1n, dividedByLimit(1n, odd(23), width), odd(23)],
    // The product is a multiple of the modulus, and neither factor is.
    [3n, 5n, 15n],
    [2n ** 64n - 1n, 2n ** 64n + 1n, 2n ** 128n - 1n],
  ];
  const bytes = width / 8;
  return {
    id: `montmul${width}`,
    about: `Montgomery products, of ${width} bits.`,
    data: cases.flatMap(([a, b, m], index): [number, string][] => [
      [512 * (index + 1) + A, hexOf(a, width)],
      [512 * (index + 1) + B, hexOf(b, width)],
      [512 * (index + 1) + M, hexOf(m, width)],
    ]),
    main: cases.flatMap(([, , m], index) => {
      const start = 512 * (index + 1);
      return [
        host(`bignum.montmul${width}`, start + A, start + B, start + M, negativeInverse(m), start + R),
        logMemory(start + R, bytes),
      ];
    }),
    expect: { log: cases.flatMap(([a, b, m]) => loggedMemory(hexOf(dividedByLimit(a * b, m, width), width))) },
  };
}

function montgomeryFaults(width: Width): HostCase[] {
  const faults: readonly (readonly [string, string, bigint, bigint, bigint, bigint])[] = [
    ["even-modulus", "An even modulus", 1n, 1n, 6n, 1n],
    ["a-at-modulus", "A first factor that is the modulus", 7n, 1n, 7n, negativeInverse(7n)],
    ["b-at-modulus", "A second factor that is the modulus", 1n, 7n, 7n, negativeInverse(7n)],
    ["a-above-modulus", "A first factor above the modulus", 8n, 1n, 7n, negativeInverse(7n)],
    ["b-above-modulus", "A second factor above the modulus", 1n, 8n, 7n, negativeInverse(7n)],
    ["wrong-inverse", "An inverse of another modulus", 1n, 1n, 7n, negativeInverse(5n)],
    ["positive-inverse", "The inverse that gives 1, not −1", 1n, 1n, 7n, inverse64(7n)],
  ];
  return [
    ...faults.map(([id, about, a, b, m, inv]) => montgomeryFault(width, id, about, [a, b, m], inv, "montgomery")),
    montgomeryFault(width, "no-modulus", "A modulus of zero", [0n, 0n, 0n], 1n, "zero-modulus"),
  ];
}

function montgomeryFault(
  width: Width,
  id: string,
  about: string,
  [a, b, m]: readonly [bigint, bigint, bigint],
  inv: bigint,
  trap: "montgomery" | "zero-modulus",
): HostCase {
  return {
    id: `montmul${width}-${id}`,
    about: `${about}.`,
    data: [
      [A, hexOf(a, width)],
      [B, hexOf(b, width)],
      [M, hexOf(m, width)],
    ],
    main: [host(`bignum.montmul${width}`, A, B, M, inv, R)],
    flags: ["montgomery-terms"],
    expect: { trap },
  };
}

function zeroModulus(width: Width): HostCase[] {
  const names = ["addmod", "submod", "mulmod", ...(width === 256 ? ["expmod"] : [])];
  const cases = names.map((name) => [name, host(`bignum.${name}${width}`, A, B, M, R)] as const);
  return [...cases, ["divmod", host(`bignum.divmod${width}`, A, M, Q, R)] as const].map(([name, call]) => ({
    id: `${name}${width}-by-zero`,
    about: "Division by zero is a trap: it gives no number.",
    data: [[A, hexOf(5n, width)] as const, [B, hexOf(3n, width)] as const],
    main: [call],
    flags: ["zero-modulus"],
    expect: { trap: "zero-modulus" as const },
  }));
}

function aliasing(width: Width): HostCase[] {
  const bytes = width / 8;
  const [a, b, m] = [sample(30, width), sample(31, width), sample(32, width)];
  const data: HostCase["data"] = [
    [A, hexOf(a, width)],
    [B, hexOf(b, width)],
    [M, hexOf(m, width)],
  ];
  const overlap = (distance: number): HostCase => ({
    id: `divmod${width}-overlap-${distance < 0 ? "before" : "after"}-${Math.abs(distance)}`,
    about: `The remainder is to begin ${Math.abs(distance)} bytes ${distance < 0 ? "before" : "after"} the quotient.`,
    data,
    main: [host(`bignum.divmod${width}`, A, B, R, R + distance)],
    flags: ["aliasing"],
    expect: { trap: "overlap" },
  });
  const apart = (distance: number): HostCase => ({
    id: `divmod${width}-side-by-side-${distance < 0 ? "before" : "after"}`,
    about: "Quotient and remainder touch, and do not overlap.",
    data,
    main: [host(`bignum.divmod${width}`, A, B, R, R + distance), logMemory(R, bytes), logMemory(R + distance, bytes)],
    flags: ["aliasing"],
    expect: { log: loggedMemory(hexOf(a / b, width), hexOf(a % b, width)) },
  });
  return [
    {
      id: `add${width}-in-place`,
      about: "A sum over both of its terms.",
      data,
      main: [log(host(`bignum.add${width}`, A, A, A)), logMemory(A, bytes)],
      flags: ["aliasing"],
      expect: { log: [...logged(2n * a >= limit(width) ? 1 : 0), ...loggedMemory(hexOf(2n * a, width))] },
    },
    {
      id: `mulmod${width}-over-modulus`,
      about: "A product that is written a byte behind the modulus it is reduced by.",
      data,
      main: [host(`bignum.mulmod${width}`, A, B, M, M + 1), logMemory(M + 1, bytes)],
      flags: ["aliasing"],
      expect: { log: loggedMemory(hexOf((a * b) % m, width)) },
    },
    {
      id: `divmod${width}-over-operands`,
      about: "The quotient is written over the divisor, the remainder over the dividend.",
      data,
      main: [host(`bignum.divmod${width}`, A, B, B, A), logMemory(B, bytes), logMemory(A, bytes)],
      flags: ["aliasing"],
      expect: { log: loggedMemory(hexOf(a / b, width), hexOf(a % b, width)) },
    },
    overlap(0),
    overlap(bytes - 1),
    overlap(1 - bytes),
    apart(bytes),
    apart(-bytes),
  ];
}

function ranges(width: Width): HostCase[] {
  const bytes = width / 8;
  return [
    ...outside(`add${width}-a`, "A first term", bytes, (ptr) => drop(host(`bignum.add${width}`, ptr, B, R))),
    ...outside(`mul${width}-r`, "A product", bytes, (ptr) => host(`bignum.mul${width}`, A, B, ptr)),
    {
      id: `divmod${width}-remainder-past-the-end`,
      about: "The quotient could be written, the remainder not, and the divisor is zero: the range is found first.",
      main: [host(`bignum.divmod${width}`, A, B, Q, PAGE - 1)],
      flags: ["range"],
      expect: { trap: "range" },
    },
  ];
}

export async function bignumFiles(): Promise<VectorFile[]> {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly HostCase[]) =>
    hostFile("bignum/bignum.ts", { suite: "runtime/bignum", theme, about, requirements }, cases);
  return Promise.all([
    file(
      "results",
      "What each function writes and returns.",
      [
        "RUNTIME-HOST-050",
        "RUNTIME-HOST-051",
        "RUNTIME-HOST-052",
        "RUNTIME-HOST-112",
        "RUNTIME-HOST-113",
        "RUNTIME-HOST-114",
        "RUNTIME-HOST-115",
        "RUNTIME-HOST-118",
      ],
      WIDTHS.flatMap((width) => [
        ...OPERATIONS.map((operation) => operationCase(operation, width)),
        divisionCase(width),
        ...(width === 256 ? [operationCase(POWERS, width)] : []),
        montgomeryCase(width),
      ]),
    ),
    file(
      "faults",
      "Divisors of zero, terms that Montgomery's method does not take, ranges.",
      [
        "RUNTIME-HOST-002",
        "RUNTIME-HOST-070",
        "RUNTIME-HOST-071",
        "RUNTIME-HOST-074",
        "RUNTIME-HOST-116",
        "RUNTIME-HOST-117",
        "RUNTIME-HOST-118",
      ],
      WIDTHS.flatMap((width) => [...zeroModulus(width), ...montgomeryFaults(width), ...ranges(width)]),
    ),
    file(
      "aliasing",
      "Outputs that lie over inputs, and over each other.",
      ["RUNTIME-HOST-004", "RUNTIME-HOST-053", "RUNTIME-HOST-119"],
      WIDTHS.flatMap(aliasing),
    ),
    file("scout", "The two functions of Scout.", ["RUNTIME-HOST-054", "RUNTIME-HOST-121"], SCOUT_CASES),
  ]);
}
