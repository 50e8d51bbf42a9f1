/** The place of the only fault of a module, after valid parts. The offsets are sums of lengths. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { ModuleReason } from "../../../../reference/runtime/faults.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type Bytes, lengthOf, list, listOf, name, times } from "./bytes.ts";
import { environment, flagged, type ModuleCase, moduleFile } from "./cases.ts";
import { body, type Contents, END, EXPORTED_MEMORY, I32, moduleWith, NOTHING_TO_NOTHING } from "./sections.ts";

const SOURCE = "validate/places.ts";

/** A faulty instruction, and the code of the body before and after it. */
interface Fault {
  readonly id: string;
  readonly about: string;
  readonly reason: ModuleReason;
  readonly before: Bytes;
  readonly fault: string;
  readonly after?: Bytes;
  /** Of the function, as bytes; () → () if left out. */
  readonly type?: string;
  readonly changed?: Contents;
}

/** Function 1 has the fault, and function 0 is an empty `main`. The code is the last section. */
function inBody({ id, about, reason, before, fault, after = [], type, changed = {} }: Fault): ModuleCase {
  const rest = [fault, ...after];
  const code = moduleWith({
    type: list([NOTHING_TO_NOTHING], [type ?? NOTHING_TO_NOTHING]),
    function: list(["00"], ["01"]),
    ...changed,
    code: list(body([END]), body([...before, ...rest])),
  });
  const details = { section: "code", offset: lengthOf(code) - lengthOf(rest), function: 1 };
  return { id, about, code, reason, details };
}

const GIVES_I32 = `600001${I32}`;

const ILL_TYPED: readonly Omit<Fault, "reason">[] = [
  { id: "operand-missing", about: "an operand too few", before: ["014100"], fault: "6a", after: ["1a", END] },
  { id: "operand-of-another-type", about: "an i64 for an i32", before: ["014200"], fault: "45", after: ["1a", END] },
  { id: "drop-of-nothing", about: "nothing to drop", before: ["01"], fault: "1a", after: [END] },
  {
    id: "select-of-two-types",
    about: "select of an i32 and an i64",
    before: ["410042004100"],
    fault: "1b",
    after: ["1a", END],
  },
  { id: "value-left-in-block", about: "a block with a value left", before: ["0102404100"], fault: END, after: [END] },
  { id: "value-left-in-body", about: "a body with a value left", before: ["014100"], fault: END },
  { id: "value-missing-in-body", about: "a body without its value", before: ["01"], fault: END, type: GIVES_I32 },
  {
    id: "value-left-before-else",
    about: "a value left before else",
    before: ["410004404100"],
    fault: "05",
    after: [END, END],
  },
  { id: "label-of-br", about: "br to a label that is not there", before: ["01"], fault: "0c02", after: [END] },
  { id: "label-of-br-if", about: "br_if to a label that is not there", before: ["4100"], fault: "0d02", after: [END] },
  {
    id: "label-of-br-table",
    about: "br_table to a label that is not there",
    before: ["4100"],
    fault: "0e02000200",
    after: [END],
  },
  { id: "value-of-br", about: "br without its value", before: ["01027f"], fault: "0c00", after: [END, "1a", END] },
  {
    id: "value-of-br-if",
    about: "br_if without its value",
    before: ["01027f4100"],
    fault: "0d00",
    after: [END, "1a", END],
  },
  {
    id: "value-of-return",
    about: "return without its value",
    before: ["01"],
    fault: "0f",
    after: [END],
    type: GIVES_I32,
  },
  { id: "condition-missing", about: "an if without its condition", before: ["01"], fault: "0440", after: [END, END] },
  {
    id: "function-missing",
    about: "a call of a function that is not there",
    before: ["01"],
    fault: "1002",
    after: [END],
  },
  { id: "table-missing", about: "call_indirect and no table", before: ["4100"], fault: "110000", after: [END] },
  {
    id: "type-missing",
    about: "call_indirect of a type that is not there",
    before: ["4100"],
    fault: "110200",
    after: [END],
    changed: { table: list(["700001"]) },
  },
  { id: "local-missing", about: "a local that is not there", before: ["01"], fault: "2000", after: ["1a", END] },
  { id: "global-missing", about: "a global that is not there", before: ["01"], fault: "2300", after: ["1a", END] },
  {
    id: "global-immutable",
    about: "a global that does not change, set",
    before: ["4100"],
    fault: "2400",
    after: [END],
    changed: { global: list(["7f0041000b"]) },
  },
  { id: "alignment", about: "an alignment of 8 of 4 bytes", before: ["4100"], fault: "280300", after: ["1a", END] },
];

