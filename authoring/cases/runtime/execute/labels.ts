/** Cases of `runtime/execute` on labels: where a branch leads, which value it takes along and which operands it drops. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type ExecuteCase, executeFile } from "./cases.ts";
import { CHECKS, mainOf, type Priced } from "./code.ts";

const SOURCE = "execute/labels.ts";

/** A constant, and `$check-i32` with its call. */
const CHECK = 1 + 8 + 5;

/** Text with its gas, which is added up by hand. */
const priced = (text: string, gas: number): Priced => ({ text, gas });

function joined(...pieces: readonly Priced[]): Priced {
  return {
    text: pieces.map(({ text }) => text).join(" "),
    gas: pieces.reduce((sum, { gas }) => sum + gas, 0),
  };
}

/** Pops the operand on top, and traps unless it is this number. */
const top = (expected: number): Priced => priced(`(call $check-i32 (i32.const ${expected}))`, CHECK);

/** Code that pushes a number, above an operand that must stay. */
function leaves(code: Priced, expected: number): Priced {
  return joined(priced("(i32.const 5)", 1), code, top(expected), top(5));
}

/** Code that pushes nothing, above an operand that must stay. */
function leavesNothing(code: Priced): Priced {
  return joined(priced("(i32.const 6)", 1), code, top(6));
}

/** A branch out of a block above other operands than before. It fails in an engine that has lost count of the labels. */
const PROBE = joined(
  priced("(i32.const 21) (i32.const 22) (block (i32.const 23) (i32.const 24) (br 0))", 2 + 2 + 2),
  top(22),
  top(21),
);

interface Program {
  readonly id: string;
  readonly about: string;
  readonly functions?: readonly string[];
  readonly code: readonly Priced[];
}

/** The lowest operands are checked last, so that no piece of code can pop an operand of the code before it unnoticed. */
function toCase({ id, about, functions = [], code }: Program): ExecuteCase {
  const bottom = priced("(i32.const 11) (i32.const 12) (i32.const 13)", 3);
  const main = mainOf(bottom, ...code.flatMap((piece) => [piece, PROBE]), top(13), top(12), top(11));
  return {
    id,
    about,
    fields: [...CHECKS, ...functions, main.text],
    functions: CHECKS.length + functions.length + 1,
    gas: main.gas,
    flags: ["instruction-edge"],
  };
}

/** Ten rounds. Each round leaves operands that the next one must not have. */
const ROUNDS = `(func $rounds (result i32) (local i32 i32)
    (i32.const 31)
    (loop (i32.const 32) (i32.const 33)
      (local.set 1 (i32.add (local.get 1) (i32.const 3)))
      (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 10)))
      (drop) (drop))
    (i32.add (local.get 1)))`;
/** The locals and a constant, ten rounds, two drops, and the addition. */
const ROUNDS_GAS = 2 + 1 + 10 * (2 + 4 + 6 + 2) + 2 + 2;

/** Three rounds with a block in each. A branch leaves the block in all rounds except the last. */
const AGAIN = `(func $again (result i32) (local i32)
    (i32.const 31)
    (loop (i32.const 32) (i32.const 33)
      (block (i32.const 34) (br_if 0 (i32.lt_u (local.get 0) (i32.const 2))) (drop))
      (drop) (drop)
      (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 3)))))`;
const AGAIN_GAS = 1 + 1 + 3 * (2 + 6 + 2 + 6 + 2) + 1;

/** A branch out of a loop with a value, in the third round. */
const OUT = `(func $out (result i32) (local i32)
    (i32.const 31)
    (block (result i32)
      (i32.const 32)
      (loop (i32.const 33)
        (br_if 1 (i32.const 40) (i32.eq (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 3)))
        (drop) (drop) (br 0))
      (unreachable))
    (i32.add))`;
const OUT_GAS = 1 + 1 + 1 + 3 * (1 + 1 + 6 + 2) + 2 * (2 + 2) + 1;

/** Two arms that run to their end, or that a branch leaves. */
const ARMS = `(func $arms (param i32 i32) (result i32)
    (i32.const 31)
    (if (result i32) (local.get 0)
      (then (i32.const 32) (br_if 0 (i32.const 41) (local.get 1)) (drop))
      (else (i32.const 33) (i32.const 34) (br_if 0 (i32.const 42) (local.get 1)) (drop) (drop)))
    (i32.add))`;
const armsGas = (first: boolean, branches: boolean): number =>
  1 + 1 + 2 + (first ? 1 : 2) + 1 + 1 + 2 + (branches ? 0 : first ? 1 : 2) + 1;
const arms = (first: boolean, branches: boolean): Priced =>
  priced(
    `(call $arms (i32.const ${first ? 7 : 0}) (i32.const ${branches ? -1 : 0}))`,
    2 + 8 + armsGas(first, branches),
  );

