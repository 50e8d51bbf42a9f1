/**
 * The bodies of functions: their offsets, and their locals, which are bounded before they are listed.
 *
 * Req: RUNTIME-MODULE-004, RUNTIME-MODULE-007, RUNTIME-MODULE-017.
 */
import { MAX_BODY_BYTES, MAX_LOCALS, MAX_LOCALS_IN_ALL } from "../limits.ts";
import type { FunctionBody, FunctionType, ValueType } from "../module.ts";
import { Cursor } from "./cursor.ts";
import { readValueType } from "./types.ts";

/**
 * Reads the code section. The bodies stay bytes.
 *
 * Input:  `functions` holds the types of the functions that the module defines, `imported` is the number of imported ones.
 * Errors: ModuleError: malformed, limit.
 */
export function readBodies(
  cursor: Cursor | undefined,
  bytes: Uint8Array,
  functions: readonly FunctionType[],
  imported: number,
): FunctionBody[] {
  if (cursor === undefined) {
    const end = new Cursor(bytes, bytes.length, bytes.length, "module");
    return functions.length === 0 ? [] : end.fail("malformed", `no code section; expected ${functions.length} bodies`);
  }
  const start = cursor.at;
  const count = cursor.count("bodies");
  if (count !== functions.length) cursor.fail("malformed", `${count} bodies; expected ${functions.length}`, start);
  const bodies: FunctionBody[] = [];
  let localsInAll = 0;
  for (const [position, type] of functions.entries()) {
    const index = imported + position;
    const offset = cursor.at;
    const body = readBody(cursor, index, type);
    localsInAll += type.params.length + body.locals.length;
    if (localsInAll > MAX_LOCALS_IN_ALL) {
      new Cursor(bytes, offset, offset, "code", index).fail(
        "limit",
        `more than ${MAX_LOCALS_IN_ALL} locals in all functions`,
      );
    }
    bodies.push(body);
  }
  if (cursor.left > 0) cursor.fail("malformed", `${cursor.left} bytes after the last of ${count} bodies`);
  return bodies;
}

function readBody(section: Cursor, index: number, type: FunctionType): FunctionBody {
  const offset = section.at;
  const length = section.u32("length of the body");
  const start = section.at;
  const end = start + length;
  const body = new Cursor(section.bytes, start, Math.min(end, section.end), "code", index);
  if (length > section.left) body.fail("malformed", `body: ${length} bytes, but only ${section.left} are left`, offset);
  if (length > MAX_BODY_BYTES) body.fail("limit", `body: ${length} bytes are more than ${MAX_BODY_BYTES}`, offset);
  const locals = readLocals(body, type.params.length);
  section.at = end;
  return { index, type, locals, start, code: body.at, end };
}

function readLocals(cursor: Cursor, parameters: number): ValueType[] {
  const groups = cursor.count("groups of locals");
  const locals: ValueType[] = [];
  for (let group = 0; group < groups; group++) {
    const offset = cursor.at;
    const count = cursor.u32("number of locals");
    if (parameters + locals.length + count > MAX_LOCALS) {
      cursor.fail(
        "limit",
        `${parameters + locals.length + count} locals and parameters are more than ${MAX_LOCALS}`,
        offset,
      );
    }
    const type = readValueType(cursor, "type of the locals");
    for (let local = 0; local < count; local++) locals.push(type);
  }
  return locals;
}