const OTHERS: readonly Fault[] = [
  { id: "opcode-unknown", about: "no instruction", reason: "malformed", before: ["01"], fault: "27", after: [END] },
  {
    id: "else-outside",
    about: "else outside of an if",
    reason: "malformed",
    before: ["01"],
    fault: "05",
    after: [END],
  },
  { id: "after-the-body", about: "a byte after the last end", reason: "malformed", before: ["01", END], fault: "01" },
  {
    id: "float",
    about: "a constant of type f32",
    reason: "forbidden",
    before: ["01"],
    fault: "4300000000",
    after: ["1a", END],
  },
  {
    id: "passive-segment",
    about: "data.drop, an opcode with a prefix",
    reason: "forbidden",
    before: ["01"],
    fault: "fc0900",
    after: [END],
  },
  {
    id: "block-type-by-index",
    about: "a block whose type is an index",
    reason: "forbidden",
    before: ["01"],
    fault: "0201",
    after: [END, END],
  },
  {
    id: "memory-index",
    about: "memory.size of memory 1",
    reason: "forbidden",
    before: ["01"],
    fault: "3f01",
    after: ["1a", END],
  },
  {
    id: "memory-index-of-a-load",
    about: "a load that names its memory",
    reason: "forbidden",
    before: ["4100"],
    fault: "28400000",
    after: ["1a", END],
  },
  {
    id: "memory-index-of-copy",
    about: "memory.copy, its second memory by number",
    reason: "forbidden",
    before: ["410041004100"],
    fault: "fc0a0001",
    after: [END],
  },
  {
    id: "targets-beyond",
    about: "a br_table of 1025 targets",
    reason: "limit",
    before: ["4100"],
    fault: `0e8108${"00".repeat(1026)}`,
    after: [END],
  },
  {
    id: "loop-beyond",
    about: "the 513th loop",
    reason: "limit",
    before: [times("03400b", 512)],
    fault: "0340",
    after: [END, END],
  },
  {
    id: "block-beyond",
    about: "the 257th block within each other, the body counted",
    reason: "limit",
    before: [times("0240", 255)],
    fault: "0240",
    after: [times(END, 257)],
  },
  {
    id: "operand-beyond",
    about: "the 129th operand",
    reason: "limit",
    before: [times("4100", 128)],
    fault: "4100",
    after: [times("1a", 129), END],
  },
  {
    id: "charge-point-beyond",
    about: "the end of the 4097th block that costs something",
    reason: "limit",
    before: [times("1000", 4096)],
    fault: "1000",
    after: [END],
  },
];

/** Functions that exceed a bound. The offset depends on how a reader counts, so only the function is expected. */
function functions(): ModuleCase[] {
  const inFunction = (index: number): JsonObject => ({ section: "code", function: index });
  const twoBodies = (second: Bytes): Bytes =>
    moduleWith({ function: list(["00"], ["00"]), code: list(body([END]), second) });
  const many = (count: number, one: Bytes, last: Bytes): Bytes =>
    moduleWith({
      function: listOf(count + 2, "00"),
      code: list(body([END]), ...Array.from({ length: count }, () => one), last),
    });
  const limit = (id: string, about: string, code: Bytes, index: number): ModuleCase => {
    return { id, about, code, reason: "limit", details: inFunction(index) };
  };
  return [
    limit("locals-beyond", "257 locals of the second function", twoBodies(body([END], ["01", "8102", I32])), 1),
    limit("body-beyond", "65 537 bytes of the second body", twoBodies(body([times("01", 65_535), END])), 1),
    limit(
      "loops-in-all-beyond",
      "the 8193rd loop of all, in the last function",
      many(16, body([times("03400b", 512), END]), body(["03400b", END])),
      17,
    ),
    limit(
      "locals-in-all-beyond",
      "the 65 537th local of all, in the last function",
      many(256, body([END], ["01", "8002", I32]), body([END], ["01", "01", I32])),
      257,
    ),
    {
      id: "imported-counted",
      about: "an ill-typed function after an imported one",
      wat: `(module (import "eth2" "useTicks" (func (param i32))) (memory (export "memory") 1 1) (func (export "main")) (func drop))`,
      reason: "type",
      details: inFunction(2),
    },
  ];
}

