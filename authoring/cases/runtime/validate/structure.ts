/** Sections: their order, wrong lengths and counts, custom sections. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Bytes, lengthOf, list, name, sized, times, unsigned, utf8 } from "./bytes.ts";
import { flagged, type ModuleCase, moduleFile } from "./cases.ts";
import {
  body,
  custom,
  END,
  EXPORTED_MAIN,
  EXPORTED_MEMORY,
  LEAST,
  MAGIC,
  mainWith,
  moduleWith,
  NOTHING_TO_NOTHING,
  ONE_PAGE,
  SECTION_IDS,
  type SectionName,
  section,
  VERSION,
} from "./sections.ts";

const SOURCE = "validate/structure.ts";

const flat = (bytes: Bytes): string =>
  bytes.map((piece) => (typeof piece === "string" ? piece : piece.bytes.repeat(piece.count))).join("");

export const malformed = (id: string, about: string, code: Bytes): ModuleCase => ({
  id,
  about,
  code,
  reason: "malformed",
});
const good = (id: string, about: string, code: Bytes): ModuleCase => ({ id, about, code });

/** One of every section of the profile, each with content. */
const FULL: Record<Exclude<SectionName, "tag" | "start">, Bytes> = {
  type: list([NOTHING_TO_NOTHING]),
  import: list([`${name("eth2")}${name("useTicks")}0001`]),
  function: list(["00"]),
  table: list(["70010101"]),
  memory: list([ONE_PAGE]),
  global: list(["7f0041000b"]),
  export: list([EXPORTED_MEMORY], [`${name("main")}0001`]),
  element: list(["0041000b0101"]),
  datacount: ["01"],
  code: list(body([END])),
  data: list(["0041000b03616263"]),
};
FULL.type = list([NOTHING_TO_NOTHING], ["60017f00"]);

const FULL_NAMES = Object.keys(FULL) as (keyof typeof FULL)[];

const sectionsOf = (names: readonly (keyof typeof FULL)[]): Bytes =>
  names.flatMap((key) => section(SECTION_IDS[key], FULL[key]));

function headers(): ModuleCase[] {
  const least = flat(moduleWith({}));
  const rest = least.slice(16);
  return [
    malformed("empty", "no bytes at all", []),
    malformed("magic-alone", "the magic number and no version", [MAGIC]),
    malformed("version-cut", "a version of three bytes", [MAGIC, "010000"]),
    malformed("magic-in-capitals", "another magic number", ["0041534d", VERSION, rest]),
    malformed("magic-backwards", "the magic number backwards", ["6d736100", VERSION, rest]),
    malformed("version-0", "version 0", [MAGIC, "00000000", rest]),
    malformed("version-2", "version 2", [MAGIC, "02000000", rest]),
    malformed("version-of-components", "a component: version 13, layer 1", [MAGIC, "0d000100", rest]),
    malformed("version-big-endian", "version 1 as a big-endian number", [MAGIC, "00000001", rest]),
    malformed("byte-before", "a zero byte before the magic number", ["00", least]),
  ];
}

/** Every pair of neighbouring sections exchanged, and every section twice. */
function orders(): ModuleCase[] {
  const swapped = FULL_NAMES.slice(1).map((key, index): ModuleCase => {
    const before = FULL_NAMES[index];
    const names = FULL_NAMES.map((one) => (one === key ? before : one === before ? key : one));
    return malformed(`${key}-before-${before}`, `the ${key} section before the ${before} section`, [
      MAGIC,
      VERSION,
      ...sectionsOf(names),
    ]);
  });
  const twice = FULL_NAMES.map((key): ModuleCase => {
    const names = FULL_NAMES.flatMap((one) => (one === key ? [one, one] : [one]));
    return malformed(`${key}-twice`, `the ${key} section twice`, [MAGIC, VERSION, ...sectionsOf(names)]);
  });
  const unknown = ["0e", "0f", "7f", "80", "ff"].map((id) =>
    malformed(`unknown-section-${id}`, `a section with the id 0x${id}`, [...moduleWith({}), id, "0100"]),
  );
  return [
    ...swapped,
    ...twice,
    malformed("datacount-by-id", "the data count in the order of the ids, at the end", [
      MAGIC,
      VERSION,
      ...sectionsOf([...FULL_NAMES.filter((key) => key !== "datacount"), "datacount"]),
    ]),
    malformed("type-apart-twice", "a second type section at the end", [
      MAGIC,
      VERSION,
      ...sectionsOf([...FULL_NAMES, "type"]),
    ]),
    ...unknown,
  ];
}

