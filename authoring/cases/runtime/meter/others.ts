/** Gas and stack that pass into libraries and back; and what instructions trap for. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type MeterProgram, meterFile } from "./cases.ts";

const HOST_BASE = 64;
const CALL = 8;

const [STACK, BASE] = [65_536, 8];
const LOCALS = 200;
/** The environment's `$d` has a parameter and two operands. */
const DESCENT = 1 + 2 + BASE;

/** Recursion in the environment that leaves the library so much stack, and so much less. */
function libraryAtTheLimit(missing: 0 | 1): MeterProgram {
  const frame = LOCALS + BASE;
  const room = STACK - (1 + BASE) - frame;
  const calls = Math.floor(room / DESCENT);
  const locals = (room % DESCENT) + missing;
  const before = locals + 1 + CALL + calls * (1 + 2) + (calls - 1) * (1 + 1 + 1 + CALL) + CALL + HOST_BASE;
  return {
    id: missing === 0 ? "stack" : "stack-one-more",
    about: `A library goes on with the stack that is left, and the call takes none itself, with ${missing === 0 ? "just enough" : "one operand less"}`,
    fields: [
      '(import "lib" "g" (func $g))',
      "(func $d (param i32) (if (local.get 0) (then (call $d (i32.sub (local.get 0) (i32.const 1)))) (else (call $g))))",
      `(func (export "main") (local${" i32".repeat(locals)}) (call $d (i32.const ${calls - 1})))`,
    ],
    libraries: { lib: [`(func (export "g") (local${" i32".repeat(LOCALS)}))`] },
    charges: [missing === 0 ? before + LOCALS : before],
    flags: ["stack-limit"],
    shortOf: "none",
    ...(missing === 1 ? { trap: "stack" as const } : {}),
  };
}

const LIBRARIES: readonly MeterProgram[] = [
  {
    id: "gas",
    about: "A call into a library is paid as a call and as a host function, and the library pays for itself",
    fields: [
      '(import "lib" "g" (func $g (result i32)))',
      '(func (export "main") (drop (call $g)) (drop (i32.const 1)))',
    ],
    libraries: { lib: ['(func (export "g") (result i32) (local i32) (i32.mul (i32.const 2) (i32.const 3)))'] },
    charges: [CALL, HOST_BASE, 1 + 1 + 1 + 2, 1 + 1 + 1],
    flags: ["gas-of-blocks"],
  },
  {
    id: "gas-of-two",
    about: "Libraries are charged for in the order of the list, called or not",
    fields: ['(func (export "main") (drop (i32.const 1)))'],
    libraries: { first: ["(func)", "(func)"], second: ['(func (export "g"))'] },
    charges: [1 + 1],
    flags: ["gas-of-instantiation"],
  },
  {
    id: "main",
    about:
      "A `main` that is a function of a library is paid as a function of the host, and the library pays for itself",
    fields: ['(import "lib" "g" (func $g))', '(export "main" (func $g))'],
    libraries: { lib: ['(func (export "g") (drop (i32.const 1)))'] },
    charges: [HOST_BASE, 1 + 1],
    flags: ["gas-of-blocks"],
  },
  {
    id: "traps",
    about: "A trap in a library ends the execution, what it has been charged included",
    fields: ['(import "lib" "g" (func $g))', '(func (export "main") (call $g) (drop (i32.const 1)))'],
    libraries: { lib: ['(func (export "g") (drop (i32.const 1)) unreachable)'] },
    charges: [CALL, HOST_BASE, 1 + 1 + 1],
    trap: "unreachable",
    flags: ["gas-of-blocks"],
  },
  libraryAtTheLimit(0),
  libraryAtTheLimit(1),
  {
    id: "stack-given-back",
    about: "A thousand calls into a library give back a thousand frames of two hundred locals",
    fields: [
      '(import "lib" "g" (func $g))',
      `(func (export "main") (local i32)
    (loop (call $g) (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1000)))))`,
    ],
    libraries: { lib: [`(func (export "g") (local${" i64".repeat(LOCALS)}) return)`] },
    charges: [1 + 1000 * (CALL + HOST_BASE + LOCALS + 1 + (1 + 1 + 1 + 1 + 1 + 1 + 2))],
    flags: ["stack-limit"],
    shortOf: "none",
  },
];