/** Faults outside of bodies: the second of several imports, exports or segments, or only the section. */
function definitions(): ModuleCase[] {
  const at = (section: string, offset: number): JsonObject => ({ section, offset });
  const [memory, table] = [{ section: "memory" }, { section: "table" }];
  return [
    {
      id: "second-import",
      about: "the second import is not offered",
      wat: `(module (import "eth2" "useTicks" (func (param i32))) (import "eth2" "nothing" (func)) (memory (export "memory") 1 1) (func (export "main")))`,
      reason: "import",
      details: at("import", 37),
    },
    {
      id: "second-import-of-memory",
      about: "the second import is a memory",
      wat: `(module (import "eth2" "useTicks" (func (param i32))) (import "env" "memory" (memory 1 1)) (func (export "main")))`,
      reason: "forbidden",
      details: at("import", 37),
    },
    {
      id: "second-import-of-no-type",
      about: "the second import is of a type that is not there",
      code: moduleWith({
        type: list([NOTHING_TO_NOTHING], ["60017f00"]),
        import: list([`${name("eth2")}${name("useTicks")}0001`], [`${name("eth2")}${name("useTicks")}0002`]),
        export: list([EXPORTED_MEMORY], [`${name("main")}0002`]),
      }),
      reason: "type",
      details: at("import", 37),
    },
    {
      id: "second-function-of-no-type",
      about: "the second function is of a type that is not there",
      code: moduleWith({ function: list(["00"], ["01"]), code: list(body([END]), body([END])) }),
      reason: "type",
      details: { section: "function" },
    },
    {
      id: "second-data",
      about: "the second data segment lies beyond",
      wat: environment('(data (i32.const 0) "a") (data (i32.const 65536) "b")'),
      reason: "segment",
      details: at("data", 58),
    },
    {
      id: "second-elements",
      about: "the second segment of elements lies beyond",
      wat: environment("(table 1 funcref) (elem (i32.const 0) 0) (elem (i32.const 1) 0)"),
      reason: "segment",
      details: at("element", 58),
    },
    {
      id: "second-element-missing",
      about: "the second segment names a function that is not there",
      wat: environment("(table 1 funcref) (elem (i32.const 0) 0) (elem (i32.const 0) 1)"),
      reason: "type",
      details: at("element", 58),
    },
    {
      id: "third-export",
      about: "the third export repeats the second",
      wat: environment('(export "main" (func 0))'),
      reason: "export",
      details: at("export", 43),
    },
    {
      id: "third-export-missing",
      about: "the third export is of a function that is not there",
      wat: environment('(export "other" (func 1))'),
      reason: "type",
      details: at("export", 43),
    },
    {
      id: "third-export-own",
      about: "the third export begins like the instrumentation's",
      wat: environment('(export "proofhouse.x" (func 0))'),
      reason: "export",
      details: at("export", 43),
    },
    {
      id: "memory-beyond",
      about: "a memory of too many pages",
      wat: '(module (memory (export "memory") 1 1025) (func (export "main")))',
      reason: "limit",
      details: memory,
    },
    {
      id: "memory-without-maximum",
      about: "a memory that states no maximum",
      wat: '(module (memory (export "memory") 1) (func (export "main")))',
      reason: "limit",
      details: memory,
    },
    {
      id: "table-beyond",
      about: "a table of too many elements",
      wat: environment("(table 4097 funcref)"),
      reason: "limit",
      details: table,
    },
    {
      id: "global-of-another-type",
      about: "a global of type i32 that begins as an i64",
      wat: environment("(global i32 (i64.const 0))"),
      reason: "type",
      details: { section: "global" },
    },
  ];
}

export async function placeFiles(): Promise<VectorFile[]> {
  const cases = [
    ...ILL_TYPED.map((fault) => inBody({ ...fault, reason: "type" })),
    ...OTHERS.map(inBody),
    ...functions(),
    ...definitions(),
  ];
  const text = {
    theme: "places",
    about: "Where the one fault of a module lies.",
    requirements: ["001", "013", "014", "015", "016", "017", "030"].map((id) => `RUNTIME-MODULE-${id}`),
  };
  return [await moduleFile(SOURCE, text, flagged(["bad-definition"], cases))];
}
