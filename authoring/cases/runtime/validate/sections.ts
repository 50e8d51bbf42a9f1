/** Modules as lists of sections, which a case may replace. */
import { type Bytes, list, name, sized } from "./bytes.ts";

export const MAGIC = "0061736d";
export const VERSION = "01000000";

/** Ids of the sections, in the order that WebAssembly requires. */
export const SECTION_IDS = {
  type: "01",
  import: "02",
  function: "03",
  table: "04",
  memory: "05",
  tag: "0d",
  global: "06",
  export: "07",
  start: "08",
  element: "09",
  datacount: "0c",
  code: "0a",
  data: "0b",
} as const;

export type SectionName = keyof typeof SECTION_IDS;

export type Contents = Partial<Record<SectionName, Bytes>>;

export const I32 = "7f";
export const I64 = "7e";
export const END = "0b";
/** The type () → (). */
export const NOTHING_TO_NOTHING = "600000";
export const EXPORTED_MEMORY = `${name("memory")}0200`;
export const EXPORTED_MAIN = `${name("main")}0000`;
export const ONE_PAGE = "010101";

/** A body of groups of locals and instructions, including the last `end`. */
export function body(instructions: Bytes, locals: Bytes = ["00"]): Bytes {
  return sized([...locals, ...instructions]);
}

/** The smallest environment: a memory of one page, and an empty `main`. */
export const LEAST: Contents = {
  type: list([NOTHING_TO_NOTHING]),
  function: list(["00"]),
  memory: list([ONE_PAGE]),
  export: list([EXPORTED_MEMORY], [EXPORTED_MAIN]),
  code: list(body([END])),
};

export function section(id: string, content: Bytes): Bytes {
  return [id, ...sized(content)];
}

export function custom(title: string, content: Bytes = []): Bytes {
  return section("00", [name(title), ...content]);
}

/** The smallest environment, with some sections replaced or added. */
export function moduleWith(changed: Contents): Bytes {
  const contents = { ...LEAST, ...changed };
  const names = Object.keys(SECTION_IDS) as SectionName[];
  return [
    MAGIC,
    VERSION,
    ...names.flatMap((key) => {
      const content = contents[key];
      return content === undefined ? [] : section(SECTION_IDS[key], content);
    }),
  ];
}

/** The smallest environment, with these instructions in `main`. */
export function mainWith(instructions: Bytes, changed: Contents = {}, locals: Bytes = ["00"]): Bytes {
  return moduleWith({ ...changed, code: list(body([...instructions, END], locals)) });
}