export function meterLibraryFile(): Promise<VectorFile> {
  return meterFile(
    "meter/others.ts",
    {
      theme: "libraries",
      about: "Gas and stack pass into libraries and back.",
      requirements: ["RUNTIME-METER-006", "RUNTIME-METER-007", "RUNTIME-METER-008", "RUNTIME-METER-010"],
    },
    LIBRARIES,
  );
}

type Reasoned = Pick<MeterProgram, "id" | "about" | "charges" | "trap" | "segmentElements"> & {
  readonly main: string;
  readonly others?: readonly string[];
};

const TABLE = ["(type $t (func))", "(table 3 funcref)", "(elem (i32.const 1) $g $h)", "(func $g)"];
const WITH_RESULT = [...TABLE, "(func $h (result i32) (i32.const 1))"];

const REASONS: readonly Reasoned[] = [
  { id: "unreachable", about: "unreachable", main: "unreachable", charges: [1], trap: "unreachable" },
  {
    id: "load-across-the-end",
    about: "A load of which the last byte lies beyond the memory",
    main: "(drop (i64.load (i32.const 65529)))",
    charges: [1 + 3 + 1],
    trap: "memory-range",
  },
  {
    id: "load-with-offset",
    about: "An address and an offset whose sum is beyond 32 bits",
    main: "(drop (i32.load offset=0xffffffff (i32.const -1)))",
    charges: [1 + 3 + 1],
    trap: "memory-range",
  },
  {
    id: "store-across-the-end",
    about: "A store of which the last byte lies beyond the memory",
    main: "(i32.store16 (i32.const 65535) (i32.const 1))",
    charges: [1 + 1 + 3],
    trap: "memory-range",
  },
  {
    id: "remainder-by-zero",
    about: "A remainder by zero",
    main: "(drop (i64.rem_s (i64.const 1) (i64.const 0)))",
    charges: [1 + 1 + 8 + 1],
    trap: "division-by-zero",
  },
  {
    id: "overflow",
    about: "The least number by −1",
    main: "(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))",
    charges: [1 + 1 + 8 + 1],
    trap: "integer-overflow",
  },
  {
    id: "remainder-of-overflow",
    about: "The remainder of the least number by −1, which is 0",
    main: "(if (i32.rem_s (i32.const 0x80000000) (i32.const -1)) (then unreachable))",
    charges: [1 + 1 + 8 + 2],
  },
  {
    id: "table-index",
    about: "call_indirect beyond the table",
    others: WITH_RESULT,
    main: "(call_indirect (type $t) (i32.const 3))",
    segmentElements: 2,
    charges: [1 + 12],
    trap: "table-index",
  },
  {
    id: "empty-element",
    about: "call_indirect of an element that is empty",
    others: WITH_RESULT,
    main: "(call_indirect (type $t) (i32.const 0))",
    segmentElements: 2,
    charges: [1 + 12],
    trap: "call-type",
  },
  {
    id: "other-type",
    about: "call_indirect of a function of another type",
    others: WITH_RESULT,
    main: "(call_indirect (type $t) (i32.const 2))",
    segmentElements: 2,
    charges: [1 + 12],
    trap: "call-type",
  },
];

export function meterTrapFile(): Promise<VectorFile> {
  const programs = REASONS.map(
    ({ main, others = [], ...rest }): MeterProgram => ({
      ...rest,
      fields: [...others, `(func (export "main") ${main})`],
      flags: ["instruction-trap"],
      shortOf: "last",
    }),
  );
  return meterFile(
    "meter/others.ts",
    {
      theme: "traps",
      about: "What instructions trap for, and what has been charged then.",
      requirements: ["RUNTIME-METER-009", "RUNTIME-METER-011"],
    },
    programs,
  );
}
