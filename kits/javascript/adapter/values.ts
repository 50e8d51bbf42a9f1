/**
 * Reads the values of docs/spec/protocol.md strictly.
 * Error messages name the value by `path`; `errorClass` is `malformed` for values inside a proof.
 */
import { type ErrorClass, Rejection } from "./adapter.ts";

const MAX_GINDEX_BITS = 1024;
const MAX_PROOF_BYTES = 64 * 2 ** 20;

/** No method takes a longer quantity, and converting one is slow. */
const MAX_QUANTITY_DIGITS = 2 ** 16;

export type Reader<T> = (value: unknown, path: string, errorClass?: ErrorClass) => T;

/** Reads bytes: `0x` and lower-case hex, two digits per byte. */
export function readBytes(value: unknown, path: string, errorClass?: ErrorClass): Uint8Array {
  if (typeof value === "string" && value.length % 2 === 0 && /^0x[0-9a-f]*$/.test(value)) {
    return new Uint8Array(Buffer.from(value.slice(2), "hex"));
  }
  return reject(value, path, "0x and lower-case hex of even length", errorClass);
}

/** Reads a node of a tree, or a root: 32 bytes. */
export function readNode(value: unknown, path: string, errorClass?: ErrorClass): Uint8Array {
  const node = readBytes(value, path, errorClass);
  return node.length === 32 ? node : reject(value, path, "32 bytes", errorClass);
}

/** Reads a proof in a byte encoding. Rejects a proof above the bound of the interface before it is converted. */
export function readProofBytes(value: unknown, path: string): Uint8Array {
  if (typeof value === "string" && value.length > 2 + 2 * MAX_PROOF_BYTES) {
    throw new Rejection("limit-exceeded", `${path}: more than ${MAX_PROOF_BYTES} bytes`);
  }
  return readBytes(value, path);
}

/** Reads a quantity of at most `MAX_QUANTITY_DIGITS` digits. */
export function readQuantity(value: unknown, path: string, errorClass?: ErrorClass): bigint {
  if (typeof value !== "string" || !/^0x(?:0|[1-9a-f][0-9a-f]*)$/.test(value)) {
    return reject(value, path, "0x and minimal lower-case hex", errorClass);
  }
  if (value.length - 2 > MAX_QUANTITY_DIGITS) {
    throw new Rejection("limit-exceeded", `${path}: ${value.length - 2} hex digits, more than ${MAX_QUANTITY_DIGITS}`);
  }
  return BigInt(value);
}

/** Reads a generalized index within the bound of the interface. */
export function readGindex(value: unknown, path: string, errorClass?: ErrorClass): bigint {
  const gindex = readQuantity(value, path, errorClass);
  if (4 * (String(value).length - 2) <= MAX_GINDEX_BITS) return gindex;
  throw new Rejection("limit-exceeded", `${path}: more than ${MAX_GINDEX_BITS} bits`);
}

/** Reads a list, and each item with `readItem`: `readList(keys, "keys", readGindex)`. */
export function readList<T>(value: unknown, path: string, readItem: Reader<T>, errorClass?: ErrorClass): T[] {
  if (!Array.isArray(value)) return reject(value, path, "a list", errorClass);
  return value.map((item, index) => readItem(item, `${path}/${index}`, errorClass));
}

/** Reads a name, such as that of an encoding. */
export function readName(value: unknown, path: string): string {
  return typeof value === "string" ? value : reject(value, path, "a name");
}

/** Reads an object in a proof. It must have all members of `names` and no other. */
export function readMembers<Name extends string>(
  value: unknown,
  path: string,
  names: readonly Name[],
): Readonly<Record<Name, unknown>> {
  if (!isObject(value)) return reject(value, path, "an object", "malformed");
  const extra = Object.keys(value).find((name) => !names.some((known) => known === name));
  if (extra !== undefined) throw new Rejection("malformed", `${path}: unexpected member "${extra.slice(0, 80)}"`);
  return value as Readonly<Record<Name, unknown>>;
}

/** Reads an entry of `prove`: a key and its value. */
export function readEntry<Key>(value: unknown, path: string, readKey: Reader<Key>): readonly [Key, Uint8Array] {
  const [key, held] = readPair(value, path, readKey);
  return [key, readBytes(held, `${path}/1`)];
}

/** Reads a write: a key and a value, or `null` to delete the key. */
export function readWrite<Key>(value: unknown, path: string, readKey: Reader<Key>): readonly [Key, Uint8Array | null] {
  const [key, written] = readPair(value, path, readKey);
  return [key, written === null ? null : readBytes(written, `${path}/1`)];
}

function readPair<Key>(value: unknown, path: string, readKey: Reader<Key>): readonly [Key, unknown] {
  if (!Array.isArray(value) || value.length !== 2) return reject(value, path, "a key and a value");
  return [readKey(value[0], `${path}/0`), value[1]];
}

/** A step of `transact`. */
export type Step<Key> =
  | { readonly kind: "get"; readonly key: Key }
  | { readonly kind: "set"; readonly key: Key; readonly value: Uint8Array | null }
  | { readonly kind: "root" | "checkpoint" | "commit" | "revert" };

export function readStep<Key>(value: unknown, path: string, readKey: Reader<Key>): Step<Key> {
  const members = isObject(value) ? Object.entries(value) : [];
  const [[kind, argument] = []] = members;
  if (members.length === 1) {
    if (kind === "get") return { kind, key: readKey(argument, `${path}/get`) };
    if (kind === "set") {
      const [key, written] = readWrite(argument, `${path}/set`, readKey);
      return { kind, key, value: written };
    }
    const isPlain = kind === "root" || kind === "checkpoint" || kind === "commit" || kind === "revert";
    if (isPlain && argument === true) return { kind };
  }
  return reject(value, path, "a step");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function toHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

/** Compares byte strings in lexicographic order. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

/** Rejects a value that does not have the form `expected`. */
export function reject(
  value: unknown,
  path: string,
  expected: string,
  errorClass: ErrorClass = "invalid-argument",
): never {
  const shown = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
  throw new Rejection(errorClass, `${path}: ${shown} is not ${expected}`);
}
