/** Cases of `runtime/execute` on control: branches, loops, calls, and the operands that they keep or drop. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { TrapReason } from "../../../../reference/runtime/faults.ts";
import { type ExecuteCase, executeFile } from "./cases.ts";
import { apply, CHECKS, callOf, check, constantOf, mainOf, type Priced } from "./code.ts";

const SOURCE = "execute/control.ts";

const i32 = (value: number): Priced => constantOf("i32", BigInt(value));
/** Text with its gas, which is added up by hand. */
const priced = (text: string, gas: number): Priced => ({ text, gas });

const checked = (actual: Priced, expected: number): Priced => check("i32", actual, BigInt(expected));

interface Program {
  readonly id: string;
  readonly about: string;
  readonly functions?: readonly string[];
  readonly fields?: readonly string[];
  readonly segmentElements?: number;
  readonly main: readonly Priced[];
  readonly trap?: TrapReason;
  readonly requirements?: readonly string[];
  /** The program tests no edge and gets no flag. */
  readonly isPlain?: true;
}

function toCase({
  id,
  about,
  functions = [],
  fields = [],
  segmentElements = 0,
  main,
  trap,
  requirements,
  isPlain,
}: Program): ExecuteCase {
  const { text, gas } = mainOf(...main);
  return {
    id,
    about,
    fields: [...fields, ...CHECKS, ...functions, text],
    functions: CHECKS.length + functions.length + 1,
    segmentElements,
    gas,
    ...(trap === undefined ? {} : { trap }),
    ...(requirements === undefined ? {} : { requirements }),
    ...(isPlain ? {} : { flags: [trap === undefined ? "instruction-edge" : "instruction-trap"] }),
  };
}

const PICK = `(func $pick (param i32) (result i32)
    (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 10))) (return (i32.const 11)))
    (i32.const 12))`;
/** Charges of a br_table and a constant, and for two of the targets a return. */
const pick = (index: number, isReturn: boolean): Priced => callOf("pick", 1 + 4 + 1 + (isReturn ? 1 : 0), i32(index));

const SUM = `(func $sum (param i32) (result i32) (local i32)
    (loop (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1))`;

const FIB = `(func $fib (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))`;
function fibGas(n: number): number {
  return n < 2 ? 5 + 1 : 5 + 11 + fibGas(n - 1) + 11 + fibGas(n - 2) + 1;
}

const CHOICE = `(func $choice (param i32) (result i32) (local i32)
    (if (local.get 0) (then (local.set 1 (i32.const 5))))
    (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 6)) (else (local.get 1))))`;

const FAR = `(func $far (result i32)
    (i32.const 1)
    (block (i32.const 2) (loop (i32.const 3) (return (i32.const 4))) (unreachable))
    (unreachable))`;

const BRANCHES: readonly Program[] = [
  {
    id: "br-table",
    about: "br_table by its targets, and the default for every other index, unsigned.",
    functions: [PICK],
    main: [
      checked(pick(0, true), 10),
      checked(pick(1, true), 11),
      ...[2, 3, -1, -(2 ** 31)].map((index) => checked(pick(index, false), 12)),
    ],
  },
  {
    id: "br-drops-operands",
    about: "A branch with a value drops what the block has pushed, and keeps what was there before it.",
    main: [
      checked(apply("i32.add", 1, i32(5), priced("(block (result i32) (i32.const 9) (br 0 (i32.const 2)))", 4)), 7),
    ],
  },
  {
    id: "br-out-of-two",
    about: "A branch out of two blocks, over operands of both.",
    main: [
      checked(
        apply(
          "i32.add",
          1,
          i32(5),
          priced(
            "(block (result i32) (i32.const 8) (block (result i32) (i32.const 9) (br 1 (i32.const 2))) (unreachable))",
            5,
          ),
        ),
        7,
      ),
    ],
  },
  {
    id: "br-if-taken",
    about: "br_if with a value, taken.",
    main: [checked(priced("(block (result i32) (br_if 0 (i32.const 1) (i32.const -1)) (drop) (i32.const 2))", 4), 1)],
  },
  {
    id: "br-if-not-taken",
    about: "br_if with a value, not taken: the value stays.",
    main: [checked(priced("(block (result i32) (br_if 0 (i32.const 1) (i32.const 0)) (drop) (i32.const 2))", 6), 2)],
  },
  {
    id: "loop",
    isPlain: true,
    about: "A loop of ten rounds, a local that is zero at first, and a tee.",
    functions: [SUM],
    main: [checked(callOf("sum", 1 + 10 * 10 + 1, i32(10)), 55)],
  },
  {
    id: "loop-falls-through",
    about: "A loop without a branch back runs once, and so does one whose branch back is not taken.",
    main: [
      checked(priced("(loop (result i32) (i32.const 3))", 1), 3),
      checked(priced("(loop (result i32) (br_if 0 (i32.const 0)) (i32.const 3))", 4), 3),
    ],
  },
  {
    id: "if",
    about: "An if without an else, and one with both arms, by zero and by another number than 1.",
    functions: [CHOICE],
    main: [
      // The local and the first condition, the second condition with its test, and an arm.
      checked(callOf("choice", 1 + 3 + 4 + 1, i32(0)), 6),
      checked(callOf("choice", 1 + 3 + 2 + 4 + 1, i32(-2)), 5),
    ],
  },
  {
    id: "return-from-within",
    about: "A return from a loop in a block, over operands of all of them.",
    functions: [FAR],
    main: [checked(callOf("far", 1 + 1 + 1 + 1 + 1), 4)],
  },
  {
    id: "skipped",
    isPlain: true,
    about: "What follows a branch is not executed.",
    main: [priced("(block (br 0) (unreachable))", 2)],
  },
  {
    id: "unreachable",
    about: "unreachable.",
    main: [priced("(unreachable)", 1)],
    trap: "unreachable",
  },
];

