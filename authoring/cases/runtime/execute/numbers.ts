/** Cases of `runtime/execute`: every numeric instruction on edge values. A program traps if a value differs. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { ValueType } from "../../../../reference/runtime/module.ts";
import { BINARY, COMPARISONS, type Operation, signExtended, UNARY } from "./arithmetic.ts";
import { type ExecuteCase, executeFile } from "./cases.ts";

const SOURCE = "execute/numbers.ts";
const REQUIREMENTS = ["RUNTIME-MODULE-012", "RUNTIME-METER-014"];

interface Instruction {
  readonly name: string;
  readonly operands: readonly ValueType[];
  readonly result: ValueType;
  readonly compute: Operation;
  readonly cost: number;
}

const WIDTH: Readonly<Record<ValueType, number>> = { i32: 32, i64: 64 };
const EDGES: Readonly<Record<ValueType, readonly bigint[]>> = {
  i32: [0n, 1n, 2n, 31n, 32n, 33n, 0x7fff_ffffn, 0x8000_0000n, 0x8000_0001n, 0xffff_ffffn, 0x1234_5678n, 0xdead_beefn],
  i64: [
    ...[0n, 1n, 31n, 63n, 64n, 65n, 0x8000_0000n, 0xffff_ffffn, 2n ** 32n, 2n ** 63n - 1n, 2n ** 63n],
    ...[2n ** 64n - 1n, 0x0123_4567_89ab_cdefn],
  ],
};
/** Additional edge values for instructions of one operand. */
const MORE_EDGES: Readonly<Record<ValueType, readonly bigint[]>> = {
  i32: [0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, 0xffffn, 0x1_0000n, 0x1234_5680n, 0x5555_5555n],
  i64: [0x7fn, 0x80n, 0xffn, 0x7fffn, 0x8000n, 0xffffn, 0x7fff_ffffn, 0xffff_ffff_8000_0000n, 0x5555_5555_5555_5555n],
};

const MULTIPLICATION = 2;
const DIVISION = 8;

function costOf(operation: string): number {
  if (operation === "mul") return MULTIPLICATION;
  return /^(div|rem)_/.test(operation) ? DIVISION : 1;
}

function instructionsOn(type: ValueType): Instruction[] {
  const all = (operations: Readonly<Record<string, Operation>>, count: number, result: ValueType): Instruction[] =>
    Object.entries(operations).map(([name, compute]) => ({
      name: `${type}.${name}`,
      operands: Array.from<ValueType>({ length: count }).fill(type),
      result,
      compute,
      cost: costOf(name),
    }));
  const isZero: Operation = (_, a) => BigInt(a === 0n);
  const widths = type === "i32" ? [8, 16] : [8, 16, 32];
  const extensions = Object.fromEntries(widths.map((from) => [`extend${from}_s`, signExtended(from)]));
  return [
    ...all({ eqz: isZero }, 1, "i32"),
    ...all(COMPARISONS, 2, "i32"),
    ...all({ ...UNARY, ...extensions }, 1, type),
    ...all(BINARY, 2, type),
  ];
}

const CONVERSIONS: readonly Instruction[] = [
  { name: "i32.wrap_i64", operands: ["i64"], result: "i32", compute: (_, a) => a, cost: 1 },
  { name: "i64.extend_i32_s", operands: ["i32"], result: "i64", compute: signExtended(32), cost: 1 },
  { name: "i64.extend_i32_u", operands: ["i32"], result: "i64", compute: (_, a) => a, cost: 1 },
];

interface Sample {
  readonly operands: readonly bigint[];
  /** Undefined if the instruction traps. */
  readonly result: bigint | undefined;
}

function samplesOf({ operands, result, compute }: Instruction): Sample[] {
  const [first, second] = operands;
  const lists =
    second === undefined
      ? [...EDGES[first], ...MORE_EDGES[first]].map((a) => [a])
      : EDGES[first].flatMap((a) => EDGES[second].map((b) => [a, b]));
  return lists.map((values) => {
    const computed = compute(WIDTH[first], ...values);
    return { operands: values, result: computed === undefined ? undefined : BigInt.asUintN(WIDTH[result], computed) };
  });
}

