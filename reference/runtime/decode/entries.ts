/**
 * The entries that sections list: types, imports, globals, exports and segments.
 *
 * Req: RUNTIME-MODULE-020, RUNTIME-MODULE-021, RUNTIME-MODULE-025.
 */
import { MAX_NAME_BYTES, MAX_PARAMETERS } from "../limits.ts";
import type {
  DataSegment,
  ElementSegment,
  ExportDefinition,
  FunctionType,
  GlobalDefinition,
  ImportedFunction,
  ValueType,
} from "../module.ts";
import type { Cursor } from "./cursor.ts";
import { readConstant, readValueType } from "./types.ts";

const FUNCTION_TYPE = 0x60;

/** First bytes of the types of garbage collection: arrays, structures, subtypes, groups of types. */
const OTHER_TYPES = [0x5e, 0x5f, 0x50, 0x4f, 0x4e];

const KINDS = ["function", "table", "memory", "global"] as const;

/** The kind of an import or export of an exception. */
const TAG_KIND = 4;

/** The last forms of segments. Form 0 is an active segment of the only memory or table. */
const LAST_DATA_FORM = 2;
const LAST_ELEMENT_FORM = 7;

export function readFunctionType(cursor: Cursor): FunctionType {
  const offset = cursor.at;
  const form = cursor.byte("type");
  if (OTHER_TYPES.includes(form))
    cursor.fail("forbidden", `type: 0x${form.toString(16)}; expected 0x60, a function type`, offset);
  if (form !== FUNCTION_TYPE) cursor.fail("malformed", `type: 0x${form.toString(16)}; expected 0x60`, offset);
  const params = readValueTypes(cursor, "parameters", MAX_PARAMETERS);
  const resultsOffset = cursor.at;
  const results = readValueTypes(cursor, "results");
  if (results.length > 1) cursor.fail("forbidden", `${results.length} results; expected at most 1`, resultsOffset);
  return { params, results };
}

function readValueTypes(cursor: Cursor, what: string, limit?: number): ValueType[] {
  const count = cursor.count(what, limit);
  const types: ValueType[] = [];
  for (let index = 0; index < count; index++) types.push(readValueType(cursor, `type of the ${what}`));
  return types;
}

/**
 * Reads an import, which must be a function.
 *
 * Req:    RUNTIME-MODULE-010, RUNTIME-MODULE-016.
 * Errors: ModuleError: malformed, forbidden, limit, type.
 */
export function readFunctionImport(cursor: Cursor, types: readonly FunctionType[]): ImportedFunction {
  const offset = cursor.at;
  const module = cursor.name("module of the import", MAX_NAME_BYTES);
  const name = cursor.name("name of the import", MAX_NAME_BYTES);
  const kindOffset = cursor.at;
  const kind = cursor.byte("kind of the import");
  if (kind > TAG_KIND) cursor.fail("malformed", `kind of the import: ${kind}; expected 0, a function`, kindOffset);
  if (kind !== 0)
    cursor.fail("forbidden", `import of ${module}.${name}: a ${KINDS[kind] ?? "tag"}; expected a function`, offset);
  const index = cursor.u32("index of the type");
  const type = types[index] ?? cursor.fail("type", `import of ${module}.${name}: type ${index} does not exist`, offset);
  return { module, name, type, offset };
}

export function readGlobal(cursor: Cursor): GlobalDefinition {
  const type = readValueType(cursor, "type of the global");
  const offset = cursor.at;
  const mutability = cursor.byte("mutability of the global");
  if (mutability > 1) cursor.fail("malformed", `mutability of the global: ${mutability}; expected 0 or 1`, offset);
  return { type, isMutable: mutability === 1, init: readConstant(cursor, type) };
}

export function readExport(cursor: Cursor): ExportDefinition {
  const offset = cursor.at;
  const name = cursor.name("name of the export", MAX_NAME_BYTES);
  const kindOffset = cursor.at;
  const number = cursor.byte("kind of the export");
  if (number === TAG_KIND) cursor.fail("forbidden", `export "${name}": a tag`, offset);
  const kind = KINDS[number] ?? cursor.fail("malformed", `kind of the export: ${number}; expected 0 to 3`, kindOffset);
  return { name, kind, index: cursor.u32(`index of the ${kind}`), at: offset };
}

/** Req: RUNTIME-MODULE-038. Errors: ModuleError: malformed, forbidden, type. */
export function readElement(cursor: Cursor): ElementSegment {
  const start = cursor.at;
  readSegmentForm(cursor, LAST_ELEMENT_FORM);
  const offset = Number(BigInt.asUintN(32, readConstant(cursor, "i32")));
  const count = cursor.count("elements");
  const functions: number[] = [];
  for (let index = 0; index < count; index++) functions.push(cursor.u32("index of the function"));
  return { offset, functions, at: start };
}

/** Req: RUNTIME-MODULE-038. Errors: ModuleError: malformed, forbidden, type. */
export function readData(cursor: Cursor): DataSegment {
  const start = cursor.at;
  readSegmentForm(cursor, LAST_DATA_FORM);
  const offset = Number(BigInt.asUintN(32, readConstant(cursor, "i32")));
  const length = cursor.count("bytes");
  const content = cursor.at;
  cursor.at += length;
  return { offset, bytes: cursor.bytes.subarray(content, cursor.at), at: start };
}

function readSegmentForm(cursor: Cursor, last: number): void {
  const offset = cursor.at;
  const form = cursor.u32("form of the segment");
  if (form > last) cursor.fail("malformed", `form of the segment: ${form}; expected 0`, offset);
  if (form !== 0)
    cursor.fail("forbidden", "a passive or declarative segment, or one that names its memory or table", offset);
}
