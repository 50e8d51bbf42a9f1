/** When blocks are charged, and how much: programs with their charges, which are computed by hand. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type MeterProgram, meterFile, ruleOfMeter } from "./cases.ts";

type Program = Omit<MeterProgram, "flags">;

const BLOCKS: readonly Program[] = [
  {
    id: "locals",
    about: "The first block pays for the locals, not for parameters",
    fields: [
      "(func $f (param i32 i64 i32) (local i32 i64 i64))",
      '(func (export "main") (call $f (i32.const 1) (i64.const 2) (i32.const 3)))',
    ],
    charges: [1 + 1 + 1 + 8, 3],
  },
  {
    id: "locals-of-a-loop",
    about: "Locals are paid for once, though the body begins with a loop",
    fields: [
      `(func (export "main") (local i32 i32)
    (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 3)))))`,
    ],
    charges: [2, 8, 8, 8],
  },
  {
    id: "traps-at-once",
    about: "A block is paid whole, though its first instruction traps",
    fields: ['(func (export "main") (drop (i32.load (i32.const -1))) (drop (i32.mul (i32.const 1) (i32.const 2))))'],
    charges: [1 + 3 + 1 + 1 + 1 + 2 + 1],
    trap: "memory-range",
  },
  {
    id: "traps-before-the-last",
    about: "A block pays for the branch that ends it, though it traps before",
    fields: [
      '(func (export "main") (block (drop (i32.div_u (i32.const 1) (i32.const 0))) (br_if 0 (i32.const 1)) (drop (i32.const 1))))',
    ],
    charges: [1 + 1 + 8 + 1 + 1 + 2],
    trap: "division-by-zero",
  },
  {
    id: "unreachable-ends",
    about: "What follows unreachable is not paid",
    fields: ['(func (export "main") unreachable (drop (i32.const 1)))'],
    charges: [1],
    trap: "unreachable",
  },
  {
    id: "return-ends",
    about: "What follows return is not paid",
    fields: ['(func (export "main") (drop (i32.const 1)) return (drop (i32.const 1)) (drop (i32.const 1)))'],
    charges: [1 + 1 + 1],
  },
  {
    id: "br-ends",
    about: "What follows br is not paid",
    fields: ['(func (export "main") (block (br 0) (drop (i32.const 1))) (drop (i32.const 1)))'],
    charges: [2, 1 + 1],
  },
  {
    id: "br-table-ends",
    about: "What follows br_table is not paid",
    fields: ['(func (export "main") (block (br_table 0 0 (i32.const 1)) (drop (i32.const 1))) (drop (i32.const 1)))'],
    charges: [1 + 4, 1 + 1],
  },
  {
    id: "loop",
    about: "Each iteration of a loop pays, what is before and behind it once",
    fields: [
      `(func (export "main") (local i32)
    (local.set 0 (i32.const 4))
    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (drop (local.get 0)))`,
    ],
    charges: [1 + 1 + 1, 6, 6, 6, 6, 1 + 1],
  },
  {
    id: "loop-that-traps",
    about: "The code before a loop is a block, which the loop itself ends",
    fields: ['(func (export "main") (drop (i32.const 1)) (loop (unreachable)) (drop (i32.const 1)))'],
    charges: [1 + 1, 1],
    trap: "unreachable",
  },
  {
    id: "block-ends-none",
    about: "`block` ends no block of instructions: what is in it is paid with what is before it",
    fields: ['(func (export "main") (drop (i32.const 1)) (block (drop (i32.rem_u (i32.const 1) (i32.const 0)))))'],
    charges: [1 + 1 + 1 + 1 + 8 + 1],
    trap: "division-by-zero",
  },
  {
    id: "end-ends",
    about: "An `end` that no branch leads to ends a block of instructions as any other",
    fields: [
      '(func (export "main") (block (drop (i32.rem_u (i32.const 1) (i32.const 0)))) (drop (i32.const 1)) (drop (i32.const 1)))',
    ],
    charges: [1 + 1 + 8 + 1],
    trap: "division-by-zero",
  },
  {
    id: "then",
    about: "The arm of an if that is taken, and what follows",
    fields: [
      `(func (export "main")
    (if (i32.const 1) (then (drop (i64.mul (i64.const 1) (i64.const 2)))) (else (drop (i32.const 1))))
    (drop (i32.const 1)) (drop (i32.const 1)))`,
    ],
    charges: [1 + 2, 1 + 1 + 2 + 1, 1 + 1 + 1 + 1],
  },
  {
    id: "else",
    about: "The else of an if, and what follows",
    fields: [
      `(func (export "main")
    (if (i32.const 0) (then (drop (i64.mul (i64.const 1) (i64.const 2)))) (else (drop (i32.const 1))))
    (drop (i32.const 1)) (drop (i32.const 1)))`,
    ],
    charges: [1 + 2, 1 + 1, 1 + 1 + 1 + 1],
  },
  {
    id: "if-without-else",
    about: "An if without else that is not taken",
    fields: ['(func (export "main") (if (i32.const 0) (then (drop (i32.const 1)))) (drop (i32.const 1)))'],
    charges: [1 + 2, 1 + 1],
  },
  {
    id: "br-if-not-taken",
    about: "What follows a br_if that is not taken is a block of its own",
    fields: [
      '(func (export "main") (block (br_if 0 (i32.const 0)) (drop (i32.const 1)) (drop (i32.const 1))) (drop (i32.const 1)))',
    ],
    charges: [1 + 2, 1 + 1 + 1 + 1, 1 + 1],
  },
  {
    id: "br-if-taken",
    about: "What follows a br_if that is taken is not paid",
    fields: [
      '(func (export "main") (block (br_if 0 (i32.const 1)) (drop (i32.const 1)) (drop (i32.const 1))) (drop (i32.const 1)))',
    ],
    charges: [1 + 2, 1 + 1],
  },
  {
    id: "br-table",
    about: "Where br_table leads, what follows is paid",
    fields: [
      `(func (export "main")
    (block (block (block (br_table 0 1 2 (i32.const 1))) (unreachable)) (drop (i32.const 1)) (br 0))
    (drop (i32.const 1)) (drop (i32.const 1)))`,
    ],
    charges: [1 + 4, 1 + 1 + 2, 1 + 1 + 1 + 1],
  },
  {
    id: "call",
    about: "What follows a call is paid when the call has returned",
    fields: [
      "(func $f (drop (i32.mul (i32.const 1) (i32.const 2))))",
      '(func (export "main") (call $f) (drop (i32.const 1)) (call $f) (drop (i32.div_s (i32.const 1) (i32.const 1))))',
    ],
    charges: [8, 1 + 1 + 2 + 1, 1 + 1 + 8, 1 + 1 + 2 + 1, 1 + 1 + 8 + 1],
  },
  {
    id: "call-that-traps",
    about: "A trap half-way, in a function that has been called: what comes after the call is not paid",
    fields: [
      "(func $f (if (i32.const 1) (then (unreachable))) (drop (i32.const 1)))",
      '(func (export "main") (drop (i32.const 1)) (call $f) (drop (i32.const 1)))',
    ],
    charges: [1 + 1 + 8, 1 + 2, 1],
    trap: "unreachable",
  },
  {
    id: "call-indirect-that-traps",
    about: "A call_indirect is paid before it looks at the table",
    fields: [
      "(type $t (func))",
      "(table 1 funcref)",
      '(func (export "main") (call_indirect (type $t) (i32.const 1)) (drop (i32.const 1)))',
    ],
    charges: [1 + 12],
    trap: "table-index",
  },
  {
    id: "call-indirect",
    about: "What follows a call_indirect is paid when the call has returned",
    fields: [
      "(type $t (func))",
      "(table 1 funcref)",
      "(elem (i32.const 0) $f)",
      "(func $f (drop (i32.const 1)))",
      '(func (export "main") (call_indirect (type $t) (i32.const 0)) (drop (i32.div_s (i32.const 1) (i32.const 0))))',
    ],
    segmentElements: 1,
    charges: [1 + 12, 1 + 1, 1 + 1 + 8 + 1],
    trap: "division-by-zero",
  },
  {
    id: "linked",
    about: "Indices in the longest form, as a linker leaves them, cost what the bytes of the module cost and no more",
    isRelocatable: true,
    fields: [
      "(type $t (func (param i32) (result i32)))",
      "(table 2 funcref)",
      "(elem (i32.const 1) $f)",
      "(global $g (mut i32) (i32.const 7))",
      "(func $f (param i32) (result i32) (i32.add (local.get 0) (global.get $g)))",
      `(func (export "main")
    (global.set $g (call $f (i32.const 1)))
    (drop (i32.div_s (i32.const 1) (i32.sub (call_indirect (type $t) (i32.const -15) (i32.const 1)) (i32.const -7)))))`,
    ],
    segmentElements: 1,
    charges: [1 + 8, 1 + 1 + 1, 1 + 1 + 1 + 1 + 12, 1 + 1 + 1, 1 + 1 + 8 + 1],
    trap: "division-by-zero",
  },
];

const AMOUNTS: readonly Program[] = [
  {
    id: "fill",
    about: "memory.fill pays for its bytes after its block",
    fields: ['(func (export "main") (memory.fill (i32.const 0) (i32.const 1) (i32.const 1000)) (drop (i32.const 1)))'],
    charges: [1 + 1 + 1 + 8, 1000, 1 + 1],
  },
  {
    id: "copy",
    about: "memory.copy pays for its bytes after its block",
    fields: ['(func (export "main") (memory.copy (i32.const 0) (i32.const 9) (i32.const 700)) (drop (i32.const 1)))'],
    charges: [1 + 1 + 1 + 8, 700, 1 + 1],
  },
  {
    id: "fill-of-nothing",
    about: "memory.fill of no bytes",
    fields: ['(func (export "main") (memory.fill (i32.const 0) (i32.const 1) (i32.const 0)) (drop (i32.const 1)))'],
    charges: [1 + 1 + 1 + 8, 1 + 1],
  },
  {
    id: "fill-that-traps",
    about: "memory.fill pays for bytes beyond the memory, and then traps",
    fields: ['(func (export "main") (memory.fill (i32.const 1) (i32.const 1) (i32.const 65536)) (drop (i32.const 1)))'],
    charges: [1 + 1 + 1 + 8, 65_536],
    trap: "memory-range",
  },
  {
    id: "copy-that-traps",
    about: "memory.copy pays for bytes beyond the memory, and then traps",
    fields: [
      '(func (export "main") (memory.copy (i32.const 0) (i32.const 65000) (i32.const 1000)) (drop (i32.const 1)))',
    ],
    charges: [1 + 1 + 1 + 8, 1000],
    trap: "memory-range",
  },
  {
    id: "grow",
    about: "memory.grow pays for its pages after its block",
    fields: ['(func (export "main") (drop (memory.grow (i32.const 2))) (drop (i32.const 1)))'],
    charges: [1 + 16, 2 * 4096, 1 + 1 + 1],
  },
  {
    id: "grow-by-nothing",
    about: "memory.grow by no pages",
    fields: ['(func (export "main") (drop (memory.grow (i32.const 0))) (drop (i32.const 1)))'],
    charges: [1 + 16, 1 + 1 + 1],
  },
  {
    id: "grow-beyond",
    about: "memory.grow beyond the maximum pays for its pages as well, and returns −1",
    fields: [
      '(func (export "main") (if (i32.ne (memory.grow (i32.const 3)) (i32.const -1)) (then (unreachable))) (drop (i32.const 1)))',
    ],
    charges: [1 + 16, 3 * 4096, 1 + 1 + 2, 1 + 1],
  },
  {
    id: "fill-negative",
    about:
      "A length is unsigned: what is negative as a signed number is paid as four thousand million bytes, not given back",
    fields: ['(func (export "main") (memory.fill (i32.const 0) (i32.const 1) (i32.const -1)))'],
    charges: [1 + 1 + 1 + 8, 4_294_967_295],
    trap: "memory-range",
  },
  {
    id: "copy-negative",
    about: "A length of 2^31 is paid as that",
    fields: ['(func (export "main") (memory.copy (i32.const 0) (i32.const 1) (i32.const 0x80000000)))'],
    charges: [1 + 1 + 1 + 8, 2_147_483_648],
    trap: "memory-range",
  },
  {
    id: "grow-negative",
    about: "Four thousand million pages are paid, and are not to be had",
    fields: ['(func (export "main") (drop (memory.grow (i32.const -1))))'],
    charges: [1 + 16, 4_294_967_295 * 4096, 1],
  },
  {
    id: "grow-then-fill",
    about: "Amounts in a loop are paid each time",
    fields: [
      `(func (export "main") (local i32)
    (loop
      (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
      (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 10))) (i32.const 30)))))`,
    ],
    charges: [1, 11, 8, 11, 10, 8, 11, 20, 8],
  },
];

const INSTANTIATIONS: readonly Program[] = [
  {
    id: "nothing-runs",
    about: "A main that does nothing is charged what its module is",
    fields: ['(func (export "main"))'],
    charges: [],
  },
  {
    id: "functions",
    about: "Functions are paid for, called or not",
    fields: ["(func (drop (i32.const 1)))", "(func)", '(func (export "main"))'],
    charges: [],
  },
  {
    id: "pages",
    about: "Initial pages are paid for, those of the maximum are not",
    pages: [5, 1024],
    fields: ['(func (export "main"))'],
    charges: [],
  },
  {
    id: "no-pages",
    about: "A memory of no pages",
    pages: [0, 1],
    fields: ['(func (export "main"))'],
    charges: [],
  },
  {
    id: "data",
    about: "Bytes of data are paid for, in all segments",
    fields: ['(data (i32.const 0) "0123456789")', '(data (i32.const 5) "abcd")', '(func (export "main"))'],
    segmentBytes: 14,
    charges: [],
  },
  {
    id: "elements",
    about: "Elements are paid for, in all segments; the table is not",
    fields: ["(table 100 funcref)", "(elem (i32.const 0) 0 0 0)", "(elem (i32.const 7) 0 0)", '(func (export "main"))'],
    segmentElements: 5,
    charges: [],
  },
];

const flagged = (flag: string, programs: readonly Program[]): MeterProgram[] =>
  programs.map((program) => ({ ...program, flags: [flag] }));

export function meterBlockFiles(): Promise<VectorFile[]> {
  const source = "meter/blocks.ts";
  return Promise.all([
    meterFile(
      source,
      {
        theme: "blocks",
        about: "Blocks of instructions, and out of gas at each of them.",
        requirements: ["001", "012", "009", "035", "038", "002", "039", "014", "015", "003"].map(ruleOfMeter),
      },
      flagged("gas-of-blocks", BLOCKS),
    ),
    meterFile(
      source,
      {
        theme: "amounts",
        about: "Instructions that pay for what they move or ask for.",
        requirements: ["001", "012", "038", "005", "017", "018", "019", "020", "037"].map(ruleOfMeter),
      },
      flagged("gas-of-amounts", AMOUNTS),
    ),
    meterFile(
      source,
      {
        theme: "instantiation",
        about: "What a module is charged before anything of it runs.",
        requirements: ["012", "038", "007", "030", "037"].map(ruleOfMeter),
      },
      flagged(
        "gas-of-instantiation",
        INSTANTIATIONS.map((program) => ({ ...program, shortOf: "last" })),
      ),
    ),
  ]);
}
