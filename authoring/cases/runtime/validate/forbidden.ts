/** Well-formed WebAssembly that the profile forbids, part by part. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Bytes, list, listOf, name } from "./bytes.ts";
import { environment, flagged, type ModuleCase, moduleFile } from "./cases.ts";
import { custom, EXPORTED_MAIN, EXPORTED_MEMORY, LEAST, mainWith, moduleWith, NOTHING_TO_NOTHING } from "./sections.ts";

const SOURCE = "validate/forbidden.ts";

const hex = (value: number): string => value.toString(16).padStart(2, "0");

function range(first: number, last: number, step = 1): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

/** LEB128 of a number below 2^14. */
const leb = (value: number): string => (value < 128 ? hex(value) : hex((value & 0x7f) | 0x80) + hex(value >> 7));

const FLOATS = [
  ...range(0x2a, 0x2b),
  ...range(0x38, 0x39),
  ...range(0x43, 0x44),
  ...range(0x5b, 0x66),
  ...range(0x8b, 0xa6),
  ...range(0xa8, 0xab),
  ...range(0xae, 0xbf),
];

const REFERENCES = [0x1c, ...range(0xd0, 0xd6)];
const EXCEPTIONS = [...range(0x06, 0x0a), 0x18, 0x19, 0x1f];
const CALLS = range(0x12, 0x15);

/** The zeros are immediates for any opcode. */
function opcode(part: string, code: string): ModuleCase {
  return {
    id: `opcode-${code}`,
    about: `opcode ${code}: ${part}`,
    code: mainWith([code, "0000000000000000"]),
    reason: "forbidden",
  };
}

function opcodes(): ModuleCase[] {
  return [
    ...FLOATS.map((code) => opcode("floating point", hex(code))),
    ...range(0, 7).map((code) => opcode("floating point, saturating", `fc${leb(code)}`)),
    ...EXCEPTIONS.map((code) => opcode("exceptions", hex(code))),
    ...CALLS.map((code) => opcode("tail calls and calls of references", hex(code))),
    ...REFERENCES.map((code) => opcode("references", hex(code))),
    opcode("table instructions", "25"),
    opcode("table instructions", "26"),
    opcode("passive segments", "fc08"),
    opcode("passive segments", "fc09"),
    ...range(12, 17).map((code) => opcode("table instructions", `fc${leb(code)}`)),
    ...range(0x00, 0x1e).map((code) => opcode("garbage collection", `fb${leb(code)}`)),
    ...[...range(0x00, 0x99, 9), 0x9b, 0xae, 0xd1, 0xff, 0x100, 0x113].map((code) =>
      opcode("vectors", `fd${leb(code)}`),
    ),
    ...[...range(0x00, 0x03), 0x10, 0x17, 0x1e, 0x48, 0x4e].map((code) => opcode("atomics", `fe${leb(code)}`)),
    // A padded number after the prefix is the same instruction.
    opcode("floating point, saturating", "fc8000"),
    opcode("vectors", "fd8c80808000"),
  ];
}

/** Whole modules, which an engine with the feature can run. */
function modules(): ModuleCase[] {
  const rows: readonly (readonly [id: string, about: string, fields: string])[] = [
    ["f32-parameter", "a parameter of type f32", "(func (param f32))"],
    ["f64-result", "a result of type f64", "(func (result f64) unreachable)"],
    ["f32-local", "a local of type f32", "(func (local f32))"],
    ["f64-global", "a global of type f64", "(global f64 (f64.const 0))"],
    ["f32-block", "a block of type f32", "(func block (result f32) unreachable end drop)"],
    ["f32-const", "a constant of type f32", "(func f32.const 0 drop)"],
    ["v128-local", "a local of type v128", "(func (local v128))"],
    ["v128-const", "a vector", "(func v128.const i64x2 0 0 drop)"],
    ["externref-parameter", "a parameter of type externref", "(func (param externref))"],
    ["funcref-local", "a local of type funcref", "(func (local funcref))"],
    ["two-results", "a function of two results", "(func (result i32 i32) unreachable)"],
    ["block-of-two-results", "a block of two results", "(func block (result i32 i32) unreachable end drop drop)"],
    ["block-with-parameter", "a block that takes an operand", "(func i32.const 1 block (param i32) drop end)"],
    ["externref-table", "a table of external references", "(table 1 externref)"],
    ["two-tables", "two tables", "(table 1 funcref) (table 1 funcref)"],
    ["two-memories", "two memories", "(memory 1 1)"],
    ["table-get", "an element of a table as a value", "(table 1 funcref) (func i32.const 0 table.get 0 drop)"],
    ["select-with-type", "select with a type", "(func i32.const 1 i32.const 1 i32.const 1 select (result i32) drop)"],
    ["start", "a start function", "(func $f) (start $f)"],
    ["import-memory", "an imported memory", ""],
    ["import-table", "an imported table", ""],
    ["import-global", "an imported global", ""],
    ["passive-data", "a passive data segment", '(data "abc")'],
    ["passive-elements", "a passive element segment", "(elem func 0)"],
    ["declarative-elements", "a declarative element segment", "(elem declare func 0)"],
    [
      "element-expressions",
      "elements as expressions",
      "(table 1 funcref) (elem (i32.const 0) funcref (ref.null func))",
    ],
    [
      "global-from-global",
      "a global that begins as another one",
      "(global i32 (i32.const 1)) (global i32 (global.get 0))",
    ],
    ["extended-constant", "a constant expression that adds", "(global i32 (i32.add (i32.const 1) (i32.const 2)))"],
    ["ref-func-global", "a global that is a reference", "(global funcref (ref.null func))"],
    ["try", "a block that catches", "(func try catch_all end)"],
    ["tag", "a tag", "(tag)"],
    ["return-call", "a tail call", "(func return_call 0)"],
    ["atomic-load", "an atomic load", "(func i32.const 0 i32.atomic.load drop)"],
  ];
  const imports: Record<string, string> = {
    "import-memory": "(memory 1 1)",
    "import-table": "(table 1 funcref)",
    "import-global": "(global i32)",
  };
  return rows.map(([id, about, fields]) => {
    const wat = id in imports ? importing(imports[id]) : environment(fields);
    return { id, about, wat, reason: "forbidden" };
  });
}

