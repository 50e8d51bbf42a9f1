/** What the sections list, one entry at a time. */
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

/** How types of garbage collection begin: arrays, structures, subtypes, groups of types. */
const OTHER_TYPES = [0x5e, 0x5f, 0x50, 0x4f, 0x4e];

const KINDS = ["function", "table", "memory", "global"] as const;

/** Imports and exports of exceptions. */
const TAG_KIND = 4;

/** How segments begin that are not active ones with one memory or table. */
const OTHER_DATA = 2;
const OTHER_ELEMENTS = 7;

export function readFunctionType(cursor: Cursor): FunctionType {
  const at = cursor.at;
  const form = cursor.byte("type");
  if (OTHER_TYPES.includes(form))
    cursor.fail("forbidden", `a type other than a function's: 0x${form.toString(16)}`, at);
  if (form !== FUNCTION_TYPE) cursor.fail("malformed", `type: 0x${form.toString(16)}`, at);
  const params = readValueTypes(cursor, "parameters", MAX_PARAMETERS);
  const resultsAt = cursor.at;
  const results = readValueTypes(cursor, "results");
  if (results.length > 1) cursor.fail("forbidden", `${results.length} results`, resultsAt);
  return { params, results };
}

function readValueTypes(cursor: Cursor, what: string, limit?: number): ValueType[] {
  const count = cursor.count(what, limit);
  const types: ValueType[] = [];
  for (let index = 0; index < count; index++) types.push(readValueType(cursor, `type of the ${what}`));
  return types;
}

export function readFunctionImport(cursor: Cursor, types: readonly FunctionType[]): ImportedFunction {
  const offset = cursor.at;
  const module = cursor.name("module of the import", MAX_NAME_BYTES);
  const name = cursor.name("name of the import", MAX_NAME_BYTES);
  const at = cursor.at;
  const kind = cursor.byte("kind of the import");
  if (kind > TAG_KIND) cursor.fail("malformed", `kind of the import: ${kind}`, at);
  if (kind !== 0) cursor.fail("forbidden", `import of ${module}.${name}: a ${KINDS[kind] ?? "tag"}`, offset);
  const index = cursor.u32("index of the type");
  const type = types[index] ?? cursor.fail("type", `there is no type ${index}`, offset);
  return { module, name, type, offset };
}

export function readGlobal(cursor: Cursor): GlobalDefinition {
  const type = readValueType(cursor, "type of the global");
  const at = cursor.at;
  const mutability = cursor.byte("mutability of the global");
  if (mutability > 1) cursor.fail("malformed", `mutability of the global: ${mutability}`, at);
  return { type, isMutable: mutability === 1, init: readConstant(cursor, type) };
}

export function readExport(cursor: Cursor): ExportDefinition {
  const at = cursor.at;
  const name = cursor.name("name of the export", MAX_NAME_BYTES);
  const kindAt = cursor.at;
  const number = cursor.byte("kind of the export");
  if (number === TAG_KIND) cursor.fail("forbidden", "an export of a tag", at);
  const kind = KINDS[number] ?? cursor.fail("malformed", `kind of the export: ${number}`, kindAt);
  return { name, kind, index: cursor.u32(`index of the ${kind}`), at };
}

export function readElement(cursor: Cursor): ElementSegment {
  const at = cursor.at;
  readSegmentForm(cursor, OTHER_ELEMENTS);
  const offset = Number(BigInt.asUintN(32, readConstant(cursor, "i32")));
  const count = cursor.count("elements");
  const functions: number[] = [];
  for (let index = 0; index < count; index++) functions.push(cursor.u32("index of the function"));
  return { offset, functions, at };
}

export function readData(cursor: Cursor): DataSegment {
  const at = cursor.at;
  readSegmentForm(cursor, OTHER_DATA);
  const offset = Number(BigInt.asUintN(32, readConstant(cursor, "i32")));
  const length = cursor.count("bytes");
  const start = cursor.at;
  cursor.at += length;
  return { offset, bytes: cursor.bytes.subarray(start, cursor.at), at };
}

function readSegmentForm(cursor: Cursor, last: number): void {
  const at = cursor.at;
  const form = cursor.u32("form of the segment");
  if (form > last) cursor.fail("malformed", `form of the segment: ${form}`, at);
  if (form !== 0)
    cursor.fail("forbidden", "a passive or declarative segment, or one that names its memory or table", at);
}