/** A branch out of an arm and out of the block around it. */
const BEYOND = `(func $beyond (param i32) (result i32)
    (i32.const 30)
    (block (result i32)
      (i32.const 31)
      (block (i32.const 32)
        (if (local.get 0)
          (then (i32.const 33) (br 2 (i32.const 43)))
          (else (i32.const 34) (i32.const 35) (br 1)))
        (unreachable))
      (i32.const 44) (i32.add))
    (i32.add))`;
const beyond = (first: boolean): Priced =>
  priced(`(call $beyond (i32.const ${first ? 1 : 0}))`, 1 + 8 + 3 + 1 + 2 + (first ? 2 + 2 : 2 + 2 + 1 + 1) + 1);

/** A br_table with a value: to a block, to the block around it, to a block further out, and out of the function. */
const TABLE = `(func $table (param i32) (result i32)
    (i32.const 30)
    (block (result i32)
      (i32.const 31)
      (block (result i32)
        (i32.const 32)
        (block (result i32)
          (i32.const 33) (i32.const 34)
          (br_table 0 2 1 3 (i32.const 50) (local.get 0)))
        (i32.add))
      (i32.add))
    (i32.add))`;
/** `sums` is the number of additions after the target. */
const table = (index: number, sums: number): Priced =>
  priced(`(call $table (i32.const ${index}))`, 1 + 8 + 5 + 1 + 1 + 4 + sums);

const FROM_FUNCTION: readonly string[] = [
  "(func $by-br (result i32) (i32.const 31) (i32.const 32) (br 0 (i32.const 61)))",
  "(func $by-br-if (param i32) (result i32) (i32.const 31) (br_if 0 (i32.const 62) (local.get 0)) (drop) (drop) (i32.const 63))",
  "(func $by-return (i32.const 31) (i32.const 32) (return))",
  "(func $by-br-in-a-loop (i32.const 31) (loop (i32.const 32) (block (i32.const 33) (br 2)) (drop)) (drop))",
  "(func $by-return-with (param i32) (result i32) (i32.const 31) (if (local.get 0) (then (i32.const 32) (return (i32.const 64)))) (drop) (i32.const 65))",
];

