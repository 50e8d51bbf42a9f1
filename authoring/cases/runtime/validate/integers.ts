/** LEB128 integers at every position: padded as far as the width allows, one byte longer, and with unused bits set. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Bytes, lengthOf, list, listOf, name, signed, times, unsigned, utf8 } from "./bytes.ts";
import { type ModuleCase, moduleFile } from "./cases.ts";
import {
  body,
  custom,
  END,
  EXPORTED_MAIN,
  EXPORTED_MEMORY,
  I32,
  MAGIC,
  mainWith,
  moduleWith,
  NOTHING_TO_NOTHING,
  SECTION_IDS,
  type SectionName,
  VERSION,
} from "./sections.ts";

const SOURCE = "validate/integers.ts";

type Width = "u32" | "s32" | "s64";

/** Writes the integer at the position with this name. */
type Write = (position: string, value: number, width?: Width) => string;

const plain: Write = (_, value, width = "u32") => (width === "u32" ? unsigned(value) : signed(value));

/** A module with an integer at every position, all written by `write`. */
function everyInteger(write: Write): Bytes {
  const sections: readonly [SectionName, string][] = [
    ["type", types(write)],
    ["import", imports(write)],
    ["function", write("count of functions", 2) + write("function's type", 0) + write("other function's type", 2)],
    ["table", `${write("count of tables", 1)}7001${write("table minimum", 2)}${write("table maximum", 2)}`],
    ["memory", `${write("count of memories", 1)}01${write("memory minimum", 1)}${write("memory maximum", 2)}`],
    ["global", globals(write)],
    ["export", exports(write)],
    ["element", elements(write)],
    ["datacount", write("data count", 1)],
    ["code", code(write)],
    ["data", data(write)],
  ];
  const custom = write("length of a custom section's name", 1) + utf8("x");
  return [
    MAGIC,
    VERSION,
    `00${write("length of a custom section", custom.length / 2)}${custom}`,
    ...sections.map(([key, content]) => {
      return SECTION_IDS[key] + write(`length of the ${key} section`, content.length / 2) + content;
    }),
  ];
}

function types(write: Write): string {
  const nothing = `60${write("count of parameters", 0)}${write("count of results", 0)}`;
  return `${write("count of types", 3)}${nothing}60017f0060017f017f`;
}

function imports(write: Write): string {
  const title = "useTicks";
  const names = `${write("length of an import's module", 4)}${utf8("eth2")}${write("length of an import's name", title.length)}`;
  return `${write("count of imports", 1)}${names}${utf8(title)}00${write("import's type", 1)}`;
}

function globals(write: Write): string {
  const narrow = `7f0141${write("global's i32", 7, "s32")}0b`;
  const wide = `7e0142${write("global's i64", -9, "s64")}0b`;
  return write("count of globals", 2) + narrow + wide;
}

function exports(write: Write): string {
  const memory = `${write("length of an export's name", 6)}${utf8("memory")}02${write("export's memory", 0)}`;
  const main = `${name("main")}00${write("export's function", 1)}`;
  return write("count of exports", 2) + memory + main;
}

function elements(write: Write): string {
  const head = `${write("form of an element segment", 0)}41${write("element segment's offset", 0, "s32")}0b`;
  return write("count of element segments", 1) + head + write("count of elements", 1) + write("element's function", 1);
}

function data(write: Write): string {
  const head = `${write("form of a data segment", 0)}41${write("data segment's offset", 16, "s32")}0b`;
  return `${write("count of data segments", 1)}${head}${write("length of a data segment", 3)}616263`;
}

function code(write: Write): string {
  const locals = `${write("count of groups of locals", 1)}${write("count of locals", 1)}7f`;
  const main = `${locals}${instructions(write)}${END}`;
  const other = `0020${write("parameter", 0)}${END}`;
  const length = write("length of a body", main.length / 2);
  return `${write("count of bodies", 2)}${length}${main}${unsigned(other.length / 2)}${other}`;
}

function instructions(write: Write): string {
  return [
    `02400c${write("label of br", 0)}0b`,
    `024041010d${write("label of br_if", 0)}0b`,
    `0240024041000e${write("count of targets", 1)}${write("target", 0)}${write("default target", 1)}0b0b`,
    `410110${write("function of call", 0)}`,
    `4105410011${write("type of call_indirect", 2)}${write("table of call_indirect", 0)}1a`,
    `20${write("local of get", 0)}21${write("local of set", 0)}`,
    `23${write("global of get", 0)}24${write("global of set", 0)}`,
    `410028${write("alignment", 2)}${write("offset", 5)}1a`,
    `41${write("i32 constant", -3, "s32")}1a`,
    `42${write("i64 constant", -3, "s64")}1a`,
    `410041004100fc${write("number after the prefix", 11)}00`,
  ].join("");
}

