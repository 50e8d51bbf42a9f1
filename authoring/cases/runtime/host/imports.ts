/** Vectors of host functions that are called through the table, exported again, or imported under two names. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, logged, loggedMemory, PRE_STATE_ROOT } from "./cases.ts";
import { type Argument, type Code, drop, host, i32, log, logMemory, toCode } from "./program.ts";
import { hostSuiteFile, PAGE } from "./samples.ts";

const CALL_INDIRECT = 12;

/** A call through the table; `paid` is the charge of the callee. */
function indirect(type: string, element: number, paid: number, ...args: readonly Argument[]): Code {
  const codes = [...args, element].map(toCode);
  return {
    text: `(call_indirect (type $${type}) ${codes.map(({ text }) => text).join(" ")})`,
    charges: [
      ...codes.flatMap(({ charges }) => charges),
      { gas: CALL_INDIRECT, isHost: false },
      { gas: paid, isHost: true },
    ],
    imports: [],
  };
}

const TABLE = [
  "(type $taking (func (param i32)))",
  "(type $giving (func (result i32)))",
  "(type $wide (func (param i64)))",
  "(table 5 funcref)",
  "(elem (i32.const 1) $debug.print32 $eth2.blockDataSize $eth2.loadPreStateRoot $debug.print64)",
];
const IMPORTED = { a: "debug.print32", b: "eth2.blockDataSize", c: "eth2.loadPreStateRoot", d: "debug.print64" };

/** The table has four elements. The charge of a logged number is 64 + 4. */
const CASES: readonly HostCase[] = [
  {
    id: "through-the-table",
    about: "Functions of the host are elements of the table, and are called and paid by it like others.",
    others: TABLE,
    passedOn: IMPORTED,
    segmentElements: 4,
    blockData: "010203",
    main: [
      indirect("taking", 1, 64 + 4, -2),
      log(indirect("giving", 2, 64)),
      indirect("taking", 3, 64 + 32, 40),
      logMemory(40, 32),
      indirect("wide", 4, 64 + 8, 5n),
    ],
    expect: {
      log: [...logged(-2, 3), ...loggedMemory(PRE_STATE_ROOT), ["debug.print64", `05${"00".repeat(7)}`]],
    },
  },
  {
    id: "through-the-table-past-the-end",
    about: "A function of the host that is called by the table traps like any other.",
    others: TABLE,
    passedOn: IMPORTED,
    segmentElements: 4,
    main: [indirect("taking", 3, 64 + 32, PAGE - 31)],
    flags: ["range"],
    expect: { trap: "range" },
  },
  {
    id: "through-the-table-by-another-type",
    about: "A function of the host that is called under another type is not called, and not paid.",
    others: TABLE,
    passedOn: IMPORTED,
    segmentElements: 4,
    main: [{ ...indirect("taking", 2, 0, 0), charges: [{ gas: 1 + 1 + CALL_INDIRECT, isHost: true }] }],
    flags: ["instruction-trap"],
    expect: { trap: "call-type" },
  },
  {
    id: "both-names",
    about: "One function under both of its names, which are two imports.",
    main: [host("debug.print32", 1), host("env.debug_print32", 2), host("debug.print32", 3)],
    expect: {
      log: [
        ["debug.print32", "01000000"],
        ["env.debug_print32", "02000000"],
        ["debug.print32", "03000000"],
      ],
    },
  },
  {
    id: "result-on-operands",
    about: "Results of functions of the host among other operands.",
    blockData: "0102",
    main: [
      drop(i32(5)),
      log({
        text: "(i32.sub (i32.const 100) (call $eth2.blockDataSize))",
        charges: [1 + 8, 64, 1].map((gas, index) => ({ gas, isHost: index === 1 })),
        imports: ["eth2.blockDataSize"],
      }),
    ],
    expect: { log: logged(98) },
  },
];

export function hostImportFiles(): Promise<VectorFile[]> {
  return Promise.all([
    hostSuiteFile(
      "host/imports.ts",
      "imports",
      "Functions of the host that are called through the table, exported again, and imported under two names.",
      ["RUNTIME-HOST-001", "RUNTIME-HOST-110", "RUNTIME-MODULE-045", "RUNTIME-MODULE-046", "RUNTIME-METER-034"],
      CASES,
    ),
  ]);
}