function importing(what: string): string {
  const memory = what.startsWith("(memory") ? "" : ' (memory (export "memory") 1 1)';
  const exported = memory === "" ? ' (export "memory" (memory 0))' : "";
  return `(module (import "env" "thing" ${what})${memory}${exported} (func (export "main")))`;
}

/** Modules that the assembler does not write. */
function encoded(): ModuleCase[] {
  const memory = (limits: string): Bytes => moduleWith({ memory: list([limits]) });
  const table = (type: string): Bytes => moduleWith({ table: list([type]) });
  const type = (form: string): Bytes => moduleWith({ type: list([NOTHING_TO_NOTHING], [form]) });
  const rows: readonly (readonly [id: string, about: string, code: Bytes])[] = [
    ["shared-memory", "a shared memory", memory("030101")],
    ["memory-64", "a memory of 64 bits", memory("050101")],
    ["memory-64-shared", "a shared memory of 64 bits", memory("070101")],
    ["memory-64-without-maximum", "a memory of 64 bits without a maximum", memory("0401")],
    ["table-64", "a table of 64 bits", table("70050101")],
    ["table-with-value", "a table with an initial value", table("400070000101d0700b")],
    ["table-of-a-type", "a table of references to a type", table("63000001")],
    ["array-type", "an array", type("5e7f00")],
    ["structure-type", "a structure", type("5f017f00")],
    ["subtype", "a type that may have subtypes", type("5000600000")],
    ["final-subtype", "a type that has none", type("4f00600000")],
    ["recursive-types", "types that refer to each other", type("4e01600000")],
    ["reference-parameter", "a parameter that refers to a type", type("6001640000")],
    ["import-of-tag", "an imported tag", moduleWith({ import: list([`${name("env")}${name("t")}040000`]) })],
    [
      "export-of-tag",
      "an exported tag",
      moduleWith({ tag: list(["0000"]), export: list([EXPORTED_MEMORY], [EXPORTED_MAIN], [`${name("t")}0400`]) }),
    ],
    ["tag-section", "a section of tags", moduleWith({ tag: list(["0000"]) })],
    ["empty-tag-section", "a section of no tags", moduleWith({ tag: ["00"] })],
    ["data-with-memory-index", "a data segment that names its memory", moduleWith({ data: list(["020041000b00"]) })],
    [
      "elements-with-table-index",
      "an element segment that names its table",
      moduleWith({ table: list(["700001"]), element: list(["020041000b0000"]) }),
    ],
    ...[
      ["5", "passive elements as expressions", "057001d2000b"],
      ["6", "elements as expressions of a table that is named", "060041000b7001d2000b"],
      ["7", "declarative elements as expressions", "077001d2000b"],
    ].map(([form, about, segment]): [string, string, Bytes] => [
      `elements-form-${form}`,
      about,
      moduleWith({ table: list(["700001"]), element: list([segment]) }),
    ]),
    ["block-type-by-index", "a block whose type is an index", mainWith(["0200", "0b"])],
    [
      "block-type-by-index-64",
      "a block whose type is index 64",
      mainWith(["02c000", "0b"], { type: listOf(65, NOTHING_TO_NOTHING) }),
    ],
    ["block-type-by-padded-index", "a block whose type is an index in two bytes", mainWith(["028000", "0b"])],
    ["block-type-by-long-index", "a block whose type is an index in five bytes", mainWith(["028080808000", "0b"])],
    ["table-index-1", "call_indirect through table 1", mainWith(["4100110001"], { table: list(["700001"]) })],
    [
      "table-index-1-padded",
      "call_indirect through table 1, in two bytes",
      mainWith(["4100110081", "00"], { table: list(["700001"]) }),
    ],
    ["memory-index-1", "memory.size of memory 1", mainWith(["3f011a"])],
    ["memory-index-padded", "memory.grow of memory 0, in two bytes", mainWith(["410040", "80001a"])],
    ["memory-index-of-a-load", "a load that names its memory", mainWith(["41002840", "00001a"])],
    ["memory-index-of-copy", "memory.copy from memory 1", mainWith(["410041004100fc0a0001"])],
    ["memory-index-of-fill", "memory.fill of memory 1", mainWith(["410041004100fc0b01"])],
    ["constant-empty", "a constant expression of nothing", moduleWith({ global: list(["7f000b"]) })],
    ["constant-of-two", "a constant expression of two constants", moduleWith({ global: list(["7f00410041000b"]) })],
    ["constant-nop", "a constant expression with a nop", moduleWith({ global: list(["7f000141000b"]) })],
    ["empty-start-function", "a start function in a module without code", moduleWith({ start: ["00"] })],
  ];
  return rows.map(([id, about, code]) => ({ id, about, code, reason: "forbidden" }));
}

