/**
 * The bounds of a module: the table of docs/spec/modules.md. Instrumentation and compilers amplify their input, so the input is bounded.
 *
 * Req: RUNTIME-MODULE-007.
 */

export const MAX_MODULE_BYTES = 2 ** 20;

/** Of types, of functions (including imported ones), of globals, and of exports. */
export const MAX_DEFINITIONS = 4096;

export const MAX_PARAMETERS = 32;

export const MAX_BODY_BYTES = 65_536;

/** Locals and parameters of one function. */
export const MAX_LOCALS = 256;

/** Locals and parameters of all defined functions together. */
export const MAX_LOCALS_IN_ALL = 65_536;

/** Nested blocks, counting the body itself. */
export const MAX_NESTING = 256;

/** Operands of one function at once. For each `if`, an engine records all of them. */
export const MAX_OPERANDS = 128;

/** Targets of one `br_table`, not counting the default. */
export const MAX_BRANCH_TARGETS = 1024;

/** Initial elements of the table. */
export const MAX_TABLE_ELEMENTS = 4096;

export const MAX_MEMORY_PAGES = 1024;

/** Element and data segments together. */
export const MAX_SEGMENTS = 128;

export const MAX_LOOPS = 512;

export const MAX_LOOPS_IN_ALL = 8192;

/** Charge points of one function, as RUNTIME-METER-016 defines them. */
export const MAX_CHARGE_POINTS = 4096;

/** Length of the name of an import or export. */
export const MAX_NAME_BYTES = 256;
