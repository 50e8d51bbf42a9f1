/** Decides whether a module may be executed, before any engine sees it. */

import { decodeModule } from "../decode/module.ts";
import { ModuleError } from "../faults.ts";
import { MAX_LOOPS_IN_ALL } from "../limits.ts";
import type { Module, ValidModule } from "../module.ts";
import { checkBody } from "./body.ts";
import { checkExports, checkImports, checkSegments, checkTableAndMemory, type Host } from "./definitions.ts";

/**
 * Decodes and validates a module.
 *
 * Req:    RUNTIME-MODULE-001, RUNTIME-MODULE-018, RUNTIME-MODULE-026, RUNTIME-MODULE-027.
 * Input:  `host` is the role of the module, and what it may import.
 * Errors: ModuleError for the first fault that is found.
 * Cost:   linear in the bytes.
 */
export function validateModule(bytes: Uint8Array, host: Host): ValidModule {
  const module = decodeModule(bytes);
  checkImports(module, host);
  checkTableAndMemory(module);
  checkExports(module, host);
  checkSegments(module);
  return { ...module, heights: checkBodies(module) };
}

function checkBodies(module: Module): number[] {
  let loopsInAll = 0;
  return module.bodies.map((body) => {
    const { height, loops } = checkBody(module, body);
    loopsInAll += loops;
    if (loopsInAll > MAX_LOOPS_IN_ALL) {
      const place = { section: "code", offset: body.start, function: body.index };
      throw new ModuleError("limit", `more than ${MAX_LOOPS_IN_ALL} loops in all functions`, place);
    }
    return height;
  });
}