/** Every section one byte too short and too long, with a right and a wrong length. */
function lengths(): ModuleCase[] {
  const around = (key: keyof typeof FULL, replaced: Bytes): Bytes => {
    const at = FULL_NAMES.indexOf(key);
    return [
      MAGIC,
      VERSION,
      ...sectionsOf(FULL_NAMES.slice(0, at)),
      ...replaced,
      ...sectionsOf(FULL_NAMES.slice(at + 1)),
    ];
  };
  return FULL_NAMES.flatMap((key): ModuleCase[] => {
    const id = SECTION_IDS[key];
    const content = flat(FULL[key]);
    const length = content.length / 2;
    const last = FULL_NAMES.indexOf(key) === FULL_NAMES.length - 1;
    return [
      malformed(
        `${key}-byte-left`,
        `a byte after what the ${key} section counts`,
        around(key, section(id, [content, "00"])),
      ),
      malformed(
        `${key}-byte-missing`,
        `the ${key} section without its last byte`,
        around(key, section(id, [content.slice(0, -2)])),
      ),
      malformed(`${key}-empty`, `a ${key} section of no bytes`, around(key, [id, "00"])),
      malformed(
        `${key}-length-too-long`,
        `a length of the ${key} section that reaches ${last ? "beyond the module" : "into the next section"}`,
        around(key, [id, unsigned(length + 1), content]),
      ),
      malformed(
        `${key}-length-beyond`,
        `a length of the ${key} section of 2^32 − 1`,
        around(key, [id, unsigned(2 ** 32 - 1), content]),
      ),
      malformed(`${key}-cut`, `the module ends in the ${key} section`, [
        MAGIC,
        VERSION,
        ...sectionsOf(FULL_NAMES.slice(0, FULL_NAMES.indexOf(key))),
        id,
        unsigned(length),
        content.slice(0, -2),
      ]),
    ];
  });
}