const PROGRAMS: readonly Program[] = [
  {
    id: "block",
    about: "A branch out of a block leaves what the block has pushed behind, with a value and without.",
    code: [
      leaves(priced("(block (result i32) (i32.const 8) (i32.const 9) (br 0 (i32.const 7)))", 3 + 2), 7),
      leavesNothing(priced("(block (i32.const 8) (i32.const 9) (br 0))", 2 + 2)),
      leaves(priced("(block (result i32) (i32.const 8))", 1), 8),
      leavesNothing(priced("(block (drop (i32.const 8)))", 2)),
    ],
  },
  {
    id: "blocks-within-blocks",
    about: "Branches past the innermost block, over operands of every one.",
    code: [
      leaves(
        priced(
          "(block (result i32) (i32.const 8) (block (i32.const 9) (block (i32.const 10) (br 2 (i32.const 7))) (drop)) (unreachable))",
          4 + 2,
        ),
        7,
      ),
      leavesNothing(
        priced(
          "(block (i32.const 8) (block (i32.const 9) (block (result i32) (i32.const 10) (br 1)) (drop) (drop)) (br 0))",
          5 + 2,
        ),
      ),
    ],
  },
  {
    id: "br-if",
    about: "br_if over operands, taken and not taken, with a value and without.",
    code: [
      leaves(priced("(block (result i32) (i32.const 8) (br_if 0 (i32.const 7) (i32.const 1)) (drop))", 3 + 2), 7),
      leaves(priced("(block (result i32) (i32.const 8) (br_if 0 (i32.const 7) (i32.const 0)) (drop))", 3 + 2 + 1), 8),
      leavesNothing(priced("(block (i32.const 8) (br_if 0 (i32.const 1)) (drop))", 2 + 2)),
      leavesNothing(priced("(block (i32.const 8) (br_if 0 (i32.const 0)) (drop))", 2 + 2 + 1)),
    ],
  },
  {
    id: "loop-back",
    about: "A branch back to a loop carries nothing and leaves what the round has pushed behind.",
    functions: [ROUNDS],
    code: [leaves(priced("(call $rounds)", 8 + ROUNDS_GAS), 61)],
  },
  {
    id: "block-in-a-loop",
    about: "A block in a loop, which is entered anew in each round.",
    functions: [AGAIN],
    code: [leaves(priced("(call $again)", 8 + AGAIN_GAS), 31)],
  },
  {
    id: "out-of-a-loop",
    about: "A branch out of a loop with a value, after two rounds.",
    functions: [OUT],
    code: [leaves(priced("(call $out)", 8 + OUT_GAS), 71)],
  },
  {
    id: "loop-with-a-result",
    about: "What a loop leaves when it is not repeated, and a branch out of the block around it.",
    code: [
      leaves(priced("(loop (result i32) (i32.const 8))", 1), 8),
      leaves(
        priced("(block (result i32) (i32.const 9) (loop (i32.const 8) (br 1 (i32.const 7))) (unreachable))", 3 + 2),
        7,
      ),
    ],
  },
  {
    id: "arms-of-an-if",
    about: "Both arms of an if, each to its end and left by a branch.",
    functions: [ARMS],
    code: [
      leaves(arms(true, true), 31 + 41),
      leaves(arms(true, false), 31 + 32),
      leaves(arms(false, true), 31 + 42),
      leaves(arms(false, false), 31 + 33),
    ],
  },
  {
    id: "if-without-else",
    about: "An if without an else, whose condition holds and does not, and which is left by a branch.",
    code: [
      leavesNothing(priced("(if (i32.const 1) (then (drop (i32.const 8))))", 1 + 2 + 2)),
      leavesNothing(priced("(if (i32.const 0) (then (unreachable)))", 1 + 2)),
      leavesNothing(priced("(if (i32.const 1) (then (i32.const 8) (i32.const 9) (br 0)))", 1 + 2 + 2 + 2)),
    ],
  },
  {
    id: "out-of-an-arm",
    about: "Branches out of the arms of an if to the blocks around it.",
    functions: [BEYOND],
    code: [leaves(beyond(true), 30 + 43), leaves(beyond(false), 30 + 31 + 44)],
  },
  {
    id: "table-with-a-value",
    about: "br_table with a value to labels at four depths, and by default to the last one.",
    functions: [TABLE],
    code: [
      leaves(table(0, 3), 30 + 31 + 32 + 50),
      leaves(table(1, 1), 30 + 50),
      leaves(table(2, 2), 30 + 31 + 50),
      leaves(table(3, 0), 50),
      leaves(table(-1, 0), 50),
    ],
  },
  {
    id: "out-of-a-function",
    about: "A function that is left by branches and returns over operands, which its caller does not see.",
    functions: FROM_FUNCTION,
    code: [
      leaves(priced("(call $by-br)", 8 + 3 + 2), 61),
      leaves(priced("(call $by-br-if (i32.const 1))", 1 + 8 + 3 + 2), 62),
      leaves(priced("(call $by-br-if (i32.const 0))", 1 + 8 + 3 + 2 + 3), 63),
      leavesNothing(priced("(call $by-return)", 8 + 2 + 1)),
      leavesNothing(priced("(call $by-br-in-a-loop)", 8 + 3 + 2)),
      leaves(priced("(call $by-return-with (i32.const 1))", 1 + 8 + 2 + 2 + 2 + 1), 64),
      leaves(priced("(call $by-return-with (i32.const 0))", 1 + 8 + 2 + 2 + 2), 65),
    ],
  },
  {
    id: "of-64-bits",
    about: "Values of 64 bits that branches carry, locals of 64 bits that begin at zero, and a tee of one.",
    functions: [
      "(func $wide (param i64) (result i64) (local i64 i32 i64) (i64.const 1) (block (result i64) (i64.const 2) (br 0 (i64.add (local.tee 1 (local.get 0)) (local.get 3)))) (drop (local.get 2)) (i64.sub (local.get 1)) (i64.add))",
    ],
    code: [
      leaves(
        priced(
          "(i64.eq (call $wide (i64.const 0x1234567890)) (i64.const 1))",
          1 + 8 + (3 + 2 + 4 + 2) + 2 + 2 + 1 + 1 + 1,
        ),
        1,
      ),
    ],
  },
  {
    id: "condition-by-its-low-bits",
    about: "Conditions of which only a bit above the lowest is set.",
    code: [
      leaves(
        priced("(block (result i32) (br_if 0 (i32.const 7) (i32.const 0x80000000)) (drop) (i32.const 8))", 2 + 2),
        7,
      ),
      leaves(priced("(if (result i32) (i32.const 0x100) (then (i32.const 7)) (else (i32.const 8)))", 1 + 2 + 1), 7),
    ],
  },
];

export async function executeLabelFiles(): Promise<VectorFile[]> {
  return [
    await executeFile(
      SOURCE,
      {
        theme: "labels",
        about: "Where branches go, what they carry along and what they leave behind.",
        requirements: ["RUNTIME-MODULE-045", "RUNTIME-METER-014"],
      },
      PROGRAMS.map(toCase),
    ),
  ];
}
