/** Changes to the bytes of a module: sections dropped or written anew, all else copied. */

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

/** The module without custom sections. Errors: ModuleError for bytes that are no sections. */
export function stripModule(code: Uint8Array): Uint8Array {
  return rewrite(code, ({ id }) => (id === CUSTOM_SECTION ? "dropped" : "kept"));
}

/**
 * The module with a memory of at most `pages`, whatever it states, and whatever else may be wrong with it.
 *
 * Errors: ModuleError where sections or memory cannot be read; UsageError where it has no memory, or more pages at first.
 */
export function setMaximum(code: Uint8Array, pages: number): Uint8Array {
  const memory = statedMemory(code);
  if (memory === undefined) throw new UsageError("the module has no memory that could be given a maximum");
  if (memory.min > pages) {
    throw new UsageError(`the memory has ${memory.min} pages at first; expected a maximum of as many, not ${pages}`);
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

/** What becomes of a section: the content that it has from now on, or no other one. */
type Fate = "kept" | "dropped" | Uint8Array;

function rewrite(code: Uint8Array, fateOf: (section: Section) => Fate): Uint8Array {
  const module = new Writer(code.length + 16);
  module.copy(code, 0, HEADER_BYTES);
  for (const section of decodeSections(code)) {
    const fate = fateOf(section);
    if (fate === "kept") module.copy(code, section.start, section.end);
    if (typeof fate === "string") continue;
    module.byte(section.id);
    module.u32(fate.length);
    module.copy(fate);
  }
  return Uint8Array.from(module.written);
}
