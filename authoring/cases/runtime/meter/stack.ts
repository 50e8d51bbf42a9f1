/**
 * The stack: programs that leave exactly the frame of a function, or one operand less; and loops whose calls would exceed the stack if
 * a return did not give the frame back.
 */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type MeterProgram, meterFile, ruleOfMeter } from "./cases.ts";

const STACK = 65_536;
const BASE = 8;

/** A function and the size of its frame, which is computed by hand. */
interface Framed {
  readonly id: string;
  readonly about: string;
  readonly function: string;
  /** Arguments of the call of `$g`. */
  readonly args?: readonly string[];
  readonly frame: number;
  /** The charges of its body. */
  readonly charge: number;
  /** The part of `charge` before the stack is exceeded; 0 if left out. */
  readonly chargeBefore?: number;
  readonly trap?: "unreachable";
}

const FRAMES: readonly Framed[] = [
  {
    id: "empty",
    about: "A function that has nothing",
    function: "(func $g)",
    frame: BASE,
    charge: 0,
  },
  {
    id: "parameters",
    about: "Parameters, of both types",
    function: "(func $g (param i32 i64))",
    args: ["(i32.const 1)", "(i64.const 1)"],
    frame: 2 + BASE,
    charge: 0,
  },
  {
    id: "locals",
    about: "Locals, of both types",
    function: "(func $g (local i32 i64 i64))",
    frame: 3 + BASE,
    charge: 3,
  },
  {
    id: "operands",
    about: "Operands at their highest, of both types",
    function:
      "(func $g (drop (i64.const 1)) (i32.const 1) (i64.const 1) (i32.const 1) drop drop drop (drop (i32.const 1)))",
    frame: 3 + BASE,
    charge: 2 + 3 + 3 + 2,
  },
  {
    id: "all-together",
    about: "Parameters, locals and operands",
    function: "(func $g (param i32) (local i64) (drop (i32.add (i32.const 1) (i32.const 2))))",
    args: ["(i32.const 1)"],
    frame: 1 + 1 + 2 + BASE,
    charge: 1 + 1 + 1 + 1 + 1,
  },
  {
    id: "operands-in-blocks",
    about: "Operands below a block count with those in it",
    function: "(func $g (i32.const 1) (block (i32.const 1) (i32.const 1) drop drop) drop)",
    frame: 3 + BASE,
    charge: 3 + 2 + 1,
  },
  {
    id: "operands-of-both-arms",
    about: "Operands of the arm that is not taken count",
    function: "(func $g (if (i32.const 1) (then nop) (else (i32.const 1) (i32.const 1) (i32.const 1) drop drop drop)))",
    frame: 3 + BASE,
    charge: 1 + 2,
  },
  {
    id: "operands-out-of-reach",
    about: "Operands of code that cannot be reached count",
    function: "(func $g return (i32.const 1) (i32.const 1) drop drop)",
    frame: 2 + BASE,
    charge: 1,
  },
  {
    id: "operands-gone",
    about: "Operands that a return leaves behind do not count with what follows it",
    function: "(func $g (i32.const 1) (i32.const 1) return (i32.const 1) drop)",
    frame: 2 + BASE,
    charge: 1 + 1 + 1,
  },
  {
    id: "unknown-operand",
    about: "An operand of unknown type counts",
    function: "(func $g unreachable select drop)",
    frame: 1 + BASE,
    charge: 1,
    trap: "unreachable",
  },
  {
    id: "nothing-to-take",
    about: "Operands that are wanted and are not there, out of reach, are none",
    function: "(func $g unreachable i32.add i32.add i32.store)",
    frame: 1 + BASE,
    charge: 1,
    trap: "unreachable",
  },
  {
    id: "result-of-the-body",
    about: "The result that the last end puts there counts, though nothing in the body does",
    function: "(func $f (result i32) unreachable) (func $g (drop (call $f)))",
    frame: 1 + BASE + 1 + BASE,
    charge: 8 + 1,
    chargeBefore: 8,
    trap: "unreachable",
  },
];

/** Frames around the sizes at which a rewriter needs one more byte, and the largest frames. */
const SIZES: readonly Framed[] = [
  ...[63, 64, 127, 128, 256 + BASE].map((frame): Framed => {
    const locals = frame - BASE;
    return {
      id: `frame-of-${frame}`,
      about: `A frame of ${frame}, of locals alone`,
      function: `(func $g (local${" i64".repeat(locals)}))`,
      frame,
      charge: locals,
    };
  }),
  {
    id: "operands-128",
    about: "As many operands as there may be",
    function: `(func $g${" i32.const 1".repeat(128)}${" drop".repeat(128)})`,
    frame: 128 + BASE,
    charge: 2 * 128,
  },
];

/** The frame of `main` without locals: one operand. */
const MAIN = 1 + BASE;
/** The frame of `$d`: a parameter and two operands. */
const DESCENT = 1 + 2 + BASE;
const DESCENT_CHARGES = [1 + 2, 1 + 1 + 1 + 8] as const;

