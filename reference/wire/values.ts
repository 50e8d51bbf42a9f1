/**
 * The forms that values take on the wire, read strictly.
 *
 * Req: WIRE-001, WIRE-002.
 */
import { type Bytes32, fromHex, toBytes32, toHex, toQuantity } from "../core/bytes.ts";
import { type ErrorClass, ProofError } from "../core/errors.ts";
import { MAX_PROOF_BYTES } from "../core/limits.ts";
import type { EncodedProof, Item, ItemForm, Json, KeyForm, Members, ProofForm, RawKey } from "../proofs/backend.ts";

const QUANTITY = /^0x(?:0|[1-9a-f][0-9a-f]*)$/;

/** Hex digits beyond which a quantity is not even converted: no method takes one as long, and conversion is not linear. */
const MAX_QUANTITY_DIGITS = 2 ** 16;

/** A short rendering of an offending value, for an error message. */
export function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** `place` is the JSON pointer of the value within the parameters; `errorClass` says whose fault a bad value is. */
function fail(errorClass: ErrorClass, place: string, value: unknown, expected: string): never {
  throw new ProofError(errorClass, `${place}: ${show(value)} is not ${expected}`, { pointer: place });
}

export function readBytes(value: unknown, place: string, errorClass: ErrorClass): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value) : undefined;
  return bytes ?? fail(errorClass, place, value, "0x and lower-case hex of even length");
}

export function readBytes32(value: unknown, place: string): Bytes32 {
  return toBytes32(readBytes(value, place, "invalid-argument")) ?? fail("invalid-argument", place, value, "32 bytes");
}

export function readQuantity(value: unknown, place: string, errorClass: ErrorClass): bigint {
  if (typeof value !== "string" || !QUANTITY.test(value)) return fail(errorClass, place, value, "0x and minimal hex");
  if (value.length - 2 > MAX_QUANTITY_DIGITS) {
    throw new ProofError("limit-exceeded", `${place}: a quantity of ${value.length - 2} hex digits`, {
      pointer: place,
    });
  }
  return BigInt(value);
}

/** A small count: a JSON integer from 0 to 2^31 − 1. */
export function readCount(value: unknown, place: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31) return value as number;
  return fail("invalid-argument", place, value, "a small count");
}

/** The name of a backend or encoding. */
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

/** Whether `value` is a JSON object: not null, not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a proof of the given form.
 *
 * Errors: invalid-argument when it has the wrong JSON type for the encoding; malformed for a wrong member inside an object;
 *         limit-exceeded for a byte string above the bound, before it is converted.
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

/** The members of an object inside a proof: those of the form, and no others. */
function readMembers(form: Members<ItemForm>, value: Readonly<Record<string, unknown>>, place: string): Members<Item> {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(form, name)) throw new ProofError("malformed", `${place}: unexpected member "${name}"`);
  }
  const members = Object.entries(form).map(([name, item]) => {
    return [name, readItem(item, value[name], `${place}/${name}`)] as const;
  });
  return Object.fromEntries(members);
}

/** Recursion follows the form, which is ours, and not the value. */
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
