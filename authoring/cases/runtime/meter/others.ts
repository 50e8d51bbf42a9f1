/** Gas and stack of libraries, host functions and children; and the reasons of traps. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { assemble } from "../../kit/wat.ts";
import { type MeterProgram, meterFile, ruleOfMeter } from "./cases.ts";

const HOST_BASE = 64;
const CALL = 8;

const [STACK, BASE] = [65_536, 8];
const LOCALS = 200;

/** Code of the innermost `$d`, or of `main`. */
interface Innermost {
  readonly text: string;
  /** Its largest number of operands. */
  readonly operands: number;
  /** Its charges before the last frame is taken. */
  readonly charge: number;
}

type Deep = Pick<MeterProgram, "id" | "about" | "libraries" | "segmentBytes" | "requirements"> & {
  /** Of the environment, without `$d` and `main`. */
  readonly fields: readonly string[];
  /** Runs in `main` before the call of `$d`. */
  readonly first?: Innermost;
  readonly innermost: Innermost;
  /** The last frame, and the charge of its function. */
  readonly frame: number;
  readonly charge: number;
};

/** A recursion of `$d` leaves exactly the last frame, or one operand less. */
function atTheLimit(
  { first = NOTHING, innermost, frame, charge, fields, ...rest }: Deep,
  missing: 0 | 1,
): MeterProgram {
  const descent = 1 + Math.max(2, innermost.operands) + BASE;
  const room = STACK - (Math.max(1, first.operands) + BASE) - frame;
  const calls = Math.floor(room / descent);
  const locals = (room % descent) + missing;
  const down = calls * (1 + 2) + (calls - 1) * (1 + 1 + 1 + CALL);
  const before = locals + first.charge + 1 + CALL + down + innermost.charge;
  return {
    ...rest,
    id: missing === 0 ? rest.id : `${rest.id}-one-more`,
    about: `${rest.about}, with ${missing === 0 ? "just enough" : "one operand less"}`,
    fields: [
      ...fields,
      `(func $d (param i32) (if (local.get 0) (then (call $d (i32.sub (local.get 0) (i32.const 1)))) (else ${innermost.text})))`,
      `(func (export "main") (local${" i32".repeat(locals)}) ${first.text}(call $d (i32.const ${calls - 1})))`,
    ],
    charges: [missing === 0 ? before + charge : before],
    flags: ["stack-limit"],
    shortOf: "none",
    ...(missing === 1 ? { trap: "stack" as const } : {}),
  };
}

const NOTHING: Innermost = { text: "", operands: 0, charge: 0 };

/** A library whose function has a large frame, and its import. */
const DEEP_LIBRARY = {
  libraries: { lib: [`(func (export "g") (local${" i32".repeat(LOCALS)}))`] },
  frame: LOCALS + BASE,
  charge: LOCALS,
};
const IMPORT_OF_G = '(import "lib" "g" (func $g))';

const OF_A_LIBRARY: Deep = {
  ...DEEP_LIBRARY,
  id: "stack",
  about: "A library goes on with the stack that is left, and the call takes none itself",
  fields: [IMPORT_OF_G],
  innermost: { text: "(call $g)", operands: 0, charge: CALL + HOST_BASE },
};

const AFTER_A_HOST_FUNCTION: Deep = {
  ...DEEP_LIBRARY,
  id: "stack-after-a-host-function",
  about: "A library that is called after a host function runs on all of the stack left",
  fields: ['(import "eth2" "blockDataSize" (func $size (result i32)))', IMPORT_OF_G],
  innermost: { text: "(drop (call $size)) (call $g)", operands: 1, charge: CALL + HOST_BASE + 1 + CALL + HOST_BASE },
  requirements: [ruleOfMeter("010")],
};

/** Addresses of the name of the child's function, and of the child. */
const [NAME, CODE] = [0, 16];
const LOAD = 4 * HOST_BASE;
const CALL_MODULE = 4 * HOST_BASE;

/** The library is not called. */
async function ofAChild(): Promise<Deep> {
  const child = await assemble(
    `(module (memory (export "memory") 1 1) (func (export "f") (result i32) (local${" i64".repeat(LOCALS)}) (i32.const 0)))`,
  );
  const hex = [...child].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  const { length } = child;
  return {
    id: "stack-of-a-child",
    about: "A child runs on the stack left of its caller",
    libraries: { lib: ['(func (export "g"))'] },
    segmentBytes: 1 + length,
    fields: [
      '(import "eth2" "loadModule" (func $load (param i32 i32 i32)))',
      '(import "eth2" "callModule" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))',
      `(data (i32.const ${NAME}) "f")`,
      `(data (i32.const ${CODE}) "${hex}")`,
    ],
    first: {
      text: `(call $load (i32.const 0) (i32.const ${CODE}) (i32.const ${length})) `,
      operands: 3,
      charge: 3 + CALL + LOAD + length + (2 * length + 64 + 4096),
    },
    innermost: {
      text: `(drop (call $call (i32.const 0) (i32.const ${NAME}) (i32.const 1)${" (i32.const 0)".repeat(4)}))`,
      operands: 7,
      charge: 7 + CALL + CALL_MODULE + 1,
    },
    frame: LOCALS + 1 + BASE,
    charge: LOCALS + 1 + 1,
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
    id: "order",
    about: "Libraries are charged before the environment, in the order of the list",
    fields: ['(func (export "main"))'],
    libraries: { first: ["(func)", "(func)"], second: ['(func (export "g"))'] },
    charges: [],
    flags: ["gas-of-instantiation"],
    requirements: [ruleOfMeter("031")],
    shortOf: "libraries",
  },
  {
    id: "main",
    about:
      "A `main` that is a function of a library is paid as a function of the host, and the library pays for itself",
    fields: ['(import "lib" "g" (func $g))', '(export "main" (func $g))'],
    libraries: { lib: ['(func (export "g") (drop (i32.const 1)))'] },
    charges: [HOST_BASE, 1 + 1],
    flags: ["gas-of-blocks"],
    requirements: ["RUNTIME-MODULE-037"],
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
  atTheLimit(OF_A_LIBRARY, 0),
  atTheLimit(OF_A_LIBRARY, 1),
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

export async function meterLibraryFile(): Promise<VectorFile> {
  const deep = [AFTER_A_HOST_FUNCTION, await ofAChild()];
  return meterFile(
    "meter/others.ts",
    {
      theme: "libraries",
      about: "Gas and stack pass into libraries and back.",
      requirements: ["013", "021", "023", "036", "007", "032", "033", "034"].map(ruleOfMeter),
    },
    [...LIBRARIES, ...deep.flatMap((one) => [atTheLimit(one, 0), atTheLimit(one, 1)])],
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
      requirements: ["RUNTIME-MODULE-046", ...["009", "035", "015", "011"].map(ruleOfMeter)],
    },
    programs,
  );
}
