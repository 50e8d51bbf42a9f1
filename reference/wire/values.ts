/**
 * The forms of values on the wire, read strictly.
 *
 * Req: WIRE-001, WIRE-002, WIRE-013, WIRE-014, WIRE-015.
 */
import { type Bytes32, fromHex, toBytes32, toHex, toQuantity } from "../core/bytes.ts";
import { type ErrorClass, ProofError } from "../core/errors.ts";
import { MAX_PROOF_BYTES } from "../core/limits.ts";
import type { EncodedProof, Item, ItemForm, Json, KeyForm, Members, ProofForm, RawKey } from "../proofs/backend.ts";

const QUANTITY = /^0x(?:0|[1-9a-f][0-9a-f]*)$/;

/** A longer quantity is not converted: no method accepts one of that length, and the conversion is not linear. */
const MAX_QUANTITY_DIGITS = 2 ** 16;

/** Shortens a value for an error message. */
export function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Input: `place` is the JSON pointer of the value; `errorClass` depends on whether the value is in the request or in a proof. */
function fail(errorClass: ErrorClass, place: string, value: unknown, expected: string): never {
  throw new ProofError(errorClass, `${place}: ${show(value)} is not ${expected}`, { pointer: place });
}

/** Req: WIRE-001, WIRE-013. Errors: `errorClass`. */
export function readBytes(value: unknown, place: string, errorClass: ErrorClass): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value) : undefined;
  return bytes ?? fail(errorClass, place, value, "0x and lower-case hex of even length");
}

export function readBytes32(value: unknown, place: string): Bytes32 {
  return toBytes32(readBytes(value, place, "invalid-argument")) ?? fail("invalid-argument", place, value, "32 bytes");
}

/** Req: WIRE-002, WIRE-014, WIRE-015. Errors: `errorClass`; limit-exceeded. */
export function readQuantity(value: unknown, place: string, errorClass: ErrorClass): bigint {
  if (typeof value !== "string" || !QUANTITY.test(value)) return fail(errorClass, place, value, "0x and minimal hex");
  if (value.length - 2 > MAX_QUANTITY_DIGITS) {
    throw new ProofError("limit-exceeded", `${place}: more than ${MAX_QUANTITY_DIGITS} hex digits`, {
      pointer: place,
    });
  }
  return BigInt(value);
}

/** Reads a small count: a JSON integer from 0 to 2^31 − 1. Errors: invalid-argument. */
export function readCount(value: unknown, place: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31) return value as number;
  return fail("invalid-argument", place, value, "a small count");
}

/** Reads the name of a backend or encoding. Errors: invalid-argument. */
export function readName(value: unknown, place: string): string {
  return typeof value === "string" ? value : fail("invalid-argument", place, value, "a name");
}

export function readBoolean(value: unknown, place: string): boolean {
  return typeof value === "boolean" ? value : fail("invalid-argument", place, value, "true or false");
}

export function readArray(value: unknown, place: string, errorClass: ErrorClass): readonly unknown[] {
  return Array.isArray(value) ? value : fail(errorClass, place, value, "an array");
}

export function readKey(form: KeyForm, value: unknown, place: string): RawKey {
  return form === "bytes"
    ? readBytes(value, place, "invalid-argument")
    : readQuantity(value, place, "invalid-argument");
}

/** Whether `value` is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a proof of the given form.
 *
 * Req:    PROOF-GEN-017, WIRE-013, WIRE-015.
 * Errors: invalid-argument for the wrong JSON type; malformed for a wrong member of an object;
 *         limit-exceeded for a byte string above the limit, before it is converted.
 */
export function readProof(form: ProofForm, value: unknown, place: string): EncodedProof {
  if (form === "bytes") {
    if (typeof value === "string" && value.length > 2 + 2 * MAX_PROOF_BYTES) {
      throw new ProofError("limit-exceeded", `${place}: more than ${MAX_PROOF_BYTES} bytes`, {
        limit: MAX_PROOF_BYTES,
      });
    }
    return readBytes(value, place, "invalid-argument");
  }
  if (!isObject(value)) return fail("invalid-argument", place, value, "an object");
  return readMembers(form, value, place);
}

/** Reads the members of an object inside a proof: all those of the form, and no others. */
function readMembers(form: Members<ItemForm>, value: Readonly<Record<string, unknown>>, place: string): Members<Item> {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(form, name)) throw new ProofError("malformed", `${place}: unexpected member "${name}"`);
  }
  const members = Object.entries(form).map(([name, item]) => {
    return [name, readItem(item, value[name], `${place}/${name}`)] as const;
  });
  return Object.fromEntries(members);
}

/** Recurses over the form, which the backend defines, and never over the value, which may be nested to any depth. */
function readItem(form: ItemForm, value: unknown, place: string): Item {
  if (form === "quantity") return readQuantity(value, place, "malformed");
  if (form === "bytes") return readBytes(value, place, "malformed");
  if (form === "json") return value as Json;
  if (!Array.isArray(form)) {
    if (!isObject(value)) return fail("malformed", place, value, "an object");
    return readMembers(form as Members<ItemForm>, value, place);
  }
  return readArray(value, place, "malformed").map((item, index) => readItem(form[0], item, `${place}/${index}`));
}

export function writeProof(item: Item): Json {
  if (typeof item === "bigint") return toQuantity(item);
  if (item instanceof Uint8Array) return toHex(item);
  if (typeof item !== "object" || item === null) return item;
  if (Array.isArray(item)) return item.map(writeProof);
  return Object.fromEntries(Object.entries(item).map(([name, member]) => [name, writeProof(member)]));
}
