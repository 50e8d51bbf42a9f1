/** Types of values, tables and memories, and constant expressions. */
import { isForbiddenValueType, readInstructionAt, VALUE_TYPES, valueTypeName } from "../instructions.ts";
import type { Limits, ValueType } from "../module.ts";
import type { Cursor } from "./cursor.ts";

/** Reference types of tables; the last two are followed by what they refer to. */
const REFERENCE_TYPES = [0x6f, 0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x69, 0x71, 0x72, 0x73, 0x74, 0x63, 0x64];

const FUNCTION_REFERENCES = 0x70;

/** The flags of limits: whether there is a maximum, whether it is shared, whether it counts in 64 bits. */
const HAS_MAXIMUM = 1;
const LIMIT_FLAGS = 7;

export function readValueType(cursor: Cursor, what: string): ValueType {
  const at = cursor.at;
  const byte = cursor.byte(what);
  const type = VALUE_TYPES.get(byte);
  if (type !== undefined) return type;
  return cursor.fail(isForbiddenValueType(byte) ? "forbidden" : "malformed", `${what}: ${valueTypeName(byte)}`, at);
}

/** Errors: limit where the minimum is above the maximum. */
export function readLimits(cursor: Cursor, what: string): Limits {
  const at = cursor.at;
  const flags = cursor.byte(`limits of the ${what}`);
  if (flags > LIMIT_FLAGS) cursor.fail("malformed", `limits of the ${what}: flags 0x${flags.toString(16)}`, at);
  if (flags > HAS_MAXIMUM) cursor.fail("forbidden", `a shared or 64-bit ${what}`, at);
  const min = cursor.u32(`minimum of the ${what}`);
  const max = flags === HAS_MAXIMUM ? cursor.u32(`maximum of the ${what}`) : undefined;
  if (max !== undefined && min > max)
    cursor.fail("limit", `${what}: the minimum ${min} is above the maximum ${max}`, at);
  return { min, max };
}

export function readTableType(cursor: Cursor): Limits {
  const at = cursor.at;
  const type = cursor.byte("type of the table");
  if (type === 0x40) cursor.fail("forbidden", "a table with an initial value", at);
  if (REFERENCE_TYPES.includes(type))
    cursor.fail("forbidden", `a table of other references: 0x${type.toString(16)}`, at);
  if (type !== FUNCTION_REFERENCES) cursor.fail("malformed", `type of the table: 0x${type.toString(16)}`, at);
  return readLimits(cursor, "table");
}

/** A constant expression of the profile: one constant of this type. */
export function readConstant(cursor: Cursor, type: ValueType): bigint {
  const at = cursor.at;
  const { op, immediates, wide } = readInstructionAt(cursor);
  if (op.name !== "i32.const" && op.name !== "i64.const") {
    return cursor.fail("forbidden", `a constant expression with ${op.name}`, at);
  }
  if (op.name !== `${type}.const`)
    return cursor.fail("type", `a constant expression of type ${type} with ${op.name}`, at);
  const after = readInstructionAt(cursor);
  if (after.op.name !== "end") cursor.fail("forbidden", `a constant expression with ${after.op.name}`, after.at);
  return type === "i32" ? BigInt(immediates[0]) : wide;
}
