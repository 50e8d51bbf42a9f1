/**
 * Costs, frames, and indices of locals, globals and labels around 63 and 127, where a rewriter of code needs one more byte for them.
 * The charges of each program are computed by hand.
 */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type MeterProgram, meterFile, ruleOfMeter } from "./cases.ts";

type Program = Omit<MeterProgram, "flags">;

const times = (text: string, count: number): string => Array.from({ length: count }, () => text).join(" ");

/** One division of a chain: a constant and `div_u`. */
const DIVISION = 1 + 8;

/** A block that costs `charge`: two instructions around divisions by one and comparisons. */
function cost(charge: number): Program {
  const divisions = Math.floor((charge - 2) / DIVISION);
  const rest = charge - 2 - divisions * DIVISION;
  return {
    id: `cost-${charge}`,
    about: `A block that costs ${charge}`,
    fields: [
      `(func (export "main") i32.const 1 ${times("i32.const 1 i32.div_u", divisions)} ${times("i32.eqz", rest)} drop)`,
    ],
    charges: [charge],
  };
}

/** The locals that a rewriter adds must not overlap those of the function. */
function locals(count: number): Program {
  const last = count - 1;
  return {
    id: `locals-${count}`,
    about: `A function of ${count} locals, the last of which is used about charges of each kind`,
    fields: [
      `(func (export "main") (local${" i64".repeat(last)} i32)
    (local.set ${last} (i32.const 77))
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 5))
    (drop (memory.grow (i32.const 1)))
    (block (br_if 0 (i32.eq (local.get ${last}) (i32.const 77))) (unreachable))
    (drop (i32.const 1)))`,
    ],
    charges: [count + 2 + 3 + 8, 5, 1 + 16, 4096, 1 + 1 + 1 + 1 + 2, 1 + 1],
  };
}

function globals(count: number): Program {
  const last = count - 1;
  return {
    id: `globals-${count}`,
    about: `A module of ${count} globals, the last of which keeps its value`,
    fields: [
      ...Array.from({ length: last }, () => "(global i64 (i64.const 1))"),
      "(global $last (mut i32) (i32.const 7))",
      "(func $f (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))",
      `(func (export "main")
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 5))
    (global.set $last (call $f (global.get $last)))
    (block (br_if 0 (i32.eq (global.get $last) (i32.const 8))) (unreachable)))`,
    ],
    charges: [3 + 8, 5, 1 + 8, 1 + 1 + 1, 1 + 1 + 1 + 1 + 2],
  };
}

/** A rewriter may write `return` as a branch to the end of the function. */
function nesting(blocks: number): Program {
  return {
    id: `return-from-${blocks}-blocks`,
    about: `A charge and a return within ${blocks} blocks`,
    fields: [
      `(func $f (result i32) ${times("block", blocks)} (loop (return (i32.const 7))) ${times("end", blocks)} (i32.const 8))`,
      '(func (export "main") (block (br_if 0 (i32.eq (call $f) (i32.const 7))) (unreachable)))',
    ],
    charges: [8, 1 + 1, 1 + 1 + 2],
  };
}

function labels(blocks: number): Program {
  return {
    id: `br-table-over-${blocks}-blocks`,
    about: `A br_table of ${blocks} targets, its default the outermost of ${blocks} blocks`,
    fields: [
      `(func (export "main") ${times("block", blocks)} (br_table${Array.from({ length: blocks }, (_, label) => ` ${label}`).join("")} ${blocks - 1} (i32.const -1)) ${times("end (drop (i32.mul (i32.const 1) (i32.const 1)))", blocks - 1)} end (drop (i32.const 1)))`,
    ],
    charges: [1 + 4, 1 + 1],
  };
}

/** Dynamic charges, and results of both types at every kind of return. */
const OTHERS: readonly Program[] = [
  {
    id: "result-of-64-bits",
    about: "A function that gives an i64, by its end and by return",
    fields: [
      "(func $f (param i32) (result i64) (if (local.get 0) (then (return (i64.const -1)))) (i64.const -2))",
      `(func (export "main")
    (block (br_if 0 (i64.eq (i64.add (call $f (i32.const 0)) (call $f (i32.const 1))) (i64.const -3))) (unreachable)))`,
    ],
    charges: [1 + 8, 1 + 2, 1, 1 + 8, 1 + 2, 1 + 1, 1 + 1 + 1 + 2],
  },
  {
    id: "stack-after-amounts",
    about: "After memory.fill and memory.grow a frame is given back as it was taken",
    fields: [
      "(func $g (memory.fill (i32.const 0) (i32.const 0) (i32.const 5)) (drop (memory.grow (i32.const 1))))",
      `(func $f (local${" i64".repeat(100)}))`,
      '(func (export "main") (call $g) (call $f))',
    ],
    charges: [8, 3 + 8, 5, 1 + 16, 4096, 1, 8, 100],
  },
  {
    id: "long-constants",
    about: "Constants whose bytes are opcodes of calls and branches",
    fields: [
      `(func (export "main")
    (drop (i64.const 0x1010101010101010)) (drop (i32.const 0x0b0b0b0b)) (drop (i64.const -0x0c0d0e0f10111213))
    (drop (i32.load offset=0x0b0b (i32.const 0))))`,
    ],
    charges: [1 + 1 + 1 + 1 + 1 + 1 + 1 + 3 + 1],
  },
  {
    id: "many-instructions",
    about: "Seventy instructions between two charges, which have to stay as they are",
    fields: [
      "(func $f)",
      `(func (export "main") (local i32)
    (call $f)
    ${times("(local.set 0 (i32.add (local.get 0) (i32.const 1)))", 40)}
    (block (br_if 0 (i32.eq (local.get 0) (i32.const 40))) (unreachable)))`,
    ],
    charges: [1 + 8, 40 * 4 + 1 + 1 + 1 + 2],
  },
  {
    id: "no-globals-and-elements",
    about: "A module without globals that has a table, elements and data",
    fields: [
      "(type $t (func (result i32)))",
      "(table 3 3 funcref)",
      "(elem (i32.const 1) $f)",
      '(data (i32.const 3) "\\2a")',
      "(func $f (result i32) (i32.load8_u (i32.const 3)))",
      `(func (export "main")
    (block (br_if 0 (i32.eq (call_indirect (type $t) (i32.const 1)) (i32.const 42))) (unreachable)))`,
    ],
    segmentBytes: 1,
    segmentElements: 1,
    charges: [1 + 12, 1 + 3, 1 + 1 + 2],
  },
];

export function meterSizeFile(): Promise<VectorFile> {
  const programs = [
    ...[63, 64, 127, 128, 8191, 8192].map(cost),
    ...[123, 124, 125, 126, 127, 128, 256].map(locals),
    ...[125, 126, 127, 128].map(globals),
    ...[62, 63, 125, 126, 127, 128].map(nesting),
    ...[126, 127, 128, 129].map(labels),
    ...OTHERS,
  ];
  return meterFile(
    "meter/sizes.ts",
    {
      theme: "sizes",
      about: "What a rewriter writes into the code, about the numbers at which it takes a byte more.",
      requirements: ["001", "014", "003", "005", "017", "023"].map(ruleOfMeter),
    },
    programs.map((program) => ({ flags: ["gas-of-blocks"], ...program })),
  );
}