const TABLE = `(type $n (func (result i32))) (type $wide (func (result i64))) (type $same (func (result i32)))
  (type $taking (func (param i32) (result i32)))
  (table 4 funcref) (elem (i32.const 1) $eleven $twelve)`;
const ELEMENTS = ["(func $eleven (type $n) (i32.const 11))", "(func $twelve (type $wide) (i64.const 12))"];
const indirect = (type: string, index: number): Priced => apply(`call_indirect (type $${type})`, 12, i32(index));

function misdirected(id: string, about: string, type: string, index: number, trap: TrapReason): Program {
  return {
    ...{ id, about, fields: [TABLE], functions: ELEMENTS, segmentElements: 2, trap },
    main: [indirect(type, index), priced("(drop)", 0)],
  };
}

/** A type of `call_indirect`, and the type of the function in the table. */
const MISFITS: readonly (readonly [id: string, wanted: string, found: string])[] = [
  ["more-parameters", "", "(param i32)"],
  ["fewer-parameters", "(param i32)", ""],
  ["one-parameter-more", "(param i32)", "(param i32 i32)"],
  ["another-parameter", "(param i32)", "(param i64)"],
  ["parameters-the-other-way", "(param i32 i64)", "(param i64 i32)"],
  ["last-parameter", "(param i32 i64)", "(param i32 i32)"],
  ["a-result-more", "", "(result i32)"],
  ["a-result-less", "(result i32)", ""],
  ["a-result-beside-parameters", "(param i32)", "(param i32) (result i32)"],
  ["another-result-beside-parameters", "(param i32) (result i32)", "(param i32) (result i64)"],
  ["parameter-as-result", "(param i32)", "(result i32)"],
];

const zerosOf = (type: string, kind: "param" | "result"): readonly string[] => {
  const [, types = ""] = new RegExp(`\\(${kind} ([^)]*)\\)`).exec(type) ?? [];
  return types.split(" ").filter((one) => one !== "");
};

function misfit([id, wanted, found]: (typeof MISFITS)[number]): Program {
  const args = zerosOf(wanted, "param").map((type) => constantOf(type as "i32" | "i64", 0n));
  const call = apply("call_indirect (type $wanted)", 12, ...args, i32(0));
  const body = zerosOf(found, "result").map((type) => `(${type}.const 0)`);
  return {
    id: `call-indirect-${id}`,
    about: `call_indirect by a type of ${wanted || "nothing"} of a function of ${found || "nothing"}.`,
    fields: [`(type $wanted (func ${wanted})) (table 1 funcref) (elem (i32.const 0) $found)`],
    functions: [`(func $found ${found} ${body.join(" ")})`],
    segmentElements: 1,
    main: [zerosOf(wanted, "result").length > 0 ? { ...call, text: `(drop ${call.text})` } : call],
    trap: "call-type",
  };
}

