/** Every instruction of the profile: well-typed, with a wrong operand, and with a wrong result. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { environment, flagged, type ModuleCase, moduleFile } from "./cases.ts";

const SOURCE = "validate/instructions.ts";

type Type = "i32" | "i64";

interface Typed {
  /** In the text format, with its immediates. */
  readonly text: string;
  readonly operands: readonly Type[];
  readonly result: Type | undefined;
}

const TYPES: readonly Type[] = ["i32", "i64"];

const COMPARISONS = ["eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"];
const UNARY = ["clz", "ctz", "popcnt"];
const DIVISIONS = ["div_s", "div_u", "rem_s", "rem_u"];
const BINARY = ["add", "sub", "mul", ...DIVISIONS, "and", "or", "xor", "shl", "shr_s", "shr_u", "rotl", "rotr"];

/** Loads and stores by the type of the value. */
const LOADS = {
  i32: ["load", "load8_s", "load8_u", "load16_s", "load16_u"],
  i64: ["load", "load8_s", "load8_u", "load16_s", "load16_u", "load32_s", "load32_u"],
};
const STORES = { i32: ["store", "store8", "store16"], i64: ["store", "store8", "store16", "store32"] };
const EXTENSIONS = { i32: ["extend8_s", "extend16_s"], i64: ["extend8_s", "extend16_s", "extend32_s"] };

function typed(text: string, operands: readonly Type[], result?: Type): Typed {
  return { text, operands, result };
}

const INSTRUCTIONS: readonly Typed[] = [
  ...TYPES.flatMap((type) => [
    typed(`${type}.const 1`, [], type),
    typed(`${type}.eqz`, [type], "i32"),
    ...COMPARISONS.map((name) => typed(`${type}.${name}`, [type, type], "i32")),
    ...[...UNARY, ...EXTENSIONS[type]].map((name) => typed(`${type}.${name}`, [type], type)),
    ...BINARY.map((name) => typed(`${type}.${name}`, [type, type], type)),
    ...LOADS[type].map((name) => typed(`${type}.${name}`, ["i32"], type)),
    ...STORES[type].map((name) => typed(`${type}.${name}`, ["i32", type])),
  ]),
  typed("i32.wrap_i64", ["i64"], "i32"),
  typed("i64.extend_i32_s", ["i32"], "i64"),
  typed("i64.extend_i32_u", ["i32"], "i64"),
  typed("memory.size", [], "i32"),
  typed("memory.grow", ["i32"], "i32"),
  typed("memory.copy", ["i32", "i32", "i32"]),
  typed("memory.fill", ["i32", "i32", "i32"]),
  typed("nop", []),
  typed("call $one", ["i64"], "i64"),
  typed("call_indirect (type $one)", ["i64", "i32"], "i64"),
  typed("global.get $wide", [], "i64"),
  typed("global.set $wide", ["i64"]),
  typed("global.get $narrow", [], "i32"),
  typed("global.set $narrow", ["i32"]),
];

/** Definitions for calls and globals. */
const AROUND =
  "(type $one (func (param i64) (result i64))) (func $one (type $one) (local.get 0)) (table 1 funcref) " +
  "(global $wide (mut i64) (i64.const 0)) (global $narrow (mut i32) (i32.const 0))";

const other = (type: Type): Type => (type === "i32" ? "i64" : "i32");

function watOf({ text, operands, result }: Typed): string {
  const needs = text.includes("$") ? `${AROUND} ` : "";
  const params = operands.length === 0 ? "" : ` (param ${operands.join(" ")})`;
  const pushed = operands.map((_, index) => ` local.get ${index}`).join("");
  return environment(`${needs}(func${params}${result === undefined ? "" : ` (result ${result})`}${pushed} ${text})`);
}

function idOf({ text }: Typed): string {
  return text.replaceAll(/[^a-z0-9]+/g, "-").replace(/-$/, "");
}

/** In bytes. */
function naturalAlignment(text: string): number {
  const bits = /[0-9]+(?=_|$)/.exec(text.split(".")[1])?.[0] ?? text.slice(1, 3);
  return Number(bits) / 8;
}

export async function instructionFiles(): Promise<VectorFile[]> {
  const wellTyped = INSTRUCTIONS.map(
    (one): ModuleCase => ({ id: idOf(one), about: `${one.text} on operands of its types`, wat: watOf(one) }),
  );
  const wrongOperands = INSTRUCTIONS.filter(({ operands }) => operands.length > 0).flatMap((one): ModuleCase[] => {
    return one.operands.flatMap((type, index): ModuleCase[] => {
      // Consecutive operands of one type fail in the same way.
      if (type === one.operands[index + 1]) return [];
      const operands = one.operands.map((given, at) => (at === index ? other(given) : given));
      return [
        {
          id: `${idOf(one)}-operand-${index}`,
          about: `${one.text} with ${other(type)} in place of ${type} as operand ${index}`,
          wat: watOf({ ...one, operands }),
          reason: "type",
        },
      ];
    });
  });
  const missing = INSTRUCTIONS.filter(({ operands }) => operands.length > 0).map(
    (one): ModuleCase => ({
      id: `${idOf(one)}-operand-missing`,
      about: `${one.text} with one operand too few`,
      wat: watOf({ ...one, operands: one.operands.slice(1) }),
      reason: "type",
    }),
  );
  const wrongResults = INSTRUCTIONS.map(
    (one): ModuleCase => ({
      id: `${idOf(one)}-result`,
      about: `${one.text} where ${one.result === undefined ? "a result" : other(one.result)} is expected of it`,
      wat: watOf({ ...one, result: one.result === undefined ? "i32" : other(one.result) }),
      reason: "type",
    }),
  );
  const overAligned = INSTRUCTIONS.filter(({ text }) => /load|store/.test(text)).map((one): ModuleCase => {
    const align = 2 * naturalAlignment(one.text);
    return {
      id: `${idOf(one)}-alignment`,
      about: `${one.text} with an alignment of ${align}, twice the natural one`,
      wat: watOf({ ...one, text: `${one.text} align=${align}` }),
      reason: "type",
    };
  });
  const about = (what: string, more: string): { about: string; requirements: string[] } => ({
    about: `Every instruction ${what}.`,
    requirements: ["RUNTIME-MODULE-001", more, "RUNTIME-MODULE-005"],
  });
  const REASON = "RUNTIME-MODULE-013";
  return [
    await moduleFile(
      SOURCE,
      { theme: "instructions", ...about("on operands of its types", "RUNTIME-MODULE-019") },
      wellTyped,
    ),
    await moduleFile(
      SOURCE,
      { theme: "wrong-operands", ...about("on an operand of the wrong type", REASON) },
      flagged(["ill-typed"], wrongOperands),
    ),
    await moduleFile(
      SOURCE,
      { theme: "missing-operands", ...about("on one operand too few", REASON) },
      flagged(["ill-typed"], missing),
    ),
    await moduleFile(
      SOURCE,
      { theme: "wrong-alignments", ...about("of the memory with an alignment above its own", REASON) },
      flagged(["ill-typed"], overAligned),
    ),
    await moduleFile(
      SOURCE,
      { theme: "wrong-results", ...about("where its result has the wrong type", REASON) },
      flagged(["ill-typed"], wrongResults),
    ),
  ];
}
