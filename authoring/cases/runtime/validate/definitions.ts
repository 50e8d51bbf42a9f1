/** Imports, exports, table, memory, globals and segments. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { environment, flagged, type ModuleCase, moduleFile } from "./cases.ts";

const SOURCE = "validate/definitions.ts";

export const MEMORY = '(memory (export "memory") 1 1)';
export const MAIN = '(func (export "main"))';

type Reason = NonNullable<ModuleCase["reason"]>;
export type Row = readonly [id: string, about: string, wat: string, reason?: Reason];

export function toCase([id, about, wat, reason]: Row): ModuleCase {
  return { id, about, wat, ...(reason === undefined ? {} : { reason }) };
}

export const importing = (what: string): string => `(module (import ${what}) ${MEMORY} ${MAIN})`;

const IMPORTS: readonly Row[] = [
  ["eth2", "a function of eth2", importing('"eth2" "loadPreStateRoot" (func (param i32))')],
  ["env-eth2", "the same under its older name", importing('"env" "eth2_loadPreStateRoot" (func (param i32))')],
  [
    "both-names",
    "both names in one module",
    `(module (import "eth2" "useTicks" (func (param i32))) (import "env" "eth2_useTicks" (func (param i32))) ${MEMORY} ${MAIN})`,
  ],
  [
    "one-twice",
    "one function imported twice",
    `(module (import "eth2" "useTicks" (func (param i32))) (import "eth2" "useTicks" (func (param i32))) ${MEMORY} ${MAIN})`,
  ],
  ["with-result", "a function with a result", importing('"eth2" "blockDataSize" (func (result i32))')],
  [
    "many-parameters",
    "a function of seven parameters",
    importing('"eth2" "callModule" (func (param i32 i32 i32 i32 i32 i32 i32) (result i32))'),
  ],
  ["with-i64", "a function that takes an i64", importing('"debug" "print64" (func (param i64))')],
  ["of-scout", "a name of Scout's", importing('"env" "bignum_add256" (func (param i32 i32 i32))')],
  [
    "of-scout-with-result",
    "a name of Scout's with the result of another function",
    importing('"env" "bignum_add256" (func (param i32 i32 i32) (result i32))'),
    "import",
  ],
  [
    "add-without-result",
    "a name with the signature of Scout's function",
    importing('"bignum" "add256" (func (param i32 i32 i32))'),
    "import",
  ],
  [
    "unknown-module",
    "a module that no host has",
    importing('"wasi_snapshot_preview1" "proc_exit" (func (param i32))'),
    "import",
  ],
  ["unknown-name", "a name that no module has", importing('"eth2" "loadPostStateRoot" (func (param i32))'), "import"],
  ["empty-names", "empty names", importing('"" "" (func)'), "import"],
  ["name-in-capitals", "a name in other capitals", importing('"eth2" "loadprestateroot" (func (param i32))'), "import"],
  ["name-with-space", "a name with a space behind it", importing('"eth2" "useTicks " (func (param i32))'), "import"],
  ["name-across-the-dot", "a dot in another place", importing('"eth2.use" "Ticks" (func (param i32))'), "import"],
  [
    "name-with-the-module",
    "the module in the name as well",
    importing('"eth2" "eth2_useTicks" (func (param i32))'),
    "import",
  ],
  ["module-alone", "the older name under the newer module", importing('"env" "useTicks" (func (param i32))'), "import"],
  [
    "own-module",
    "a module of the instrumentation's name",
    importing('"proofhouse" "gas" (func (param i64))'),
    "import",
  ],
  ["parameter-missing", "a parameter too few", importing('"eth2" "useTicks" (func)'), "import"],
  ["parameter-more", "a parameter too many", importing('"eth2" "useTicks" (func (param i32 i32))'), "import"],
  ["parameter-i64", "a parameter of another type", importing('"eth2" "useTicks" (func (param i64))'), "import"],
  ["result-missing", "without the result", importing('"eth2" "blockDataSize" (func)'), "import"],
  [
    "result-more",
    "a result that there is not",
    importing('"eth2" "useTicks" (func (param i32) (result i32))'),
    "import",
  ],
  ["result-i64", "a result of another type", importing('"eth2" "blockDataSize" (func (result i64))'), "import"],
  [
    "second-unknown",
    "a good import and one that there is not",
    `(module (import "eth2" "useTicks" (func (param i32))) (import "eth2" "tick" (func)) ${MEMORY} ${MAIN})`,
    "import",
  ],
  [
    "child-function",
    "what only children may import",
    importing('"eth2" "call" (func (param i32 i32 i32 i32 i32 i32) (result i32))'),
    "import",
  ],
];

const EXPORTS: readonly Row[] = [
  [
    "everything",
    "every kind of thing exported",
    `(module ${MEMORY} ${MAIN} (table (export "t") 1 funcref) (global (export "g") i32 (i32.const 0)) (func (export "f") (param i64) (result i64) local.get 0))`,
  ],
  ["mutable-global", "a global that changes", environment('(global (export "g") (mut i64) (i64.const 0))')],
  [
    "one-under-two-names",
    "main under another name as well",
    `(module ${MEMORY} (func (export "main") (export "again")))`,
  ],
  [
    "memory-under-two-names",
    "the memory under another name as well",
    `(module (memory (export "memory") (export "mem") 1 1) ${MAIN})`,
  ],
  [
    "imported",
    "an imported function exported again",
    `(module (import "eth2" "useTicks" (func (param i32))) (export "ticks" (func 0)) ${MEMORY} ${MAIN})`,
  ],
  [
    "name-close-to-own",
    "a name that only looks like the instrumentation's",
    environment('(func (export "proofhouse")) (func (export "Proofhouse.gas"))'),
  ],
  ["twice", "one name twice", `(module ${MEMORY} ${MAIN} (func (export "f")) (func (export "f")))`, "export"],
  [
    "twice-of-two-kinds",
    "one name for a function and a global",
    `(module ${MEMORY} ${MAIN} (func (export "f")) (global (export "f") i32 (i32.const 0)))`,
    "export",
  ],
  ["main-twice", "two functions called main", `(module ${MEMORY} ${MAIN} ${MAIN})`, "export"],
  [
    "own-gas",
    "the instrumentation's counter of gas",
    environment('(global (export "proofhouse.gas") (mut i64) (i64.const 0))'),
    "export",
  ],
  [
    "own-any",
    "any name that begins like the instrumentation's",
    environment('(func (export "proofhouse."))'),
    "export",
  ],
  ["no-memory", "no memory at all", `(module ${MAIN})`, "export"],
  ["memory-not-exported", "a memory that is not exported", `(module (memory 1 1) ${MAIN})`, "export"],
  [
    "memory-under-another-name",
    "a memory under another name",
    `(module (memory (export "mem") 1 1) ${MAIN})`,
    "export",
  ],
  [
    "memory-is-a-function",
    "a function called memory",
    `(module (memory 1 1) (func (export "memory")) ${MAIN})`,
    "export",
  ],
  ["no-main", "no main", `(module ${MEMORY})`, "export"],
  ["main-not-exported", "a main that is not exported", `(module ${MEMORY} (func $main))`, "export"],
  ["main-in-capitals", "a main in other capitals", `(module ${MEMORY} (func (export "Main")))`, "export"],
  [
    "main-is-a-global",
    "a global called main",
    `(module ${MEMORY} (global (export "main") i32 (i32.const 0)))`,
    "export",
  ],
  ["main-with-parameter", "a main with a parameter", `(module ${MEMORY} (func (export "main") (param i32)))`, "export"],
  [
    "main-with-result",
    "a main with a result",
    `(module ${MEMORY} (func (export "main") (result i32) i32.const 0))`,
    "export",
  ],
  [
    "function-missing",
    "an export of a function that is not there",
    `(module ${MEMORY} ${MAIN} (export "f" (func 1)))`,
    "type",
  ],
  [
    "table-missing",
    "an export of a table that is not there",
    `(module ${MEMORY} ${MAIN} (export "t" (table 0)))`,
    "type",
  ],
  [
    "global-missing",
    "an export of a global that is not there",
    `(module ${MEMORY} ${MAIN} (export "g" (global 0)))`,
    "type",
  ],
  [
    "second-table-missing",
    "an export of a second table",
    `(module ${MEMORY} ${MAIN} (table 1 funcref) (export "t" (table 1)))`,
    "type",
  ],
  [
    "no-memory-exported",
    "an export of a memory that is not there",
    `(module ${MAIN} (export "memory" (memory 0)))`,
    "type",
  ],
  ["memory-missing", "an export of a second memory", `(module ${MEMORY} ${MAIN} (export "m" (memory 1)))`, "type"],
];

const memory = (limits: string, fields = ""): string =>
  `(module (memory (export "memory") ${limits}) ${MAIN} ${fields})`;

const CONTAINERS: readonly Row[] = [
  ["memory-of-none", "a memory of no pages", memory("0 0")],
  ["memory-that-grows", "a memory that may grow", memory("0 1024")],
  ["table-of-none", "a table of no elements", memory("1 1", "(table 0 funcref)")],
  ["table-with-maximum", "a table with the greatest maximum", memory("1 1", "(table 1 4294967295 funcref)")],
  ["no-table", "no table", memory("1 1")],
  [
    "globals",
    "globals of both types, that change and that do not",
    environment(
      "(global i32 (i32.const -1)) (global (mut i32) (i32.const 2147483647)) (global i64 (i64.const -9223372036854775808)) (global (mut i64) (i64.const 1))",
    ),
  ],
  ["memory-without-maximum", "a memory that states no maximum", memory("1"), "limit"],
  ["memory-minimum-above", "a minimum above the maximum", memory("2 1"), "limit"],
  ["table-minimum-above", "a minimum above the maximum", memory("1 1", "(table 2 1 funcref)"), "limit"],
  [
    "global-of-another-type",
    "a global of type i32 that begins as an i64",
    environment("(global i32 (i64.const 0))"),
    "type",
  ],
  [
    "global-i64-of-i32",
    "a global of type i64 that begins as an i32",
    environment("(global i64 (i32.const 0))"),
    "type",
  ],
];

const PAGE = 65_536;

const SEGMENTS: readonly Row[] = [
  ["data-to-the-end", "data up to the last byte", environment(`(data (i32.const ${PAGE - 3}) "abc")`)],
  ["data-of-none-at-the-end", "no data, at the end of the memory", environment(`(data (i32.const ${PAGE}) "")`)],
  ["data-of-none-in-no-memory", "no data in a memory of no pages", memory("0 1", '(data (i32.const 0) "")')],
  ["data-overlapping", "data over other data", environment('(data (i32.const 0) "abc") (data (i32.const 1) "xyz")')],
  ["data-out-of-order", "data before other data", environment('(data (i32.const 9) "abc") (data (i32.const 1) "xyz")')],
  ["elements-to-the-end", "elements up to the last one", environment("(table 3 funcref) (elem (i32.const 1) 0 0)")],
  [
    "elements-of-none-at-the-end",
    "no elements, at the end of the table",
    environment("(table 3 funcref) (elem (i32.const 3))"),
  ],
  [
    "elements-imported",
    "an imported function as an element",
    `(module (import "eth2" "useTicks" (func (param i32))) ${MEMORY} ${MAIN} (table 1 funcref) (elem (i32.const 0) 0))`,
  ],
  ["data-beyond", "data one byte beyond the memory", environment(`(data (i32.const ${PAGE - 2}) "abc")`), "segment"],
  [
    "data-of-none-beyond",
    "no data, one byte beyond the end",
    environment(`(data (i32.const ${PAGE + 1}) "")`),
    "segment",
  ],
  [
    "data-beyond-the-minimum",
    "data that only a grown memory holds",
    memory("1 2", `(data (i32.const ${PAGE}) "a")`),
    "segment",
  ],
  ["data-in-no-memory", "data in a memory of no pages", memory("0 1", '(data (i32.const 0) "a")'), "segment"],
  ["data-at-minus-one", "an offset of −1, which is 2^32 − 1", environment('(data (i32.const -1) "a")'), "segment"],
  ["data-of-none-at-minus-one", "no data at 2^32 − 1", environment('(data (i32.const -1) "")'), "segment"],
  ["data-at-2-31", "an offset of 2^31", environment('(data (i32.const 0x80000000) "a")'), "segment"],
  ["data-of-none-at-2-31", "no data at 2^31", environment('(data (i32.const 0x80000000) "")'), "segment"],
  ["data-that-wraps", "offset and length that make 2^32", environment('(data (i32.const -3) "abc")'), "segment"],
  [
    "second-data-beyond",
    "a good segment and one beyond the memory",
    environment(`(data (i32.const 0) "a") (data (i32.const ${PAGE}) "a")`),
    "segment",
  ],
  [
    "elements-beyond",
    "an element beyond the table",
    environment("(table 3 funcref) (elem (i32.const 2) 0 0)"),
    "segment",
  ],
  [
    "elements-beyond-the-minimum",
    "an element that only a grown table holds",
    environment("(table 1 9 funcref) (elem (i32.const 1) 0)"),
    "segment",
  ],
  [
    "elements-of-none-beyond",
    "no elements beyond the end",
    environment("(table 3 funcref) (elem (i32.const 4))"),
    "segment",
  ],
  [
    "elements-at-2-31",
    "an offset of 2^31",
    environment("(table 3 funcref) (elem (i32.const 0x80000000) 0)"),
    "segment",
  ],
  ["elements-at-minus-one", "an offset of −1", environment("(table 3 funcref) (elem (i32.const -1) 0)"), "segment"],
  [
    "elements-that-wrap",
    "offset and number that make 2^32",
    environment("(table 3 funcref) (elem (i32.const -2) 0 0)"),
    "segment",
  ],
  ["elements-without-table", "elements and no table", environment("(elem (i32.const 0) 0)"), "segment"],
  ["element-missing", "a function that is not there", environment("(table 1 funcref) (elem (i32.const 0) 1)"), "type"],
  ["data-offset-i64", "an offset of 64 bits", environment('(data (i64.const 0) "a")'), "type"],
  ["elements-offset-i64", "an offset of 64 bits", environment("(table 1 funcref) (elem (i64.const 0) 0)"), "type"],
];

/** A file whose rejected cases have the flag of definitions. */
export function definitionFile(
  source: string,
  { theme, about, ids }: { readonly theme: string; readonly about: string; readonly ids: readonly string[] },
  cases: readonly ModuleCase[],
): Promise<VectorFile> {
  return moduleFile(source, { theme, about, requirements: ids.map((id) => `RUNTIME-MODULE-${id}`) }, [
    ...cases.filter(({ reason }) => reason === undefined),
    ...flagged(
      ["bad-definition"],
      cases.filter(({ reason }) => reason !== undefined),
    ),
  ]);
}

export async function definitionFiles(): Promise<VectorFile[]> {
  const file = (theme: string, about: string, ids: readonly string[], cases: readonly ModuleCase[]) =>
    definitionFile(SOURCE, { theme, about, ids }, cases);
  return [
    await file("imports", "What a module may import.", ["001", "013", "041"], IMPORTS.map(toCase)),
    await file(
      "exports",
      "What a module must and must not export.",
      ["001", "013", "030", "008", "032", "033", "034", "035", "036"],
      EXPORTS.map(toCase),
    ),
    await file("memory-and-table", "Memory, table and globals.", ["001", "013", "007", "031"], CONTAINERS.map(toCase)),
    await file(
      "segments",
      "Segments within and beyond the table and the memory.",
      ["001", "013", "030", "009", "038", "039"],
      SEGMENTS.map(toCase),
    ),
  ];
}