/** Wrong counts, and other malformed contents of sections. */
function counts(): ModuleCase[] {
  const huge = unsigned(2 ** 32 - 1);
  const keys = FULL_NAMES.filter((key) => key !== "datacount");
  const withCount = (key: (typeof keys)[number], count: string): Bytes => {
    const content = flat(FULL[key]).slice(2);
    return [
      MAGIC,
      VERSION,
      ...FULL_NAMES.flatMap((one) => section(SECTION_IDS[one], one === key ? [count, content] : FULL[one])),
    ];
  };
  return [
    ...keys.flatMap((key) => [
      malformed(`${key}-count-huge`, `2^32 − 1 items in a ${key} section`, withCount(key, huge)),
      {
        ...malformed(
          `${key}-count-one-more`,
          `one item more than the ${key} section has`,
          withCount(key, unsigned(Number.parseInt(flat(FULL[key]).slice(0, 2), 16) + 1)),
        ),
        // A reader may report the count of two, which is forbidden.
        ...(key === "table" || key === "memory" ? { reason: "any" as const } : {}),
      },
      malformed(
        `${key}-count-one-less`,
        `one item less than the ${key} section has`,
        withCount(key, unsigned(Number.parseInt(flat(FULL[key]).slice(0, 2), 16) - 1)),
      ),
    ]),
    malformed("parameters-huge", "2^32 − 1 parameters", moduleWith({ type: ["0160", huge, "00"] })),
    malformed("results-huge", "2^32 − 1 results", moduleWith({ type: ["016000", huge] })),
    malformed("elements-huge", "2^32 − 1 elements", moduleWith({ ...FULL, element: ["010041000b", huge, "01"] })),
    malformed("data-huge", "2^32 − 1 bytes of data", moduleWith({ ...FULL, data: ["010041000b", huge, "616263"] })),
    malformed("groups-huge", "2^32 − 1 groups of locals", moduleWith({ code: list(sized([huge, END])) })),
    malformed("targets-huge", "2^32 − 1 targets", mainWith(["41000e", huge, "00"])),
    malformed("body-length-beyond", "a body longer than the section", moduleWith({ code: ["01", "7f", "000b"] })),
    malformed("body-length-huge", "a body of 2^32 − 1 bytes", moduleWith({ code: ["01", huge, "000b"] })),
    malformed("body-length-zero", "a body of no bytes", moduleWith({ code: ["0100"] })),
    malformed(
      "export-name-huge",
      "a name of 2^32 − 1 bytes",
      moduleWith({ export: ["01", huge, utf8("memory"), "0200"] }),
    ),
    malformed("functions-without-code", "a function section and no code section", [
      MAGIC,
      VERSION,
      ...(["type", "function", "memory", "export"] as const).flatMap((key) =>
        section(SECTION_IDS[key], LEAST[key] ?? []),
      ),
    ]),
    malformed("code-without-functions", "a code section and no function section", [
      MAGIC,
      VERSION,
      ...(["type", "memory", "export", "code"] as const).flatMap((key) => section(SECTION_IDS[key], LEAST[key] ?? [])),
    ]),
    malformed(
      "more-functions-than-bodies",
      "two functions and one body",
      moduleWith({ function: list(["00"], ["00"]) }),
    ),
    malformed(
      "more-bodies-than-functions",
      "one function and two bodies",
      moduleWith({ code: list(body([END]), body([END])) }),
    ),
    malformed("byte-after-the-module", "a byte after the last section", [...moduleWith({}), "00"]),
    malformed("mutability-2", "a global that is neither mutable nor not", moduleWith({ global: list(["7f0241000b"]) })),
    ...["00", "40", "5d", "61", "7f"].map((form) =>
      malformed(
        `type-form-${form}`,
        `a type of the form 0x${form}, which there is not`,
        moduleWith({ type: list([NOTHING_TO_NOTHING], [`${form}0000`]) }),
      ),
    ),
    ...["00", "60", "77", "7e", "7f"].map((type) =>
      malformed(
        `table-type-${type}`,
        `a table of the type 0x${type}, which is none of references`,
        moduleWith({ table: list([`${type}0001`]) }),
      ),
    ),
    ...paddedBytes(),
    malformed("limits-flags-8", "limits with a flag that there is not", moduleWith({ memory: list(["080101"]) })),
    malformed(
      "import-kind-5",
      "an import of no known kind",
      moduleWith({ import: list([`${name("e")}${name("x")}0500`]) }),
    ),
    malformed("export-kind-5", "an export of no known kind", moduleWith({ export: list([`${name("x")}0500`]) })),
    malformed("data-form-3", "a data segment of no known form", moduleWith({ data: list(["030041000b00"]) })),
    malformed(
      "element-form-8",
      "an element segment of no known form",
      moduleWith({ table: list(["700001"]), element: list(["0841000b00"]) }),
    ),
    malformed("data-count-without-data", "a data count of 1 and no data section", moduleWith({ datacount: ["01"] })),
    malformed("data-count-too-low", "a data count of 0 and one segment", moduleWith({ ...FULL, datacount: ["00"] })),
    malformed("data-count-too-high", "a data count of 2 and one segment", moduleWith({ ...FULL, datacount: ["02"] })),
  ];
}