/** The longest form of a value, and two forms that a reader must reject. */
const FORMS = {
  padded: (value: number, width: Width) =>
    width === "u32" ? unsigned(value, 5) : signed(value, width === "s32" ? 5 : 10),
  longer: (value: number, width: Width) =>
    width === "u32" ? unsigned(value, 6) : signed(value, width === "s32" ? 6 : 11),
  // The last byte of the longest form has bits beyond the width: the lowest of them, or all but the sign's copy.
  unused: (value: number, width: Width) => {
    const text = FORMS.padded(value, width);
    const bit = width === "s64" ? 0x02 : 0x10;
    return text.slice(0, -2) + (Number.parseInt(text.slice(-2), 16) ^ bit).toString(16).padStart(2, "0");
  },
} as const;

function moduleWithForm(position: string, form: (value: number, width: Width) => string): Bytes {
  return everyInteger((at, value, width = "u32") => (at === position ? form(value, width) : plain(at, value, width)));
}

function allPositions(): string[] {
  const positions: string[] = [];
  everyInteger((position, value, width) => {
    positions.push(position);
    return plain(position, value, width);
  });
  return positions;
}

const idOf = (position: string): string =>
  position
    .toLowerCase()
    .replaceAll("'s", "")
    .replaceAll(/[^a-z0-9]+/g, "-");

/** The index of a table was a single byte in WebAssembly 1.0, so that a rule of its own makes it an integer. */
function requirementsOf(position: string): Pick<ModuleCase, "requirements"> {
  return position === "table of call_indirect" ? { requirements: ["RUNTIME-MODULE-024"] } : {};
}

/** Constants at the ends of their range, and the nearest invalid encodings. */
function constants(): ModuleCase[] {
  const constant = (opcode: string, hex: string): Bytes => {
    const body = `00${opcode}${hex}1a0b`;
    const content = `01${unsigned(body.length / 2)}${body}`;
    const head = `${MAGIC}${VERSION}0104016000000302010005040101010107110206${utf8("memory")}020004${utf8("main")}0000`;
    return [head, `0a${unsigned(content.length / 2)}${content}`];
  };
  const good = (id: string, about: string, opcode: string, hex: string): ModuleCase => {
    return { id, about, code: constant(opcode, hex), flags: ["padded-integer"] };
  };
  const bad = (id: string, about: string, opcode: string, hex: string): ModuleCase => {
    return { id, about, code: constant(opcode, hex), reason: "malformed", flags: ["overlong-integer"] };
  };
  return [
    good("i32-least", "−2^31", "41", "8080808078"),
    good("i32-greatest", "2^31 − 1", "41", "ffffffff07"),
    good("i32-minus-one-padded", "−1 in five bytes", "41", "ffffffff7f"),
    bad("i32-sign-not-copied", "2^31 in five bytes: bits above the sign that differ from it", "41", "8080808008"),
    bad("i32-all-but-one", "−1 in five bytes, the highest bit clear", "41", "ffffffff3f"),
    bad("i32-minus-one-as-unsigned", "2^32 − 1 unsigned", "41", "ffffffff0f"),
    good("i64-least", "−2^63", "42", "8080808080808080807f"),
    good("i64-greatest", "2^63 − 1", "42", "ffffffffffffffffff00"),
    good("i64-minus-one-padded", "−1 in ten bytes", "42", "ffffffffffffffffff7f"),
    bad(
      "i64-sign-not-copied",
      "2^63 in ten bytes: bits above the sign that differ from it",
      "42",
      "80808080808080808001",
    ),
    bad("i64-all-but-one", "−1 in ten bytes, the highest bit clear", "42", "ffffffffffffffffff3f"),
    ...["01", "06", "79", "7e"].map((last) =>
      good(`i32-fifth-byte-${last}`, `a fifth byte 0x${last}, whose upper bits copy the sign`, "41", `80808080${last}`),
    ),
    ...["0f", "10", "3f", "40", "6f", "70", "77"].map((last) =>
      bad(
        `i32-fifth-byte-${last}`,
        `a fifth byte 0x${last}, whose upper bits are not the sign's`,
        "41",
        `80808080${last}`,
      ),
    ),
    ...["02", "3f", "40", "7d", "7e"].map((last) =>
      bad(`i64-tenth-byte-${last}`, `a tenth byte 0x${last}`, "42", `${"80".repeat(9)}${last}`),
    ),
    good("offset-greatest", "an offset of 2^32 − 1", "410028", "00ffffffff0f"),
    ...["10", "1f", "40", "70", "7f"].map((last) =>
      bad(`offset-fifth-byte-${last}`, `an offset with a fifth byte 0x${last}`, "410028", `0080808080${last}`),
    ),
    bad("i32-without-end", "the last byte says that another one follows", "41", "80808080800b"),
  ];
}

