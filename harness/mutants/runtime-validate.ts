/** Mutants of the validator of modules. Each passes every honest case of `runtime/validate`, and some vector fails it. */
import type { Edit } from "./mutant.ts";

const CURSOR = "runtime/decode/cursor";
const INSTRUCTIONS = "runtime/instructions";
const MODULE = "runtime/decode/module";
const ENTRIES = "runtime/decode/entries";
const TYPES = "runtime/decode/types";
const BODIES = "runtime/decode/bodies";
const BODY = "runtime/validate/body";
const OPERANDS = "runtime/validate/operands";
const CHARGE_POINTS = "runtime/validate/charge-points";
const DEFINITIONS = "runtime/validate/definitions";
const PROGRAM = "runtime/validate/program";

export const VALIDATOR_MUTANTS: readonly Edit[] = [
  {
    name: "unused-bits-unsigned",
    about: "takes an unsigned integer with bits beyond its width",
    file: CURSOR,
    find: "if (this.at - start === 5 && byte > 0x0f)",
    replace: "if (this.at - start === 5 && byte >= 0x80)",
  },
  {
    name: "unused-bits-signed",
    about: "takes a signed integer of 32 bits with bits beyond its width",
    file: CURSOR,
    find: "if (byte > 0x07 && (byte < 0x78 || byte > 0x7f))",
    replace: "if (byte >= 0x80)",
  },
  {
    name: "unused-bits-wide",
    about: "takes a signed integer of 64 bits with bits beyond its width",
    file: CURSOR,
    find: "if (length === 10 && byte !== 0x00 && byte !== 0x7f)",
    replace: "if (length === 10 && byte >= 0x80)",
  },
  {
    name: "shortest-alone",
    about: "refuses integers that are longer than they need be",
    file: CURSOR,
    find: "value += (byte & 0x7f) * factor;",
    replace: 'if (byte === 0 && factor > 1) this.fail("malformed", "padded"); value += (byte & 0x7f) * factor;',
  },
  {
    name: "names-not-utf8",
    about: "takes names of any bytes",
    file: CURSOR,
    find: "fatal: true",
    replace: "fatal: false",
  },
  {
    name: "padded-indices-of-tables",
    about: "reads the index of a table or memory as an integer that may be padded",
    file: INSTRUCTIONS,
    find: "if (cursor.byte(",
    replace: "if (cursor.u32(",
  },
  {
    name: "forbidden-as-malformed",
    about: "does not know the instructions outside of the profile",
    file: INSTRUCTIONS,
    find: "forbiddenPart(code) : undefined",
    replace: "undefined : undefined",
  },
  {
    name: "sections-in-any-order",
    about: "takes sections in any order",
    file: MODULE,
    find: "if (position < lastPosition)",
    replace: "if (false)",
  },
  {
    name: "second-section",
    about: "takes a section that stands twice in a row",
    file: MODULE,
    find: "if (position === lastPosition)",
    replace: "if (false)",
  },
  {
    name: "bytes-left-in-section",
    about: "skips what stands in a section after its last item",
    file: MODULE,
    find: "items.push(read(cursor, index));",
    replace: "items.push(read(cursor, index)); if (items.length === count) return items;",
  },
  {
    name: "start-ignored",
    about: "skips a start function",
    file: MODULE,
    find: 'cursors.get(8)?.fail("forbidden", "a start function");',
    replace: "",
  },
  {
    name: "data-count-at-least",
    about: "takes a data count above the number of segments",
    file: MODULE,
    find: "if (count !== segments)",
    replace: "if (count < segments)",
  },
  {
    name: "two-results",
    about: "takes functions of two results",
    file: ENTRIES,
    find: "if (results.length > 1)",
    replace: "if (results.length > 2)",
  },
  {
    name: "minimum-above-maximum",
    about: "takes a minimum above the maximum",
    file: TYPES,
    find: "if (max !== undefined && min > max)",
    replace: "if (false)",
  },
  {
    name: "locals-without-parameters",
    about: "does not count parameters among the locals",
    file: BODIES,
    find: "if (parameters + locals.length + count > MAX_LOCALS)",
    replace: "if (locals.length + count > MAX_LOCALS)",
  },
  {
    name: "locals-that-wrap",
    about: "adds locals in 32 bits",
    file: BODIES,
    find: "if (parameters + locals.length + count > MAX_LOCALS)",
    replace: "if (parameters + locals.length + (count | 0) > MAX_LOCALS)",
  },
  {
    name: "locals-in-all-without-parameters",
    about: "does not count parameters among the locals of all functions",
    file: BODIES,
    find: "localsInAll += type.params.length + body.locals.length;",
    replace: "localsInAll += body.locals.length;",
  },
  {
    name: "nesting-one-more",
    about: "does not count the body among the blocks within each other",
    file: BODY,
    find: "if (stacks.depth >= MAX_NESTING)",
    replace: "if (stacks.depth > MAX_NESTING)",
  },
  {
    name: "default-is-a-target",
    about: "counts the default among the targets",
    file: INSTRUCTIONS,
    find: 'cursor.count("targets", MAX_BRANCH_TARGETS)',
    replace: 'cursor.count("targets", MAX_BRANCH_TARGETS - 1)',
  },
  {
    name: "targets-unchecked",
    about: "looks at the default of a br_table alone",
    file: BODY,
    find: "for (const target of immediates)",
    replace: "for (const target of [])",
  },
  {
    name: "targets-of-one-type",
    about: "refuses targets of two types under an unknown operand, as WebAssembly 1.0 did",
    file: BODY,
    find: 'if (operand !== "unknown" && type !== value)',
    replace: "if (type !== value)",
  },
  {
    name: "if-without-else",
    about: "takes a value of an if without else",
    file: BODY,
    find: 'if (kind === "if" && result !== undefined)',
    replace: "if (false)",
  },
  {
    name: "any-alignment",
    about: "takes alignments above the natural one",
    file: BODY,
    find: "if (op.width > 0 && ",
    replace: "if (false && ",
  },
  {
    name: "immutable-globals-set",
    about: "lets immutable globals be set",
    file: BODY,
    find: "global?.isMutable === false",
    replace: "false",
  },
  {
    name: "below-the-block",
    about: "lets a block take what lies below it",
    file: OPERANDS,
    find: "if (this.#operands.length > frame.height)\n            return",
    replace: "if (this.#operands.length > 0)\n            return",
  },
  {
    name: "unreachable-unchecked",
    about: "does not compare types in code that cannot be reached",
    file: OPERANDS,
    find: 'if (actual !== expected && actual !== "unknown")',
    replace: 'if (actual !== expected && actual !== "unknown" && !this.top.isUnreachable)',
  },
  {
    name: "operands-left",
    about: "drops what is left at the end of a block",
    file: OPERANDS,
    find: "if (this.#operands.length > frame.height) {",
    replace: "this.#operands.length = frame.height; if (false) {",
  },
  {
    name: "locals-free",
    about: "does not count a first block that pays for locals alone",
    file: CHARGE_POINTS,
    find: "this.#costs = locals > 0;",
    replace: "this.#costs = false;",
  },
  {
    name: "every-block-a-charge-point",
    about: "counts blocks that cost nothing",
    file: CHARGE_POINTS,
    find: "if (this.#costs && ",
    replace: "if (",
  },
  {
    name: "segments-that-wrap",
    about: "adds offset and length of a segment in 32 bits",
    file: DEFINITIONS,
    find: "if (offset + length > size)",
    replace: "if ((offset + length) >>> 0 > size)",
  },
  {
    name: "empty-segments-anywhere",
    about: "takes a segment of nothing beyond the end",
    file: DEFINITIONS,
    find: "if (offset + length > size)",
    replace: "if (length > 0 && offset + length > size)",
  },
  {
    name: "memory-without-maximum",
    about: "takes a memory that states no maximum",
    file: DEFINITIONS,
    find: "if (memory.max === undefined)",
    replace: "if (false)",
  },
  {
    name: "own-names-by-list",
    about: "refuses no export of the instrumentation's but its counter of gas",
    file: DEFINITIONS,
    find: "if (name.startsWith(OWN_NAMES))",
    replace: 'if (name === "proofhouse.gas")',
  },
  {
    name: "main-of-any-type",
    about: "takes a main with parameters or a result",
    file: DEFINITIONS,
    find: "type.params.length + type.results.length > 0",
    replace: "false",
  },
  {
    name: "libraries-for-children",
    about: "offers libraries to children",
    file: PROGRAM,
    find: '(role === "environment" && offersLibraryFunction(libraries, wanted))',
    replace: "offersLibraryFunction(libraries, wanted)",
  },
  {
    name: "library-named-as-host",
    about: "takes a library of the name of a host module",
    file: PROGRAM,
    find: "HOST_MODULES.has(name) || names.has(name)",
    replace: "names.has(name)",
  },
];
