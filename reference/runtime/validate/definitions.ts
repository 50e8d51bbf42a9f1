/** Checks what a module defines outside of its bodies: imports, table, memory, exports, segments. */
import { ModuleError, type ModuleReason } from "../faults.ts";
import { MAX_MEMORY_PAGES, MAX_TABLE_ELEMENTS } from "../limits.ts";
import { functionType, type ImportedFunction, type Module, type Role } from "../module.ts";

/** The names of the exports that instrumentation adds begin like this. */
const OWN_NAMES = "proofhouse.";

const PAGE_BYTES = 65_536;

export interface Host {
  readonly role: Role;
  /** Whether a function of this module, name and type is offered to the role. */
  offers(wanted: ImportedFunction): boolean;
}

/** Req: RUNTIME-MODULE-041, RUNTIME-MODULE-042, RUNTIME-MODULE-043. Errors: ModuleError: import. */
export function checkImports({ imports }: Module, host: Host): void {
  for (const wanted of imports) {
    if (host.role !== "library" && host.offers(wanted)) continue;
    const name = `${wanted.module}.${wanted.name}`;
    const problem = host.role === "library" ? "a library must not import anything" : "the host offers no such function";
    fail("import", `import of ${name} ${signature(wanted.type)}: ${problem}`, "import", wanted.offset);
  }
}

/** Req: RUNTIME-MODULE-007. Errors: ModuleError: limit. */
export function checkTableAndMemory(module: Module): void {
  const { table, memory } = module;
  if (table !== undefined && table.min > MAX_TABLE_ELEMENTS) {
    fail(
      "limit",
      `a table of ${table.min} elements, more than ${MAX_TABLE_ELEMENTS}`,
      "table",
      sectionOffset(module, "table"),
    );
  }
  if (memory === undefined) return;
  const offset = sectionOffset(module, "memory");
  if (memory.max === undefined) {
    fail(
      "limit",
      "the memory states no maximum; --set-maximum of `proofhouse module` or `scout` gives it one",
      "memory",
      offset,
    );
  }
  if (memory.max > MAX_MEMORY_PAGES) {
    const bound = `more than ${MAX_MEMORY_PAGES}; \`proofhouse module --set-maximum\` lowers it`;
    fail("limit", `a memory of up to ${memory.max} pages, ${bound}`, "memory", offset);
  }
}

/**
 * Req:    RUNTIME-MODULE-030, RUNTIME-MODULE-008, RUNTIME-MODULE-032, RUNTIME-MODULE-033, RUNTIME-MODULE-034, RUNTIME-MODULE-035,
 *         RUNTIME-MODULE-036, RUNTIME-MODULE-037.
 * Errors: ModuleError: type, export.
 */
export function checkExports(module: Module, { role }: Host): void {
  const names = new Set<string>();
  for (const { name, kind, index, at } of module.exports) {
    if (index >= countOf(module, kind)) fail("type", `export "${name}": ${kind} ${index} does not exist`, "export", at);
    if (names.has(name)) fail("export", `a second export "${name}"`, "export", at);
    if (name.startsWith(OWN_NAMES)) fail("export", `export "${name}" begins with ${OWN_NAMES}`, "export", at);
    names.add(name);
  }
  const offset = sectionOffset(module, "export");
  if (!module.exports.some(({ name, kind }) => name === "memory" && kind === "memory")) {
    fail("export", "no memory is exported as `memory`", "export", offset);
  }
  if (role !== "environment") return;
  const main = module.exports.find(({ name, kind }) => name === "main" && kind === "function");
  if (main === undefined) fail("export", "no function is exported as `main`", "export", offset);
  const type = functionType(module, main.index);
  if (type !== undefined && type.params.length + type.results.length > 0) {
    fail("export", `\`main\` is of type ${signature(type)}; expected () → ()`, "export", main.at);
  }
}

/** Req: RUNTIME-MODULE-009, RUNTIME-MODULE-039, RUNTIME-MODULE-030. Errors: ModuleError: type, segment. */
export function checkSegments(module: Module): void {
  const { elements, data } = module;
  const functions = countOf(module, "function");
  for (const { offset, functions: indices, at } of elements) {
    const missing = indices.find((index) => index >= functions);
    if (missing !== undefined) fail("type", `function ${missing} does not exist`, "element", at);
    checkRange("element", offset, indices.length, module.table?.min, at);
  }
  const pages = module.memory?.min;
  for (const { offset, bytes, at } of data) {
    checkRange("data", offset, bytes.length, pages === undefined ? undefined : pages * PAGE_BYTES, at);
  }
}

function checkRange(section: "element" | "data", offset: number, length: number, size: number | undefined, at: number) {
  const container = section === "element" ? "table" : "memory";
  if (size === undefined) fail("segment", `a segment, but the module has no ${container}`, section, at);
  if (offset + length > size) {
    fail("segment", `${length} from ${offset} on are not within the initial ${container} of ${size}`, section, at);
  }
}

function countOf(module: Module, kind: "function" | "table" | "memory" | "global"): number {
  switch (kind) {
    case "function":
      return module.imports.length + module.bodies.length;
    case "global":
      return module.globals.length;
    case "table":
      return module.table === undefined ? 0 : 1;
    case "memory":
      return module.memory === undefined ? 0 : 1;
  }
}

/** Offset of a section, or of the end of the module if it has no such section. */
function sectionOffset({ sections, bytes }: Module, name: string): number {
  return sections.find((section) => section.id !== 0 && section.name === name)?.start ?? bytes.length;
}

function signature({ params, results }: ImportedFunction["type"]): string {
  return `(${params.join(", ")}) → (${results.join(", ")})`;
}

function fail(reason: ModuleReason, message: string, section: string, offset: number): never {
  throw new ModuleError(reason, message, { section, offset });
}
