/**
 * The types of values, tables and memories, and constant expressions.
 *
 * Req: RUNTIME-MODULE-020, RUNTIME-MODULE-021, RUNTIME-MODULE-025.
 */
import { isForbiddenValueType, readInstructionAt, VALUE_TYPES, valueTypeName } from "../instructions.ts";
import type { Limits, ValueType } from "../module.ts";
import type { Cursor } from "./cursor.ts";

/** The reference types of tables, other than references to functions; a heap type follows the last two. */
const REFERENCE_TYPES = [0x6f, 0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x69, 0x71, 0x72, 0x73, 0x74, 0x63, 0x64];

const FUNCTION_REFERENCES = 0x70;

/** Bits of the flags of limits: 1 has a maximum, 2 is shared, 4 has 64-bit limits. */
const HAS_MAXIMUM = 1;
const ALL_FLAGS = 7;

export function readValueType(cursor: Cursor, what: string): ValueType {
  const offset = cursor.at;
  const byte = cursor.byte(what);
  const type = VALUE_TYPES.get(byte);
  if (type !== undefined) return type;
  return cursor.fail(isForbiddenValueType(byte) ? "forbidden" : "malformed", `${what}: ${valueTypeName(byte)}`, offset);
}

/** Req: RUNTIME-MODULE-031. Errors: ModuleError: malformed, forbidden; limit if the minimum is above the maximum. */
export function readLimits(cursor: Cursor, what: string): Limits {
  const offset = cursor.at;
  const flags = cursor.byte(`limits of the ${what}`);
  if (flags > ALL_FLAGS) cursor.fail("malformed", `limits of the ${what}: flags 0x${flags.toString(16)}`, offset);
  if (flags > HAS_MAXIMUM) cursor.fail("forbidden", `a shared or 64-bit ${what}`, offset);
  const min = cursor.u32(`minimum of the ${what}`);
  const max = flags === HAS_MAXIMUM ? cursor.u32(`maximum of the ${what}`) : undefined;
  if (max !== undefined && min > max)
    cursor.fail("limit", `${what}: the minimum ${min} is above the maximum ${max}`, offset);
  return { min, max };
}

export function readTableType(cursor: Cursor): Limits {
  const offset = cursor.at;
  const type = cursor.byte("type of the table");
  if (type === 0x40) cursor.fail("forbidden", "a table with an initial value", offset);
  if (REFERENCE_TYPES.includes(type))
    cursor.fail("forbidden", `a table of other references: 0x${type.toString(16)}`, offset);
  if (type !== FUNCTION_REFERENCES) cursor.fail("malformed", `type of the table: 0x${type.toString(16)}`, offset);
  return readLimits(cursor, "table");
}

/** Reads a constant expression, which must be one constant of this type. Errors: ModuleError: malformed, forbidden, type. */
export function readConstant(cursor: Cursor, type: ValueType): bigint {
  const offset = cursor.at;
  const { op, immediates, wide } = readInstructionAt(cursor);
  if (op.name !== "i32.const" && op.name !== "i64.const") {
    return cursor.fail("forbidden", `a constant expression with ${op.name}`, offset);
  }
  if (op.name !== `${type}.const`)
    return cursor.fail("type", `a constant expression of type ${type} with ${op.name}`, offset);
  const after = readInstructionAt(cursor);
  if (after.op.name !== "end") cursor.fail("forbidden", `a constant expression with ${after.op.name}`, after.offset);
  return type === "i32" ? BigInt(immediates[0]) : wide;
}
