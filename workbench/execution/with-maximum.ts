/** Adds a maximum to the memory of a module: compilers omit it, and the machine would then limit the memory. */

import { decodeModule } from "../../reference/runtime/decode/module.ts";
import { ModuleError } from "../../reference/runtime/faults.ts";
import { setMaximum } from "../module/edit-module.ts";

const MEMORY_SECTION = 5;

/**
 * Returns the module with a memory maximum of `pages`; unchanged if it states a maximum or has no memory.
 *
 * Errors: ModuleError if it is not a module, or if its initial memory is larger.
 */
export function withMaximum(code: Uint8Array, pages: number): Uint8Array {
  const { memory, sections } = decodeModule(code);
  const section = sections.find(({ id }) => id === MEMORY_SECTION);
  if (memory === undefined || section === undefined || memory.max !== undefined) return code;
  if (memory.min > pages) {
    const place = { section: section.name, offset: section.content };
    throw new ModuleError("limit", `the memory has ${memory.min} initial pages; expected at most ${pages}`, place);
  }
  return setMaximum(code, pages);
}
