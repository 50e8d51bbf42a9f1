/** Edits the bytes of a module: drops or rewrites sections, and copies all others. */

import { UsageError } from "../../harness/usage/usage-error.ts";
import { Cursor } from "../../reference/runtime/decode/cursor.ts";
import { decodeSections } from "../../reference/runtime/decode/module.ts";
import { readLimits } from "../../reference/runtime/decode/types.ts";
import { Writer } from "../../reference/runtime/meter/writer.ts";
import type { Limits, Section } from "../../reference/runtime/module.ts";

const HEADER_BYTES = 8;
const CUSTOM_SECTION = 0;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/** Returns the module without custom sections. Errors: ModuleError for bytes that are not sections. */
export function stripModule(code: Uint8Array): Uint8Array {
  return rewrite(code, ({ id }) => (id === CUSTOM_SECTION ? "dropped" : "kept"));
}

/**
 * Returns the module with a memory maximum of `pages`. The module may be invalid in other ways.
 *
 * Errors: ModuleError if sections or memory cannot be read; UsageError if it has no memory, or a larger initial one.
 */
export function setMaximum(code: Uint8Array, pages: number): Uint8Array {
  const memory = statedMemory(code);
  if (memory === undefined) throw new UsageError("--set-maximum: the module has no memory");
  if (memory.min > pages) {
    throw new UsageError(
      `the memory has ${memory.min} initial pages; expected a maximum of at least that, not ${pages}`,
    );
  }
  const content = new Writer();
  for (const value of [1, HAS_MAXIMUM, memory.min, pages]) content.u32(value);
  return rewrite(code, ({ id }) => (id === MEMORY_SECTION ? content.written : "kept"));
}

function statedMemory(code: Uint8Array): Limits | undefined {
  const section = decodeSections(code).find(({ id }) => id === MEMORY_SECTION);
  if (section === undefined) return undefined;
  const cursor = new Cursor(code, section.content, section.end, section.name);
  const count = cursor.count("memories");
  if (count > 1) cursor.fail("forbidden", "several memories", section.content);
  return count === 0 ? undefined : readLimits(cursor, "memory");
}

/** The edit of a section: a `Uint8Array` is its new content. */
type SectionEdit = "kept" | "dropped" | Uint8Array;

function rewrite(code: Uint8Array, editOf: (section: Section) => SectionEdit): Uint8Array {
  const module = new Writer(code.length + 16);
  module.copy(code, 0, HEADER_BYTES);
  for (const section of decodeSections(code)) {
    const edit = editOf(section);
    if (edit === "kept") module.copy(code, section.start, section.end);
    if (typeof edit === "string") continue;
    module.byte(section.id);
    module.u32(edit.length);
    module.copy(edit);
  }
  return Uint8Array.from(module.written);
}
