/**
 * Writes a module that counts its own gas and stack: the same module with two more globals, which it exports, and with charges in its
 * functions. It rewrites bytes, and copies those that do not change.
 */
import { COSTS, type CostTable } from "../costs.ts";
import { Cursor } from "../decode/cursor.ts";
import type { Section, ValidModule } from "../module.ts";
import { type Metering, writeBody } from "./body.ts";
import { Steps } from "./steps.ts";
import { Writer } from "./writer.ts";

/** Names of the exported globals. RUNTIME-MODULE-035 reserves them. */
export const GAS_EXPORT = "proofhouse.gas";
export const STACK_EXPORT = "proofhouse.stack";

const HEADER_BYTES = 8;

const [CUSTOM_SECTION, GLOBAL_SECTION, EXPORT_SECTION, CODE_SECTION] = [0, 6, 7, 10];
const GLOBAL_KIND = 3;

/** Mutable globals with the initial value 0: type, mutability, constant, end. */
const GAS_GLOBAL = Uint8Array.of(0x7e, 0x01, 0x42, 0x00, 0x0b);
const STACK_GLOBAL = Uint8Array.of(0x7f, 0x01, 0x41, 0x00, 0x0b);

/**
 * Adds the charges of docs/spec/gas.md to a module.
 *
 * Req:    RUNTIME-METER-001, RUNTIME-METER-012, RUNTIME-METER-002, RUNTIME-METER-039, RUNTIME-METER-014, RUNTIME-METER-015, RUNTIME-METER-003,
 *         RUNTIME-METER-004, RUNTIME-METER-005, RUNTIME-METER-017, RUNTIME-METER-006, RUNTIME-METER-021, RUNTIME-METER-023.
 * Output: a valid module with the same exports and two more, the gas left and the stack left. After a charge or a frame that exceeds
 *         what is left, one of them is negative, and the module has trapped by `unreachable`. Custom sections are left out.
 * Cost:   linear in the module; about 18 bytes for each charge point, and about 40 for each function.
 */
export function instrument(module: ValidModule, costs: CostTable = COSTS): Uint8Array {
  const { bytes } = module;
  const [gas, stack] = [module.globals.length, module.globals.length + 1];
  const maxPages = module.memory?.max ?? 0;
  const out = new Writer(2 * bytes.length);
  const content = new Writer(2 * bytes.length);
  out.copy(bytes, 0, HEADER_BYTES);
  for (const section of sectionsToWrite(module)) {
    content.clear();
    switch (section.id) {
      case GLOBAL_SECTION:
        copyItems(content, bytes, section, 2);
        content.copy(GAS_GLOBAL);
        content.copy(STACK_GLOBAL);
        break;
      case EXPORT_SECTION:
        copyItems(content, bytes, section, 2);
        writeGlobalExport(content, GAS_EXPORT, gas);
        writeGlobalExport(content, STACK_EXPORT, stack);
        break;
      case CODE_SECTION:
        writeBodies(content, module, { costs, steps: new Steps(costs), gas, stack, maxPages });
        break;
      default:
        content.copy(bytes, section.content, section.end);
    }
    out.byte(section.id);
    out.u32(content.length);
    out.copy(content.written);
  }
  return out.written.slice();
}

/** The range of a section in the bytes. It is empty for a section that has to be added. */
type SectionRange = Pick<Section, "id" | "content" | "end">;

/** Returns all sections except custom ones. Sections of globals and exports are added if the module has none. */
function sectionsToWrite(module: ValidModule): SectionRange[] {
  const ranges: SectionRange[] = module.sections.filter(({ id }) => id !== CUSTOM_SECTION);
  for (const id of [GLOBAL_SECTION, EXPORT_SECTION]) {
    if (ranges.some((range) => range.id === id)) continue;
    const following = ranges.findIndex((range) => range.id > id);
    ranges.splice(following === -1 ? ranges.length : following, 0, { id, content: 0, end: 0 });
  }
  return ranges;
}

/** Copies the items of a section, and counts `more` items that will follow them. */
function copyItems(writer: Writer, bytes: Uint8Array, { content, end }: SectionRange, more: number): void {
  const cursor = new Cursor(bytes, content, end, "global or export");
  writer.u32((cursor.left > 0 ? cursor.u32("number of items") : 0) + more);
  writer.copy(bytes, cursor.at, end);
}

function writeGlobalExport(writer: Writer, name: string, index: number): void {
  writer.name(name);
  writer.byte(GLOBAL_KIND);
  writer.u32(index);
}

function writeBodies(writer: Writer, module: ValidModule, metering: Metering): void {
  const scratch = { locals: new Writer(), code: new Writer() };
  writer.u32(module.bodies.length);
  for (const [position, body] of module.bodies.entries()) {
    writeBody(writer, scratch, module.bytes, body, module.heights[position], metering);
  }
}