/** `$d` calls itself as often as the stack allows, and then `$g`. The locals of `main` take the rest of the stack. */
function atTheLimit(framed: Framed, missing: 0 | 1): MeterProgram {
  const { id, about, args = [], frame, charge, chargeBefore = 0, trap } = framed;
  const calls = Math.floor((STACK - MAIN - frame) / DESCENT);
  const locals = ((STACK - MAIN - frame) % DESCENT) + missing;
  const declared = locals === 0 ? "" : ` (local${" i32".repeat(locals)})`;
  const [first, down] = DESCENT_CHARGES;
  const before = locals + 1 + 8 + calls * first + (calls - 1) * down + args.length + 8;
  return {
    id: missing === 0 ? id : `${id}-one-more`,
    about: missing === 0 ? `${about}, with the stack that it takes` : `${about}, with one operand less of stack`,
    fields: [
      ...framed.function.split(/ (?=\(func)/),
      `(func $d (param i32) (if (local.get 0)
    (then (call $d (i32.sub (local.get 0) (i32.const 1))))
    (else (call $g${args.map((arg) => ` ${arg}`).join("")}))))`,
      `(func (export "main")${declared} (call $d (i32.const ${calls - 1})))`,
    ],
    charges: [missing === 0 ? before + charge : before + chargeBefore],
    flags: ["stack-limit"],
    shortOf: "none",
    ...(missing === 1 ? { trap: "stack" as const } : trap === undefined ? {} : { trap }),
  };
}

/** Ways to return 7, and their charges. */
const RETURNS: readonly (readonly [id: string, way: string, body: string, charge: number])[] = [
  ["falls-off", "the end of the body", "(i32.const 7)", 1],
  ["return", "`return`", "(return (i32.const 7))", 2],
  ["return-from-blocks", "`return` in blocks", "(block (loop (return (i32.const 7)))) (i32.const 0)", 2],
  ["return-over-operands", "`return` over other operands", "(i32.const 1) (i32.const 1) (i32.const 7) return", 4],
  ["br", "`br` to the body", "(br 0 (i32.const 7))", 3],
  ["br-from-blocks", "`br` to the body from blocks", "(block (loop (br 2 (i32.const 7)))) (i32.const 0)", 3],
  ["br-if", "`br_if` to the body", "(br_if 0 (i32.const 7) (i32.const 1))", 4],
  ["br-table", "`br_table` to the body", "(block (br_table 1 1 (i32.const 7) (i32.const 0))) (i32.const 0)", 6],
];

const TIMES = 1000;

function givesBack([id, way, body, charge]: (typeof RETURNS)[number]): MeterProgram {
  const locals = 100;
  return {
    id,
    about: `A thousand returns by ${way} give back a thousand frames of a hundred locals`,
    fields: [
      `(func $g (result i32) (local${" i64".repeat(locals)}) ${body})`,
      `(func (export "main") (local i32)
    (loop
      (if (i32.ne (call $g) (i32.const 7)) (then (unreachable)))
      (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const ${TIMES})))))`,
    ],
    charges: [1 + TIMES * (8 + (locals + charge) + (1 + 1 + 2) + (1 + 1 + 1 + 1 + 1 + 1 + 2))],
    flags: ["stack-limit"],
    shortOf: "none",
  };
}

const WITHOUT_END: readonly MeterProgram[] = [
  {
    id: "recursion",
    about: "A recursion without end ends with the stack, whatever the gas",
    fields: ["(func $f (drop (i32.const 1)) (call $f))", '(func (export "main") (call $f))'],
    charges: [8 + Math.floor((STACK - BASE) / (1 + BASE)) * (1 + 1 + 8)],
    trap: "stack",
    flags: ["stack-limit"],
    shortOf: "none",
  },
  {
    id: "mutual-recursion",
    about: "Two functions that call each other without end",
    fields: [
      "(func $f (local i32 i32) (call $g (i32.const 1) (i32.const 2)))",
      "(func $g (param i32 i32) (call $f))",
      '(func (export "main") (call $f))',
    ],
    charges: [8 + 2979 * (2 + 1 + 1 + 8) + 2978 * 8],
    trap: "stack",
    flags: ["stack-limit"],
    shortOf: "none",
  },
];

export function meterStackFiles(): Promise<VectorFile[]> {
  const source = "meter/stack.ts";
  const frames = ["006", "021", "022", "024", "025", "026", "027", "028", "029", "009", "035"].map(ruleOfMeter);
  const returns = ["021", "023", "009", "035"].map(ruleOfMeter);
  return Promise.all([
    meterFile(
      source,
      { theme: "frames", about: "What a frame takes: just enough stack, and one operand less.", requirements: frames },
      [...FRAMES, ...SIZES].flatMap((framed) => [atTheLimit(framed, 0), atTheLimit(framed, 1)]),
    ),
    meterFile(
      source,
      { theme: "returns", about: "Every return gives the frame back, and recursion ends.", requirements: returns },
      [...RETURNS.map(givesBack), ...WITHOUT_END],
    ),
  ]);
}