/** Numbers around which an integer grows by a byte, at every position that allows them. */
function edges(): ModuleCase[] {
  const builds: readonly (readonly [id: string, what: string, build: (count: number) => Bytes])[] = [
    [
      "section-length",
      "bytes of a custom section",
      (count) => [...moduleWith({}), ...custom("x", [times("00", count - 2)])],
    ],
    ["section-name", "bytes of a custom section's name", (count) => [...moduleWith({}), ...custom("x".repeat(count))]],
    ["body-length", "bytes of a body", (count) => mainWith([times("01", count - 2)])],
    [
      "type",
      "as the type of a function",
      (count) => moduleWith({ type: listOf(count + 1, NOTHING_TO_NOTHING), function: list([unsigned(count)]) }),
    ],
    [
      "function",
      "as the function of a call",
      (count) =>
        moduleWith({
          function: listOf(count + 1, "00"),
          code: [unsigned(count + 1), ...body([`10${unsigned(count)}0b`]), times("02000b", count)],
        }),
    ],
    ["local", "as a local", (count) => mainWith([`20${unsigned(count)}1a`], {}, ["01", unsigned(count + 1), I32])],
    [
      "global",
      "as a global",
      (count) => mainWith([`23${unsigned(count)}1a`], { global: listOf(count + 1, "7f0041000b") }),
    ],
    ["label", "as a label", (count) => mainWith([times("0240", count), `0c${unsigned(count)}`, times(END, count)])],
    ["targets", "targets of a br_table", (count) => mainWith([`41000e${unsigned(count)}`, times("00", count + 1)])],
    ["offset", "as the offset of a load", (count) => mainWith([`41002800${unsigned(count)}1a`])],
    [
      "export-name",
      "bytes of an export's name",
      (count) => moduleWith({ export: list([EXPORTED_MEMORY], [EXPORTED_MAIN], [`${name("x".repeat(count))}0000`]) }),
    ],
    [
      "data-length",
      "bytes of a data segment",
      (count) => moduleWith({ data: list(["0041000b", unsigned(count), times("61", count)]) }),
    ],
    [
      "elements",
      "elements of a segment",
      (count) =>
        moduleWith({
          table: list([`7000${unsigned(count)}`]),
          element: list(["0041000b", unsigned(count), times("00", count)]),
        }),
    ],
  ];
  return builds.flatMap(([id, what, build]) =>
    [127, 128].map((count): ModuleCase => ({ id: `${id}-${count}`, about: `${count} ${what}`, code: build(count) })),
  );
}

export async function integerFiles(): Promise<VectorFile[]> {
  const positions = allPositions();
  const honest: ModuleCase = { id: "shortest", about: "every integer in its shortest form", code: everyInteger(plain) };
  const padded = positions.map((position): ModuleCase => {
    const code = moduleWithForm(position, FORMS.padded);
    return {
      ...{ id: idOf(position), about: `the ${position} in its longest form`, code },
      ...{ flags: ["padded-integer"], ...requirementsOf(position) },
    };
  });
  const refused = (suffix: "longer" | "unused", about: string): ModuleCase[] =>
    positions.map((position) => ({
      id: `${idOf(position)}-${suffix}`,
      about: `the ${position} ${about}`,
      code: moduleWithForm(position, FORMS[suffix]),
      reason: "malformed",
      flags: ["overlong-integer"],
      ...requirementsOf(position),
    }));
  const file = (theme: string, about: string, ids: readonly string[], cases: readonly ModuleCase[]) =>
    moduleFile(SOURCE, { theme, about, requirements: ids.map((id) => `RUNTIME-MODULE-${id}`) }, cases);
  if (lengthOf(honest.code ?? []) < positions.length) throw new Error("a position is not written");
  return [
    await file(
      "padded-integers",
      "An integer with leading groups that say nothing, as many as its width allows.",
      ["001", "002"],
      [honest, ...padded],
    ),
    await file(
      "overlong-integers",
      "An integer of more bytes than its width allows.",
      ["001", "013", "022"],
      refused("longer", "a byte longer"),
    ),
    await file(
      "integers-with-unused-bits",
      "An integer whose last byte has bits beyond its width that are not the sign.",
      ["001", "013", "023"],
      refused("unused", "with an unused bit set"),
    ),
    await file("integers-at-a-byte", "Numbers of seven and of eight bits.", ["001"], edges()),
    await file("constants", "Constants at the ends of their range.", ["001", "013", "002", "023"], constants()),
  ];
}