function literal(type: ValueType, value: bigint): string {
  return `(${type}.const ${BigInt.asIntN(WIDTH[type], value)})`;
}

function idOf(type: ValueType, value: bigint): string {
  return String(BigInt.asIntN(WIDTH[type], value)).replace("-", "minus-");
}

/** A function that traps for an unexpected result, and a call of it for each sample. */
function edgeCase(instruction: Instruction): ExecuteCase {
  const { name, operands, result, cost } = instruction;
  const samples = samplesOf(instruction).filter((sample) => sample.result !== undefined);
  const gets = operands.map((_, index) => `(local.get ${index})`).join(" ");
  const check = `(${name} ${gets}) (local.get ${operands.length})`;
  const calls = samples.map(({ operands: values, result: expected = 0n }) => {
    const args = [...operands, result].map((type, index) => literal(type, [...values, expected][index]));
    return `    (call $check ${args.join(" ")})`;
  });
  // The constants and the call; then the gets, the instruction, the comparison and the `if`.
  const gas = operands.length + 1 + 8 + (operands.length + cost + 1 + 1 + 2);
  return {
    id: name.replaceAll(/[._]/g, "-"),
    about: `${name} of ${operands.length === 1 ? "edge values" : "every pair of edge values"}, but for those that trap.`,
    fields: [
      `(func $check (param ${[...operands, result].join(" ")})`,
      `  (if (${result}.ne ${check}) (then unreachable)))`,
      `(func (export "main")\n${calls.join("\n")})`,
    ],
    functions: 2,
    gas: gas * samples.length,
    flags: ["instruction-edge"],
  };
}

/** The pairs of edge values for which a division traps. For a divisor of zero, only three dividends. */
function trapCases(type: ValueType): ExecuteCase[] {
  return instructionsOn(type).flatMap((instruction) => {
    const trapping = samplesOf(instruction).filter(({ result }) => result === undefined);
    const chosen = trapping.filter(
      ({ operands: [a, b] }) => b !== 0n || a === 0n || a === 2n ** 63n || a === 2n ** 31n,
    );
    return chosen.map(({ operands: [a, b] }) => ({
      id: `${instruction.name.replaceAll(/[._]/g, "-")}-of-${idOf(type, a)}-by-${idOf(type, b)}`,
      about: `${instruction.name} of ${BigInt.asIntN(WIDTH[type], a)} by ${BigInt.asIntN(WIDTH[type], b)}.`,
      fields: [`(func (export "main") (drop (${instruction.name} ${literal(type, a)} ${literal(type, b)})))`],
      functions: 1,
      gas: 1 + 1 + DIVISION + 1,
      trap: b === 0n ? ("division-by-zero" as const) : ("integer-overflow" as const),
      flags: ["instruction-trap"],
    }));
  });
}

export async function executeNumberFiles(): Promise<VectorFile[]> {
  const file = (theme: string, about: string, cases: readonly ExecuteCase[]): Promise<VectorFile> =>
    executeFile(SOURCE, { theme, about, requirements: REQUIREMENTS }, cases);
  return [
    await file("numbers-i32", "Instructions on i32 on edge values.", instructionsOn("i32").map(edgeCase)),
    await file("numbers-i64", "Instructions on i64 on edge values.", instructionsOn("i64").map(edgeCase)),
    await file("conversions", "Instructions between i32 and i64 on edge values.", CONVERSIONS.map(edgeCase)),
    await executeFile(
      SOURCE,
      {
        theme: "divisions",
        about: "What divisions and remainders trap for.",
        requirements: ["RUNTIME-MODULE-046", "RUNTIME-METER-015", "RUNTIME-METER-011"],
      },
      [...trapCases("i32"), ...trapCases("i64")],
    ),
  ];
}
