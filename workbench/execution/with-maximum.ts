/** Gives the memory of a module a maximum: compilers leave it out, and without one a memory's bound is the machine's. */

import { decodeModule } from "../../reference/runtime/decode/module.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { setMaximum } from "../module/edit-module.ts";

const MEMORY_SECTION = 5;

/**
 * The module with a memory of at most `pages`; as it is, where it states a maximum or has no memory.
 *
 * Errors: ModuleError for what is no module, and where the initial memory is larger.
 */
export function withMaximum(code: Uint8Array, pages: number): Uint8Array {
  const { memory, sections } = decodeModule(code);
  const section = sections.find(({ id }) => id === MEMORY_SECTION);
  if (memory === undefined || section === undefined || memory.max !== undefined) return code;
  if (memory.min > pages) {
    const place = { section: section.name, offset: section.content };
    throw new ModuleError("limit", `the memory has ${memory.min} pages at first, more than ${pages}`, place);
  }
  return setMaximum(code, pages);
}
