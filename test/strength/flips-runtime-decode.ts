/** Flips of how modules are read. */
import { type Flip, flipsOf } from "./flip.ts";

const DECODE_BODIES: readonly Flip[] = flipsOf("runtime/decode/bodies", [
  ["if (cursor === undefined)", "if (false)"],
  ["functions.length === 0", "false"],
  ["if (count !== functions.length)", "if (false)"],
  ["if (localsInAll > MAX_LOCALS_IN_ALL)", "if (false)"],
  ["if (cursor.left > 0)", "if (false)"],
  ["if (length > section.left)", "if (false)"],
  ["if (length > MAX_BODY_BYTES)", "if (false)"],
  ["< groups", "< groups - 1"],
  ["if (parameters + locals.length + count > MAX_LOCALS)", "if (false)"],
  ["< count", "< count - 1"],
]);

const DECODE_CURSOR: readonly Flip[] = flipsOf("runtime/decode/cursor", [
  ["this.functionIndex === undefined", "true"],
  ["if (this.at >= this.end)", "if (false)"],
  ["if (this.at - start === 5 && byte > 0x0f)", "if (false)"],
  [" && byte > 0x0f", ""],
  ["if (byte < 0x80)\n                return value;", "if (false)\n                return value;"],
  ["if (shift === 28)", "if (false)"],
  ["if (byte > 0x07 && (byte < 0x78 || byte > 0x7f))", "if (false)"],
  [" && (byte < 0x78 || byte > 0x7f)", ""],
  [" || byte > 0x7f", ""],
  [
    "if (byte < 0x80)\n                return (value << (25 - shift)) >> (25 - shift);",
    "if (false)\n                return (value << (25 - shift)) >> (25 - shift);",
  ],
  ["if (length <= LOW_BYTES)", "if (false)"],
  ["if (length === 10 && byte !== 0x00 && byte !== 0x7f)", "if (false)"],
  [" && byte !== 0x7f", ""],
  [" && byte !== 0x00", ""],
  ["if (byte < 0x80) {", "if (false) {"],
  ["high === 0", "true"],
  ["if (count > this.left)", "if (false)"],
  ["if (count > limit)", "if (false)"],
  ["if (length > this.left)", "if (false)"],
  ["if (length > limit)", "if (false)"],
  ["length <= SHORT_NAME", "false", "a name that is not taken for ASCII first is decoded, to the same text"],
  ["if (short !== undefined)", "if (true)"],
  ["< end", "< end - 1"],
  ["if (bytes[at] >= 0x80)", "if (false)"],
]);

const DECODE_ENTRIES: readonly Flip[] = flipsOf("runtime/decode/entries", [
  ["if (OTHER_TYPES.includes(form))", "if (false)"],
  ["if (form !== FUNCTION_TYPE)", "if (false)"],
  ["if (results.length > 1)", "if (false)"],
  [
    "for (let index = 0; index < count; index++)\n        types.push(readValueType(cursor, `type of the ",
    "for (let index = 0; index < count - 1; index++)\n        types.push(readValueType(cursor, `type of the ",
  ],
  ["if (kind > TAG_KIND)", "if (false)"],
  ["if (kind !== 0)", "if (false)"],
  [' ?? "tag"', "", "the words of the message alone depend on it"],
  [' ?? cursor.fail("type", `there is no type ', ' ?? String("type", `there is no type '],
  ["if (mutability > 1)", "if (false)"],
  ["if (number === TAG_KIND)", "if (true)"],
  [' ?? cursor.fail("malformed", `kind of the export: ', ' ?? String("malformed", `kind of the export: '],
  [
    'for (let index = 0; index < count; index++)\n        functions.push(cursor.u32("index of the function"));',
    'for (let index = 0; index < count - 1; index++)\n        functions.push(cursor.u32("index of the function"));',
  ],
  ["if (form > last)", "if (false)"],
  ["if (form !== 0)", "if (false)"],
]);

const DECODE_MODULE: readonly Flip[] = flipsOf("runtime/decode/module", [
  ["if (id !== 0)", "if (false)"],
  ["cursors.get(8)?.", "cursors.get(8)."],
  ["cursors.get(13)?.", "cursors.get(13)."],
  [' ?? cursor.fail("type", `there is no type ', ' ?? String("type", `there is no type '],
  ["if (tables.length > 1)", "if (false)"],
  ["cursors.get(4)?.", "cursors.get(4).", "several tables come from a section that is there"],
  ["if (memories.length > 1)", "if (false)"],
  ["cursors.get(5)?.", "cursors.get(5).", "several memories come from a section that is there"],
  ["if (bytes.length > MAX_MODULE_BYTES)", "if (false)"],
  ["if (HEADER.some((byte, index) => bytes[index] !== byte))", "if (false)"],
  ["bytes[index] !== byte", "true"],
  ["while (cursor.left > 0)", "while (false)"],
  ["if (section.id !== 0)", "if (false)"],
  ["if (position === lastPosition)", "if (false)"],
  ["if (position < lastPosition)", "if (false)"],
  ["if (id >= SECTION_NAMES.length)", "if (true)"],
  ["if (length > cursor.left)", "if (false)"],
  ["id === 0", "false"],
  ["if (cursor === undefined)\n        return [];", "if (false)\n        return [];"],
  ["< count", "< count - 1"],
  ["items.push(read(cursor, index));\n    if (cursor.left > 0)", "items.push(read(cursor, index));\n    if (false)"],
  ["if (cursor === undefined)\n        return;", "if (false)\n        return;"],
  [
    'cursor.u32("number of data segments");\n    if (cursor.left > 0)',
    'cursor.u32("number of data segments");\n    if (false)',
  ],
  ["if (count !== segments)", "if (false)"],
]);

const DECODE_TYPES: readonly Flip[] = flipsOf("runtime/decode/types", [
  ["if (type !== undefined)", "if (false)"],
  ["isForbiddenValueType(byte)", "false"],
  ["if (flags > LIMIT_FLAGS)", "if (false)"],
  ["if (flags > HAS_MAXIMUM)", "if (false)"],
  ["flags === HAS_MAXIMUM", "false"],
  ["if (max !== undefined && min > max)", "if (false)"],
  [" && min > max", ""],
  ["if (type === 0x40)", "if (false)"],
  ["if (REFERENCE_TYPES.includes(type))", "if (false)"],
  ["if (type !== FUNCTION_REFERENCES)", "if (false)"],
  ['if (op.name !== "i32.const" && op.name !== "i64.const")', "if (false)"],
  [' && op.name !== "i64.const"', ""],
  ["if (op.name !== `", "if (false && op.name !== `"],
  ['if (after.op.name !== "end")', "if (false)"],
  ['type === "i32"', "false"],
]);

export const DECODE_FLIPS: readonly Flip[] = [
  ...DECODE_BODIES,
  ...DECODE_CURSOR,
  ...DECODE_ENTRIES,
  ...DECODE_MODULE,
  ...DECODE_TYPES,
];
