/**
 * The names of the functions of a module: from the custom section `name`, or from an export. The section is not validated,
 * and names are only printed, so a section that cannot be read is ignored from the fault on.
 */

import { Cursor } from "../../reference/runtime/decode/cursor.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import type { Module, Section } from "../../reference/runtime/module.ts";

const CUSTOM = 0;
const FUNCTION_NAMES = 1;

/** Returns a function from indices to names. Imported functions have the first indices. */
export function functionNames(module: Module): (index: number) => string {
  const names = new Map<number, string>();
  for (const { kind, index, name } of module.exports) if (kind === "function") names.set(index, name);
  const section = module.sections.find(({ id, name }) => id === CUSTOM && name === "name");
  if (section !== undefined) readNames(module.bytes, section, names);
  return (index) => names.get(index) ?? `#${index}`;
}

function readNames(bytes: Uint8Array, section: Section, names: Map<number, string>): void {
  const cursor = new Cursor(bytes, section.content, section.end, "name");
  try {
    cursor.name("name of the section");
    while (cursor.left > 0) {
      const id = cursor.byte("subsection");
      const end = cursor.count("bytes of a subsection") + cursor.at;
      if (id === FUNCTION_NAMES) readMap(new Cursor(bytes, cursor.at, end, "name"), names);
      cursor.at = end;
    }
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
  }
}

function readMap(cursor: Cursor, names: Map<number, string>): void {
  const count = cursor.count("names");
  for (let read = 0; read < count; read++) {
    const index = cursor.u32("index of a function");
    names.set(index, cursor.name("name of a function"));
  }
}
