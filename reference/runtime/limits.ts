/**
 * What a module may be at most: the table of chapter 17. Injection and compilers amplify what they are given, so it is the input that is bounded.
 *
 * Req: RUNTIME-MODULE-007.
 */

export const MAX_MODULE_BYTES = 2 ** 20;

/** Of types, functions (imported ones included), globals and exports, each. */
export const MAX_DEFINITIONS = 4096;

export const MAX_PARAMETERS = 32;

export const MAX_BODY_BYTES = 65_536;

/** Locals and parameters of one function. */
export const MAX_LOCALS = 256;

/** Locals and parameters of all functions that are defined. */
export const MAX_LOCALS_IN_ALL = 65_536;

/** Blocks within each other, the body itself included. */
export const MAX_NESTING = 256;

/** Operands of one function at once. For each `if` an engine notes all that are there. */
export const MAX_OPERANDS = 128;

/** Targets of one `br_table`, the default not counted. */
export const MAX_BRANCH_TARGETS = 1024;

/** Elements of the table at first. */
export const MAX_TABLE_ELEMENTS = 4096;

export const MAX_MEMORY_PAGES = 1024;

/** Element and data segments together. */
export const MAX_SEGMENTS = 128;

export const MAX_LOOPS = 512;

export const MAX_LOOPS_IN_ALL = 8192;

/** Blocks of one function that cost something: chapter 18. */
export const MAX_CHARGE_POINTS = 4096;

/** Of an import or export, in bytes. */
export const MAX_NAME_BYTES = 256;