const CALLS: readonly Program[] = [
  {
    id: "arguments",
    isPlain: true,
    about: "Arguments come in their order, and locals begin at zero behind them.",
    functions: [
      "(func $less (param i32 i32) (result i32) (local i32) (i32.sub (i32.sub (local.get 0) (local.get 1)) (local.get 2)))",
    ],
    main: [checked(callOf("less", 1 + 5, i32(7), i32(5)), 2)],
  },
  {
    id: "recursion",
    isPlain: true,
    about: "A function that calls itself twice.",
    functions: [FIB],
    main: [checked(callOf("fib", fibGas(10), i32(10)), 55)],
  },
  {
    id: "globals",
    about: "Globals of both types, as they are at first and after they have been set.",
    fields: ["(global $a (mut i32) (i32.const -7)) (global $b i64 (i64.const 0x8000000000000000))"],
    main: [
      checked(apply("global.get $a", 1), -7),
      check("i64", apply("global.get $b", 1), 2n ** 63n),
      apply("global.set $a", 1, i32(9)),
      checked(apply("global.get $a", 1), 9),
    ],
  },
  {
    id: "select",
    about: "select takes the first for anything but zero.",
    main: [
      checked(apply("select", 1, i32(1), i32(2), i32(0)), 2),
      checked(apply("select", 1, i32(1), i32(2), i32(1)), 1),
      checked(apply("select", 1, i32(1), i32(2), i32(-(2 ** 31))), 1),
    ],
  },
  {
    id: "call-indirect",
    about: "call_indirect by a type of the same parameters and results, under its own index and another one.",
    ...{ fields: [TABLE], functions: ELEMENTS, segmentElements: 2 },
    main: [
      checked(apply("call_indirect (type $n)", 12 + 1, i32(1)), 11),
      checked(apply("call_indirect (type $same)", 12 + 1, i32(1)), 11),
      check("i64", apply("call_indirect (type $wide)", 12 + 1, i32(2)), 12n),
    ],
  },
  {
    id: "call-indirect-with-arguments",
    about:
      "call_indirect with arguments of both types, by a type that is stated twice, out of segments of which the later one counts.",
    fields: [
      "(type $first (func (param i32 i64) (result i64))) (type $second (func (param i32 i64) (result i64)))",
      "(table 3 funcref) (elem (i32.const 0) $wrong $wrong) (elem (i32.const 1) $right $wrong)",
    ],
    functions: [
      "(func $wrong (type $first) (i64.const 0))",
      "(func $right (type $first) (i64.sub (i64.extend_i32_u (local.get 0)) (local.get 1)))",
    ],
    segmentElements: 4,
    requirements: ["RUNTIME-MODULE-040"],
    main: [
      check("i64", apply("call_indirect (type $second)", 12 + 4, i32(50), constantOf("i64", 8n), i32(1)), 42n),
      check("i64", apply("call_indirect (type $second)", 12 + 1, i32(50), constantOf("i64", 8n), i32(2)), 0n),
    ],
  },
  ...MISFITS.map(misfit),
  misdirected(
    "call-indirect-of-another-result",
    "call_indirect of a function with another result.",
    "n",
    2,
    "call-type",
  ),
  misdirected("call-indirect-of-nothing", "call_indirect of an element that is empty.", "n", 3, "call-type"),
  misdirected("call-indirect-past", "call_indirect one past the table.", "n", 4, "table-index"),
  misdirected(
    "call-indirect-negative",
    "call_indirect of an index that is negative as a signed number.",
    "n",
    -1,
    "table-index",
  ),
  {
    id: "frames-given-back",
    about: "9000 calls one after the other, each with a frame of 8.",
    functions: [
      "(func $nothing)",
      `(func $many (local i32) (local.set 0 (i32.const 9000))
    (loop (call $nothing) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))`,
    ],
    main: [callOf("many", 1 + 2 + 9000 * (8 + 6))],
  },
  {
    id: "endless-recursion",
    about: "A function that calls itself without end: with a frame of 8, the 8192nd is too much.",
    functions: ["(func $again (call $again))"],
    // `main` and 8191 frames of `$again` are charged for a call.
    main: [callOf("again", 8 * 8191)],
    trap: "stack",
  },
];

export async function executeControlFiles(): Promise<VectorFile[]> {
  const requirements = ["RUNTIME-MODULE-045", "RUNTIME-METER-014", "RUNTIME-METER-011"];
  return [
    await executeFile(
      SOURCE,
      { theme: "branches", about: "Branches, loops and returns.", requirements },
      BRANCHES.map(toCase),
    ),
    await executeFile(
      SOURCE,
      {
        theme: "calls",
        about: "Calls, locals, globals and select.",
        requirements: [
          ...["RUNTIME-MODULE-012", "RUNTIME-MODULE-046", ...requirements],
          ...["RUNTIME-METER-006", "RUNTIME-METER-021", "RUNTIME-METER-023"],
        ],
      },
      CALLS.map(toCase),
    ),
  ];
}
