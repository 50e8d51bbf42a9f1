/**
 * The forms that values take on the wire, read strictly (CONFORMANCE.md, chapter 2).
 * `place` names the value in an error message; `errorClass` is `malformed` for values inside a proof.
 */
import { type ErrorClass, Rejection } from "./adapter.ts";

const MAX_GINDEX_BITS = 1024;
const MAX_PROOF_BYTES = 64 * 2 ** 20;

/** No method takes a longer quantity, and the conversion of more digits is slow. */
const MAX_QUANTITY_DIGITS = 2 ** 16;

export type Reader<T> = (value: unknown, place: string, errorClass?: ErrorClass) => T;

/** Bytes: `0x` and lower-case hex, two digits a byte. */
export function readBytes(value: unknown, place: string, errorClass?: ErrorClass): Uint8Array {
  if (typeof value === "string" && value.length % 2 === 0 && /^0x[0-9a-f]*$/.test(value)) {
    return new Uint8Array(Buffer.from(value.slice(2), "hex"));
  }
  return reject(value, place, "0x and lower-case hex of even length", errorClass);
}

/** A node of a tree, or a root: 32 bytes. */
export function readNode(value: unknown, place: string, errorClass?: ErrorClass): Uint8Array {
  const node = readBytes(value, place, errorClass);
  return node.length === 32 ? node : reject(value, place, "32 bytes", errorClass);
}

/** A proof in an encoding of bytes. A proof above the bound of the interface is rejected before it is converted. */
export function readProofBytes(value: unknown, place: string): Uint8Array {
  if (typeof value === "string" && value.length > 2 + 2 * MAX_PROOF_BYTES) {
    throw new Rejection("limit-exceeded", `${place}: more than ${MAX_PROOF_BYTES} bytes`);
  }
  return readBytes(value, place);
}

/** A quantity of any size. */
export function readQuantity(value: unknown, place: string, errorClass?: ErrorClass): bigint {
  if (typeof value !== "string" || !/^0x(?:0|[1-9a-f][0-9a-f]*)$/.test(value)) {
    return reject(value, place, "0x and minimal lower-case hex", errorClass);
  }
  if (value.length - 2 > MAX_QUANTITY_DIGITS) {
    throw new Rejection("limit-exceeded", `${place}: a quantity of ${value.length - 2} hex digits`);
  }
  return BigInt(value);
}

/** A generalized index within the bound of the interface. */
export function readGindex(value: unknown, place: string, errorClass?: ErrorClass): bigint {
  const gindex = readQuantity(value, place, errorClass);
  if (4 * (String(value).length - 2) <= MAX_GINDEX_BITS) return gindex;
  throw new Rejection("limit-exceeded", `${place}: more than ${MAX_GINDEX_BITS} bits`);
}

/** A list, its items read by `readItem`: `readList(keys, "keys", readGindex)`. */
export function readList<T>(value: unknown, place: string, readItem: Reader<T>, errorClass?: ErrorClass): T[] {
  if (!Array.isArray(value)) return reject(value, place, "a list", errorClass);
  return value.map((item, index) => readItem(item, `${place}/${index}`, errorClass));
}

/** A name, say of an encoding. */
export function readName(value: unknown, place: string): string {
  return typeof value === "string" ? value : reject(value, place, "a name");
}

/** The members of an object in a proof: all of `names` and no others. */
export function readMembers<Name extends string>(
  value: unknown,
  place: string,
  names: readonly Name[],
): Readonly<Record<Name, unknown>> {
  if (!isObject(value)) return reject(value, place, "an object", "malformed");
  const stray = Object.keys(value).find((name) => !names.some((known) => known === name));
  if (stray !== undefined) throw new Rejection("malformed", `${place}: unexpected member "${stray.slice(0, 80)}"`);
  return value as Readonly<Record<Name, unknown>>;
}

/** An entry of `prove`: a key and its value. */
export function readEntry<Key>(value: unknown, place: string, readKey: Reader<Key>): readonly [Key, Uint8Array] {
  const [key, held] = readPair(value, place, readKey);
  return [key, readBytes(held, `${place}/1`)];
}

/** A write: a key and the value to write. `null` deletes. */
export function readWrite<Key>(value: unknown, place: string, readKey: Reader<Key>): readonly [Key, Uint8Array | null] {
  const [key, written] = readPair(value, place, readKey);
  return [key, written === null ? null : readBytes(written, `${place}/1`)];
}

function readPair<Key>(value: unknown, place: string, readKey: Reader<Key>): readonly [Key, unknown] {
  if (!Array.isArray(value) || value.length !== 2) return reject(value, place, "a key and a value");
  return [readKey(value[0], `${place}/0`), value[1]];
}

/** A step of `transact`. */
export type Step<Key> =
  | { readonly kind: "get"; readonly key: Key }
  | { readonly kind: "set"; readonly key: Key; readonly value: Uint8Array | null }
  | { readonly kind: "root" | "checkpoint" | "commit" | "revert" };

export function readStep<Key>(value: unknown, place: string, readKey: Reader<Key>): Step<Key> {
  const members = isObject(value) ? Object.entries(value) : [];
  const [[kind, argument] = []] = members;
  if (members.length === 1) {
    if (kind === "get") return { kind, key: readKey(argument, `${place}/get`) };
    if (kind === "set") {
      const [key, written] = readWrite(argument, `${place}/set`, readKey);
      return { kind, key, value: written };
    }
    const isPlain = kind === "root" || kind === "checkpoint" || kind === "commit" || kind === "revert";
    if (isPlain && argument === true) return { kind };
  }
  return reject(value, place, "a step");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function toHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

/** The order of byte strings: by their bytes, and a prefix first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

/** Rejects a value that has another form than `expected`. */
export function reject(
  value: unknown,
  place: string,
  expected: string,
  errorClass: ErrorClass = "invalid-argument",
): never {
  const shown = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
  throw new Rejection(errorClass, `${place}: ${shown} is not ${expected}`);
}
