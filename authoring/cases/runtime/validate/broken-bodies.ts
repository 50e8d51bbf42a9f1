/** Bodies with a wrong end, unknown opcodes, and names that are not UTF-8. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Bytes, list, name, unsigned } from "./bytes.ts";
import { flagged, type ModuleCase, moduleFile } from "./cases.ts";
import {
  body,
  END,
  EXPORTED_MAIN,
  EXPORTED_MEMORY,
  MAGIC,
  mainWith,
  moduleWith,
  section,
  VERSION,
} from "./sections.ts";
import { malformed } from "./structure.ts";

const SOURCE = "validate/broken-bodies.ts";

/** Bodies with a wrong end or an unknown type. */
function bodies(): ModuleCase[] {
  const main = (instructions: Bytes): Bytes => moduleWith({ code: list(body(instructions)) });
  return [
    malformed("body-without-end", "a body without its last end", main(["01"])),
    malformed("body-of-a-block-without-end", "a block that ends and a body that does not", main(["0240", END])),
    malformed("byte-after-end", "an instruction after the last end", main([END, "01"])),
    malformed("end-after-end", "an end too many", main([END, END])),
    malformed("else-outside", "else outside of an if", main(["05", END])),
    malformed("else-in-a-block", "else in a block", main(["024005", END, END])),
    malformed("else-twice", "a second else", main(["410004400505", END, END])),
    malformed("instruction-cut", "the body ends within an instruction", main(["0b41"])),
    malformed("prefix-cut", "the body ends after a prefix", main(["fc"])),
    malformed("alignment-128", "an alignment that no flag explains", mainWith(["4100288001001a"])),
    malformed("block-type-negative", "a block type that is no type", mainWith(["0241", END])),
    malformed("block-type-beyond", "a block type whose index is 2^32", mainWith(["028080808010", END])),
    malformed(
      "block-type-of-six-bytes",
      "a block type whose index is 0, in six bytes",
      mainWith(["02808080808000", END]),
    ),
    malformed("local-type-unknown", "a local of no known type", mainWith([], {}, ["010101"])),
  ];
}

const UNKNOWN_OPCODES = [
  "16",
  "17",
  "1d",
  "1e",
  "27",
  "c5",
  "c7",
  "cf",
  "d7",
  "ff",
  "fc12",
  "fc18",
  "fcff7f",
  "fc8a8001",
  "fb1f",
  // Numbers that collide with the code of another instruction if prefix and number are combined carelessly.
  "fb808004",
  "fb8a8004",
  "fe04",
  "fe0f",
  "fe4f",
  // The gaps of the vector instructions.
  ...[0x9a, 0xa2, 0xa5, 0xa6, 0xaf, 0xb0, 0xb2, 0xb3, 0xb4, 0xbb, 0xc2, 0xc5, 0xc6].map((gap) => `fd${unsigned(gap)}`),
  ...[0xcf, 0xd0, 0xd2, 0xd3, 0xd4, 0xe2, 0xee, 0x114].map((gap) => `fd${unsigned(gap)}`),
];

function opcodes(): ModuleCase[] {
  return UNKNOWN_OPCODES.map((hex) =>
    malformed(`opcode-${hex}`, `an opcode that no part of WebAssembly has: ${hex}`, mainWith([hex, "00000000"])),
  );
}

const INVALID_UTF8: readonly (readonly [id: string, about: string, hex: string])[] = [
  ["continuation-alone", "a continuation byte", "80"],
  ["continuation-missing", "the first of two bytes", "c3"],
  ["overlong-slash", "an overlong slash", "c0af"],
  ["overlong-of-three", "an overlong form of three bytes", "e080af"],
  ["overlong-of-four", "an overlong form of four bytes", "f08080af"],
  ["surrogate", "half of a surrogate pair", "eda080"],
  ["surrogate-pair", "a surrogate pair, as CESU-8", "eda081edb080"],
  ["beyond-unicode", "U+110000", "f4908080"],
  ["five-bytes", "a form of five bytes", "f888808080"],
  ["byte-ff", "0xff", "ff"],
];

function names(): ModuleCase[] {
  const length = (hex: string): string => unsigned(hex.length / 2) + hex;
  return [
    ...INVALID_UTF8.flatMap(([id, about, hex]): ModuleCase[] => [
      malformed(
        `export-${id}`,
        `the name of an export: ${about}`,
        moduleWith({ export: list([EXPORTED_MEMORY], [EXPORTED_MAIN], [`${length(hex)}0000`]) }),
      ),
      malformed(`custom-${id}`, `the name of a custom section: ${about}`, [
        ...moduleWith({}),
        ...section("00", [length(hex)]),
      ]),
    ]),
    ...INVALID_UTF8.slice(0, 2).flatMap(([id, about, hex]): ModuleCase[] => [
      malformed(
        `import-module-${id}`,
        `the module of an import: ${about}`,
        moduleWith({ import: list([`${length(hex)}${name("x")}0000`]) }),
      ),
      malformed(
        `import-${id}`,
        `the name of an import: ${about}`,
        moduleWith({ import: list([`${name("env")}${length(hex)}0000`]) }),
      ),
    ]),
    malformed("custom-without-name", "a custom section of no bytes", [...moduleWith({}), "0000"]),
    malformed("custom-name-beyond", "a custom section whose name is longer than it", [
      ...moduleWith({}),
      "00",
      "0205",
      "61",
    ]),
    malformed("custom-name-into-next", "a name that reaches into the next section", [
      MAGIC,
      VERSION,
      "000202",
      "61",
      ...moduleWith({}).slice(2),
    ]),
  ];
}

export async function brokenBodyFiles(): Promise<VectorFile[]> {
  return [
    await moduleFile(
      SOURCE,
      {
        theme: "broken-bodies",
        about: "Bodies that do not end where they say, and what is no instruction.",
        requirements: ["RUNTIME-MODULE-001", "RUNTIME-MODULE-013", "RUNTIME-MODULE-021"],
      },
      flagged(["broken-module"], [...bodies(), ...opcodes()]),
    ),
    await moduleFile(
      SOURCE,
      {
        theme: "names",
        about: "Names that are no UTF-8.",
        requirements: ["RUNTIME-MODULE-001", "RUNTIME-MODULE-013", "RUNTIME-MODULE-003"],
      },
      flagged(["bad-utf8"], names()),
    ),
  ];
}
