/**
 * The forms that values take on the wire, read strictly (CONFORMANCE.md, chapter 2). Nothing here has to be changed.
 * `place` names the value in an error message.
 */
import { Rejection } from "proofhouse/adapter";

const MAX_GINDEX_BITS = 1024;

/** Bytes: `0x` and lower-case hex, two digits a byte. */
export function readBytes(value: unknown, place: string): Buffer {
  if (typeof value === "string" && value.length % 2 === 0 && /^0x[0-9a-f]*$/.test(value)) {
    return Buffer.from(value.slice(2), "hex");
  }
  return reject(value, place, "0x and lower-case hex of even length");
}

/** A node of a tree: 32 bytes. */
export function readNode(value: unknown, place: string): Buffer {
  const node = readBytes(value, place);
  return node.length === 32 ? node : reject(value, place, "32 bytes");
}

/** A quantity, say a generalized index. */
export function readQuantity(value: unknown, place: string): bigint {
  if (typeof value !== "string" || !/^0x(?:0|[1-9a-f][0-9a-f]*)$/.test(value)) {
    return reject(value, place, "0x and minimal lower-case hex");
  }
  if (4 * (value.length - 2) > MAX_GINDEX_BITS) {
    throw new Rejection("limit-exceeded", `${place}: more than ${MAX_GINDEX_BITS} bits`);
  }
  return BigInt(value);
}

/** A list, its items read by `readItem`: `readList(keys, "keys", readQuantity)`. */
export function readList<T>(value: unknown, place: string, readItem: (item: unknown, place: string) => T): T[] {
  if (!Array.isArray(value)) return reject(value, place, "a list");
  return value.map((item, index) => readItem(item, `${place}/${index}`));
}

/** A name, say of an encoding. */
export function readName(value: unknown, place: string): string {
  return typeof value === "string" ? value : reject(value, place, "a name");
}

export function toHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString("hex")}`;
}

/** Rejects a value that has another form than `expected`. */
export function reject(value: unknown, place: string, expected: string): never {
  const shown = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
  throw new Rejection("invalid-argument", `${place}: ${shown} is not ${expected}`);
}
