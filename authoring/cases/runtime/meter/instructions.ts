/** The cost of every instruction: one program for each, charged for the operands, the instruction and a drop of its result. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type MeterProgram, meterFile, ruleOfMeter } from "./cases.ts";

const [CHEAP, MULTIPLICATION, DIVISION, ACCESS] = [1, 2, 8, 3];

/** Operands for which no instruction traps. */
const CONSTANTS = { i32: "(i32.const 8)", i64: "(i64.const 8)" } as const;
type Type = keyof typeof CONSTANTS;

interface Row {
  readonly cost: number;
  readonly names: readonly string[];
  readonly operands: readonly Type[];
  readonly hasResult: boolean;
}

function row(cost: number, operands: readonly Type[], hasResult: boolean, ...names: string[]): Row {
  return { cost, operands, hasResult, names };
}

/** Rows for both types. `names` are without the type. */
function ofBoth(cost: number, operands: number, ...names: string[]): Row[] {
  return (["i32", "i64"] as const).map((type) =>
    row(cost, Array<Type>(operands).fill(type), true, ...names.map((name) => `${type}.${name}`)),
  );
}

const COMPARISONS = ["eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"];

const ROWS: readonly Row[] = [
  ...ofBoth(CHEAP, 1, "eqz", "clz", "ctz", "popcnt", "extend8_s", "extend16_s"),
  ...ofBoth(CHEAP, 2, ...COMPARISONS, "add", "sub", "and", "or", "xor", "shl", "shr_s", "shr_u", "rotl", "rotr"),
  ...ofBoth(MULTIPLICATION, 2, "mul"),
  ...ofBoth(DIVISION, 2, "div_s", "div_u", "rem_s", "rem_u"),
  row(CHEAP, ["i64"], true, "i32.wrap_i64", "i64.extend32_s"),
  row(CHEAP, ["i32"], true, "i64.extend_i32_s", "i64.extend_i32_u"),
  ...(["i32", "i64"] as const).map((type) => {
    const widths = ["", "8_s", "8_u", "16_s", "16_u", ...(type === "i64" ? ["32_s", "32_u"] : [])];
    return row(ACCESS, ["i32"], true, ...widths.map((width) => `${type}.load${width}`));
  }),
  row(ACCESS, ["i32", "i32"], false, "i32.store", "i32.store8", "i32.store16"),
  row(ACCESS, ["i32", "i64"], false, "i64.store", "i64.store8", "i64.store16", "i64.store32"),
  row(CHEAP, ["i32", "i32", "i32"], true, "select"),
  row(CHEAP, ["i64", "i64", "i32"], true, "select (i64)"),
  row(CHEAP, [], true, "memory.size", "i32.const 0", "i64.const 0", "global.get $g"),
  row(CHEAP, ["i32"], false, "global.set $g", "drop"),
];

function programsOf({ cost, names, operands, hasResult }: Row): MeterProgram[] {
  return names.map((name) => {
    const instruction = name.replace(/ \(.*\)$/, "");
    const code = `(${instruction} ${operands.map((type) => CONSTANTS[type]).join(" ")})`.replace(" )", ")");
    return {
      id: name
        .replace(/ [$0].*$/, "")
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/-$/, ""),
      about: `What ${instruction.replace(/ .*$/, "")} costs`,
      fields: ["(global $g (mut i32) (i32.const 0))", `(func (export "main") ${hasResult ? `(drop ${code})` : code})`],
      charges: [operands.length * CHEAP + cost + (hasResult ? CHEAP : 0)],
      flags: ["gas-of-instructions"],
      shortOf: "last",
    };
  });
}

/** `local.*` and the control instructions. */
const OTHERS: readonly Omit<MeterProgram, "flags" | "shortOf">[] = [
  {
    id: "local-get",
    about: "What local.get costs",
    fields: ['(func (export "main") (local i64) (drop (local.get 0)))'],
    charges: [1 + 1 + 1],
  },
  {
    id: "local-set",
    about: "What local.set costs",
    fields: ['(func (export "main") (local i32) (local.set 0 (i32.const 1)))'],
    charges: [1 + 1 + 1],
  },
  {
    id: "local-tee",
    about: "What local.tee costs",
    fields: ['(func (export "main") (local i32) (drop (local.tee 0 (i32.const 1))))'],
    charges: [1 + 1 + 1 + 1],
  },
  {
    id: "nop",
    about: "Nothing is what nop, block, loop and end cost",
    fields: ['(func (export "main") nop (block nop (loop nop)) (drop (i32.const 1)))'],
    charges: [1 + 1],
  },
  {
    id: "if",
    about: "What if costs",
    fields: ['(func (export "main") (if (i32.const 1) (then nop) (else (drop (i32.const 1)))))'],
    charges: [1 + 2],
  },
  {
    id: "br",
    about: "What br costs",
    fields: ['(func (export "main") (block (br 0)))'],
    charges: [2],
  },
  {
    id: "br-if",
    about: "What br_if costs",
    fields: ['(func (export "main") (block (br_if 0 (i32.const 1))))'],
    charges: [1 + 2],
  },
  {
    id: "br-table",
    about: "What br_table costs",
    fields: ['(func (export "main") (block (br_table 0 0 0 0 (i32.const 1))))'],
    charges: [1 + 4],
  },
  {
    id: "return",
    about: "What return costs",
    fields: ['(func (export "main") (return))'],
    charges: [1],
  },
  {
    id: "unreachable",
    about: "What unreachable costs",
    fields: ['(func (export "main") unreachable)'],
    charges: [1],
    trap: "unreachable",
  },
  {
    id: "call",
    about: "What call costs",
    fields: ["(func $nothing)", '(func (export "main") (call $nothing))'],
    charges: [8],
  },
  {
    id: "call-indirect",
    about: "What call_indirect costs",
    fields: [
      "(type $nothing (func))",
      "(table 1 funcref)",
      "(elem (i32.const 0) 0)",
      "(func)",
      '(func (export "main") (call_indirect (type $nothing) (i32.const 0)))',
    ],
    segmentElements: 1,
    charges: [1 + 12],
  },
];

export function meterInstructionFile(): Promise<VectorFile> {
  const others = OTHERS.map((program) => ({ ...program, flags: ["gas-of-instructions"], shortOf: "last" as const }));
  return meterFile(
    "meter/instructions.ts",
    {
      theme: "instructions",
      about: "The cost of every instruction, with the gas that it takes and one less.",
      requirements: ["001", "012", "038", "009", "014", "037"].map(ruleOfMeter),
    },
    [...ROWS.flatMap(programsOf), ...others],
  );
}
