/** Applies the changes that a user requests to a module. */
import { ModuleError } from "../../reference/runtime/faults.ts";
import { instrument } from "../../reference/runtime/meter/instrument.ts";
import { offersOf } from "../../reference/runtime/validate/program.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { setMaximum, stripModule } from "./edit-module.ts";
import type { Purpose } from "./import-hint.ts";
import { inspectModule, type ModuleReport } from "./inspect-module.ts";

export interface Changes {
  readonly strip: boolean;
  /** The maximum of the memory in pages; undefined keeps it. */
  readonly setMaximum: number | undefined;
  readonly meter: boolean;
}

export interface Changed {
  /** The report on the module before it is metered. */
  readonly report: ModuleReport;
  /** The new bytes; undefined if its sections cannot be read, and if a refused module was to be metered. */
  readonly bytes: Uint8Array | undefined;
}

/** Errors: UsageError for a maximum that the module cannot have. */
export function changeModule(code: Uint8Array, changes: Changes, purpose: Purpose): Changed {
  const edited = edit(code, changes);
  const report = inspectModule(edited ?? code, purpose);
  if (edited === undefined || !changes.meter) return { report, bytes: edited };
  if (report.refusal !== undefined) return { report, bytes: undefined };
  const { role, libraries } = purpose;
  return { report, bytes: instrument(validateModule(edited, { role, offers: offersOf(role, libraries) })) };
}

function edit(code: Uint8Array, changes: Changes): Uint8Array | undefined {
  try {
    const stripped = changes.strip ? stripModule(code) : code;
    return changes.setMaximum === undefined ? stripped : setMaximum(stripped, changes.setMaximum);
  } catch (error) {
    if (error instanceof ModuleError) return undefined;
    throw error;
  }
}
