/**
 * What a module states outside of its bodies: imports, table, memory, exports, segments.
 *
 * Req: RUNTIME-MODULE-007 … RUNTIME-MODULE-010.
 */
import { ModuleError, type ModuleReason } from "../faults.ts";
import { MAX_MEMORY_PAGES, MAX_TABLE_ELEMENTS } from "../limits.ts";
import { functionType, type ImportedFunction, type Module, type Role } from "../module.ts";

/** Names that the instrumentation keeps for its own exports. */
const OWN_NAMES = "proofhouse.";

const PAGE_BYTES = 65_536;

export interface Host {
  readonly role: Role;
  /** Whether the host has a function of this module, name and type for the role. */
  offers(wanted: ImportedFunction): boolean;
}

export function checkImports({ imports }: Module, host: Host): void {
  for (const wanted of imports) {
    if (host.role !== "library" && host.offers(wanted)) continue;
    const name = `${wanted.module}.${wanted.name}`;
    const problem = host.role === "library" ? "a library imports nothing" : "the host offers no such function";
    fail("import", `import of ${name} ${signature(wanted.type)}: ${problem}`, "import", wanted.offset);
  }
}

export function checkTableAndMemory(module: Module): void {
  const { table, memory } = module;
  if (table !== undefined && table.min > MAX_TABLE_ELEMENTS) {
    fail(
      "limit",
      `a table of ${table.min} elements, more than ${MAX_TABLE_ELEMENTS}`,
      "table",
      placeOf(module, "table"),
    );
  }
  if (memory === undefined) return;
  const place = placeOf(module, "memory");
  if (memory.max === undefined) {
    fail(
      "limit",
      "the memory states no maximum; --set-maximum of `proofhouse module` or `scout` gives it one",
      "memory",
      place,
    );
  }
  if (memory.max > MAX_MEMORY_PAGES) {
    const bound = `more than ${MAX_MEMORY_PAGES}; \`proofhouse module --set-maximum\` lowers it`;
    fail("limit", `a memory of up to ${memory.max} pages, ${bound}`, "memory", place);
  }
}

export function checkExports(module: Module, { role }: Host): void {
  const names = new Set<string>();
  for (const { name, kind, index, at } of module.exports) {
    if (index >= countOf(module, kind)) fail("type", `export "${name}": there is no ${kind} ${index}`, "export", at);
    if (names.has(name)) fail("export", `a second export "${name}"`, "export", at);
    if (name.startsWith(OWN_NAMES)) fail("export", `export "${name}" begins with ${OWN_NAMES}`, "export", at);
    names.add(name);
  }
  const place = placeOf(module, "export");
  if (!module.exports.some(({ name, kind }) => name === "memory" && kind === "memory")) {
    fail("export", "no memory is exported as `memory`", "export", place);
  }
  if (role !== "environment") return;
  const main = module.exports.find(({ name, kind }) => name === "main" && kind === "function");
  if (main === undefined) fail("export", "no function is exported as `main`", "export", place);
  const type = functionType(module, main.index);
  if (type !== undefined && type.params.length + type.results.length > 0) {
    fail("export", `\`main\` is of type ${signature(type)}, not () → ()`, "export", main.at);
  }
}

export function checkSegments(module: Module): void {
  const { elements, data } = module;
  const functions = countOf(module, "function");
  for (const { offset, functions: indices, at } of elements) {
    const missing = indices.find((index) => index >= functions);
    if (missing !== undefined) fail("type", `there is no function ${missing}`, "element", at);
    checkRange("element", offset, indices.length, module.table?.min, at);
  }
  const pages = module.memory?.min;
  for (const { offset, bytes, at } of data) {
    checkRange("data", offset, bytes.length, pages === undefined ? undefined : pages * PAGE_BYTES, at);
  }
}

function checkRange(section: "element" | "data", offset: number, length: number, size: number | undefined, at: number) {
  const container = section === "element" ? "table" : "memory";
  if (size === undefined) fail("segment", `a segment and no ${container}`, section, at);
  if (offset + length > size) {
    fail("segment", `${length} from ${offset} on do not lie in the initial ${container} of ${size}`, section, at);
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

/** Where a section begins; the end of the module when there is none. */
function placeOf({ sections, bytes }: Module, name: string): number {
  return sections.find((section) => section.id !== 0 && section.name === name)?.start ?? bytes.length;
}

function signature({ params, results }: ImportedFunction["type"]): string {
  return `(${params.join(", ")}) → (${results.join(", ")})`;
}

function fail(reason: ModuleReason, message: string, section: string, offset: number): never {
  throw new ModuleError(reason, message, { section, offset });
}