/** Reference types by their byte. */
const REFERENCE_TYPES = [...range(0x69, 0x6f), ...range(0x71, 0x74)];

/** Types outside of the profile, as parameters and tables; and bytes that are not types of values. */
function types(): ModuleCase[] {
  const parameter = (byte: string): Bytes => moduleWith({ type: list([NOTHING_TO_NOTHING], [`6001${byte}00`]) });
  const table = (byte: string): Bytes => moduleWith({ table: list([`${byte}0001`]) });
  const all = [...[0x7d, 0x7c, 0x7b, 0x70, ...REFERENCE_TYPES].map(hex), "6370", "6470"];
  const forbidden = (id: string, about: string, code: Bytes): ModuleCase => ({ id, about, code, reason: "forbidden" });
  return [
    ...all.map((byte) => forbidden(`parameter-${byte}`, `a parameter of type 0x${byte}`, parameter(byte))),
    ...[...REFERENCE_TYPES.map(hex), "6370", "6470"].map((byte) =>
      forbidden(`table-${byte}`, `a table of type 0x${byte}`, table(byte)),
    ),
    ...["77", "78", "40", "60", "00"].map(
      (byte): ModuleCase => ({
        id: `no-type-${byte}`,
        about: `a parameter of the type 0x${byte}, which no value has`,
        code: parameter(byte),
        reason: "malformed",
      }),
    ),
  ];
}

/** Modules that look similar and are accepted. */
function allowed(): ModuleCase[] {
  const rows: readonly (readonly [id: string, about: string, code: Bytes])[] = [
    ["prefix-padded", "memory.fill under a prefix whose number has two bytes", mainWith(["410041004100fc8b0000"])],
    [
      "type-unused",
      "a function type that nothing uses",
      moduleWith({ type: list([NOTHING_TO_NOTHING], ["60017f017e"]) }),
    ],
    [
      "types-equal",
      "one type twice",
      moduleWith({ type: list([NOTHING_TO_NOTHING], [NOTHING_TO_NOTHING]), function: list(["01"]) }),
    ],
    [
      "feature-section",
      "a custom section that lists features of a tool",
      [...moduleWith(LEAST), ...custom("target_features", ["012b", name("simd128")])],
    ],
  ];
  return rows.map(([id, about, code]) => ({
    id,
    about,
    code,
    ...(id.includes("padded") ? { flags: ["padded-integer"] } : {}),
  }));
}

export async function forbiddenFiles(): Promise<VectorFile[]> {
  const requirements = ["RUNTIME-MODULE-001", "RUNTIME-MODULE-013", "RUNTIME-MODULE-020"];
  return [
    await moduleFile(
      SOURCE,
      {
        theme: "forbidden-opcodes",
        about: "Instructions of WebAssembly that the profile does not have.",
        requirements: [...requirements, "RUNTIME-MODULE-019"],
      },
      flagged(["forbidden-feature"], opcodes()),
    ),
    await moduleFile(
      SOURCE,
      {
        theme: "forbidden-types",
        about: "Types of WebAssembly that the profile does not have.",
        requirements: [...requirements, "RUNTIME-MODULE-021"],
      },
      flagged(["forbidden-feature"], types()),
    ),
    await moduleFile(
      SOURCE,
      {
        theme: "forbidden",
        about: "Features of WebAssembly that the profile does not have.",
        requirements: [...requirements, "RUNTIME-MODULE-008", "RUNTIME-MODULE-010"],
      },
      [...flagged(["forbidden-feature"], [...modules(), ...encoded()]), ...allowed()],
    ),
  ];
}