/** Single bytes of the format, written as padded LEB128 integers of the same value. */
function paddedBytes(): ModuleCase[] {
  const rows: readonly (readonly [id: string, about: string, code: Bytes])[] = [
    ["mutability", "the mutability of a global", moduleWith({ global: list(["7f810041000b"]) })],
    ["kind", "the kind of an export", moduleWith({ export: list([`${name("memory")}820000`], [EXPORTED_MAIN]) })],
    ["flags", "the flags of limits", moduleWith({ memory: list(["81000101"]) })],
  ];
  return rows.map(([id, about, code]) => ({
    ...malformed(`${id}-padded`, `${about} in two bytes`, code),
    requirements: ["RUNTIME-MODULE-025"],
  }));
}

/** Modules whose sections are accepted. */
function accepted(): ModuleCase[] {
  const everywhere = [
    ...FULL_NAMES.flatMap((key) => [...custom(`before ${key}`), ...section(SECTION_IDS[key], FULL[key])]),
  ];
  const least = moduleWith({});
  return [
    good("least", "no more than a memory and a main", least),
    good("every-section", "one of every section", [MAGIC, VERSION, ...sectionsOf(FULL_NAMES)]),
    good("no-data-count", "data without a data count", moduleWith({ data: FULL.data })),
    good(
      "empty-sections",
      "sections of no items",
      moduleWith({
        ...LEAST,
        import: ["00"],
        table: ["00"],
        global: ["00"],
        element: ["00"],
        datacount: ["00"],
        data: ["00"],
      }),
    ),
    good("custom-everywhere", "custom sections between all others, and after them", [
      MAGIC,
      VERSION,
      ...everywhere,
      ...custom("last"),
    ]),
    good("custom-of-one-name", "two custom sections of one name", [...least, ...custom("x"), ...custom("x")]),
    good("custom-without-a-name", "a custom section whose name is empty", [...least, ...custom("")]),
    good("custom-name-section", "a name section that is nonsense", [...least, ...custom("name", ["ffffffffff"])]),
    good("custom-content-any", "content of a custom section that is no UTF-8", [
      ...least,
      ...custom("x", ["c0affffe"]),
    ]),
    good("custom-long", "a custom section of 100 000 bytes, its name of 1000", [
      ...least,
      ...section("00", [unsigned(1000), times("61", 1000), times("0b", 99_000)]),
    ]),
    good(
      "names-with-all-forms",
      "an export's name of one to four bytes a character, and a byte order mark",
      moduleWith({
        export: list(
          [EXPORTED_MEMORY],
          [EXPORTED_MAIN],
          [`${name("\ufeffaé€😀")}0000`],
          [`${name("aé€😀")}0000`],
          [`${name("")}0000`],
        ),
      }),
    ),
  ];
}

export async function structureFiles(): Promise<VectorFile[]> {
  if (lengthOf(moduleWith({})) !== flat(moduleWith({})).length / 2) throw new Error("lengths differ");
  const file = (
    theme: string,
    about: string,
    ids: readonly string[],
    flag: readonly string[] | undefined,
    cases: readonly ModuleCase[],
  ): Promise<VectorFile> => {
    const requirements = ids.map((id) => `RUNTIME-MODULE-${id}`);
    return moduleFile(SOURCE, { theme, about, requirements }, flag === undefined ? cases : flagged(flag, cases));
  };
  return [
    await file("sections", "Sections as they may stand.", ["001", "003", "006"], undefined, accepted()),
    await file("headers", "What does not begin as a module.", ["001", "013"], ["broken-module"], headers()),
    await file(
      "section-order",
      "Sections out of order, twice, unknown.",
      ["001", "013", "021"],
      ["broken-module"],
      orders(),
    ),
    await file("section-lengths", "Lengths of sections that lie.", ["001", "013", "004"], ["lying-module"], lengths()),
    await file(
      "counts",
      "Counts that lie, within a section and between two.",
      ["001", "013", "018", "021", "004", "006"],
      ["lying-module"],
      counts(),
    ),
  ];
}
