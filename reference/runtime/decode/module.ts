/**
 * Decodes a module: its header and its sections.
 *
 * Req: RUNTIME-MODULE-001, RUNTIME-MODULE-013, RUNTIME-MODULE-014, RUNTIME-MODULE-003, RUNTIME-MODULE-004, RUNTIME-MODULE-006,
 *      RUNTIME-MODULE-026, RUNTIME-MODULE-027.
 */
import { MAX_DEFINITIONS, MAX_MODULE_BYTES, MAX_SEGMENTS } from "../limits.ts";
import type { ExportDefinition, Module, Section } from "../module.ts";
import { readBodies } from "./bodies.ts";
import { Cursor } from "./cursor.ts";
import { readData, readElement, readExport, readFunctionImport, readFunctionType, readGlobal } from "./entries.ts";
import { readLimits, readTableType } from "./types.ts";

/** Names of the sections, by id. */
const SECTION_NAMES = [
  "custom",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "element",
  "code",
  "data",
  "datacount",
  "tag",
];

/** Ids of the sections in the order that WebAssembly requires. */
const SECTION_ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Decodes a module except for the bodies of its functions, which stay bytes.
 *
 * Req:    RUNTIME-MODULE-003, RUNTIME-MODULE-004, RUNTIME-MODULE-006, RUNTIME-MODULE-007, RUNTIME-MODULE-026, RUNTIME-MODULE-027.
 * Output: the contents of the sections. Indices are not checked, except those of the functions' types.
 * Errors: ModuleError: malformed and forbidden structure, counts beyond a bound, an unknown type of a function.
 * Cost:   linear in the bytes; nothing is allocated for a count before the count is compared with the bytes that are left.
 */
export function decodeModule(bytes: Uint8Array): Module {
  if (bytes.length > MAX_MODULE_BYTES) {
    new Cursor(bytes, 0, 0, "module").fail("limit", `${bytes.length} bytes are more than ${MAX_MODULE_BYTES}`);
  }
  const sections = decodeSections(bytes);
  const cursors = new Map<number, Cursor>();
  for (const { id, name, content, end } of sections) {
    if (id !== 0) cursors.set(id, new Cursor(bytes, content, end, name));
  }
  cursors.get(8)?.fail("forbidden", "a start function");
  cursors.get(13)?.fail("forbidden", "tags");

  const types = readAll(cursors.get(1), "types", MAX_DEFINITIONS, readFunctionType);
  const imports = readAll(cursors.get(2), "imports", MAX_DEFINITIONS, (cursor) => readFunctionImport(cursor, types));
  const functions = readAll(cursors.get(3), "functions", MAX_DEFINITIONS - imports.length, (cursor) => {
    const offset = cursor.at;
    const index = cursor.u32("index of the type");
    return types[index] ?? cursor.fail("type", `type ${index} of a function does not exist`, offset);
  });
  const tables = readAll(cursors.get(4), "tables", Number.POSITIVE_INFINITY, readTableType);
  if (tables.length > 1) cursors.get(4)?.fail("forbidden", "several tables");
  const memories = readAll(cursors.get(5), "memories", Number.POSITIVE_INFINITY, (cursor) =>
    readLimits(cursor, "memory"),
  );
  if (memories.length > 1) cursors.get(5)?.fail("forbidden", "several memories");
  const globals = readAll(cursors.get(6), "globals", MAX_DEFINITIONS, readGlobal);
  const exports = readAll<ExportDefinition>(cursors.get(7), "exports", MAX_DEFINITIONS, readExport);
  const elements = readAll(cursors.get(9), "segments", MAX_SEGMENTS, readElement);
  const bodies = readBodies(cursors.get(10), bytes, functions, imports.length);
  const data = readAll(cursors.get(11), "segments", MAX_SEGMENTS - elements.length, readData);
  checkDataCount(cursors.get(12), data.length);
  return {
    bytes,
    sections,
    types,
    imports,
    bodies,
    table: tables[0],
    memory: memories[0],
    globals,
    exports,
    elements,
    data,
  };
}

/**
 * Finds the sections of a module of any length, without decoding their contents.
 *
 * Errors: ModuleError: malformed header, lengths, order and names, an unknown section.
 */
export function decodeSections(bytes: Uint8Array): Section[] {
  const cursor = new Cursor(bytes, 0, bytes.length, "module");
  if (HEADER.some((byte, index) => bytes[index] !== byte)) {
    cursor.fail("malformed", "not a module: expected 00 61 73 6d 01 00 00 00 at the beginning");
  }
  cursor.at = HEADER.length;
  const sections: Section[] = [];
  let lastPosition = -1;
  while (cursor.left > 0) {
    const section = readSection(cursor);
    const position = SECTION_ORDER.indexOf(section.id);
    if (section.id !== 0) {
      if (position === lastPosition) cursor.fail("malformed", `a second ${section.name} section`, section.start);
      if (position < lastPosition)
        cursor.fail("malformed", `the ${section.name} section is out of order`, section.start);
      lastPosition = position;
    }
    sections.push(section);
    cursor.at = section.end;
  }
  return sections;
}

function readSection(cursor: Cursor): Section {
  const start = cursor.at;
  const id = cursor.byte("section");
  if (id >= SECTION_NAMES.length) cursor.fail("malformed", `section ${id} is unknown`, start);
  const kind = SECTION_NAMES[id];
  const length = cursor.u32(`length of the ${kind} section`);
  if (length > cursor.left) {
    cursor.fail("malformed", `${kind} section: ${length} bytes, but only ${cursor.left} are left`, start);
  }
  const content = cursor.at;
  const end = content + length;
  const name = id === 0 ? new Cursor(cursor.bytes, content, end, kind).name("name of the section") : kind;
  return { id, name, start, content, end };
}

/** Reads all items of a section, which must end with its last item. A missing section has no items. */
function readAll<Item>(
  cursor: Cursor | undefined,
  what: string,
  limit: number,
  read: (cursor: Cursor, index: number) => Item,
): Item[] {
  if (cursor === undefined) return [];
  const count = cursor.count(what, limit);
  const items: Item[] = [];
  for (let index = 0; index < count; index++) items.push(read(cursor, index));
  if (cursor.left > 0) cursor.fail("malformed", `${cursor.left} bytes after the last of ${count} ${what}`);
  return items;
}

function checkDataCount(cursor: Cursor | undefined, segments: number): void {
  if (cursor === undefined) return;
  const count = cursor.u32("number of data segments");
  if (cursor.left > 0) cursor.fail("malformed", `${cursor.left} bytes after the number of data segments`);
  if (count !== segments)
    cursor.fail("malformed", `data count ${count}; expected ${segments}, the number of data segments`);
}
