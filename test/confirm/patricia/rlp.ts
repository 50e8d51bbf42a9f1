/** Reads and writes recursive length prefix as strictly as PROOF-PATRICIA-002 requires, without recursion. */
import { fail } from "../values.ts";

/** An item of a list: all its bytes, and the bytes after its prefix. */
export type Item = { isList: boolean; encoded: Buffer; payload: Buffer };

/** The items of a list that takes all of `bytes`, one by one, so that a list with too many items is not read to its end. */
export function* itemsOfList(bytes: Buffer): Generator<Item> {
  const list = itemAt(bytes, 0);
  if (!list.isList) fail("malformed", "a string in place of a list");
  if (list.encoded.length !== bytes.length) fail("malformed", "bytes follow the list");
  for (let at = 0; at < list.payload.length; ) {
    const item = itemAt(list.payload, at);
    yield item;
    at += item.encoded.length;
  }
}

function itemAt(bytes: Buffer, at: number): Item {
  const first = bytes[at] ?? fail("malformed", "there is no item");
  if (first < 0x80) return { isList: false, encoded: bytes.subarray(at, at + 1), payload: bytes.subarray(at, at + 1) };
  const isList = first >= 0xc0;
  const short = first - (isList ? 0xc0 : 0x80);
  const lengthBytes = Math.max(0, short - 55);
  const start = at + 1 + lengthBytes;
  const length = lengthBytes === 0 ? short : longLength(bytes.subarray(at + 1, start), lengthBytes);
  if (length > bytes.length - start) fail("malformed", `an item of ${length} bytes exceeds the item that holds it`);
  const payload = bytes.subarray(start, start + length);
  if (!isList && length === 1 && (payload[0] as number) < 0x80) fail("malformed", "a byte below 80 has a prefix");
  return { isList, encoded: bytes.subarray(at, start + length), payload };
}

function longLength(bytes: Buffer, width: number): number {
  if (bytes.length < width) fail("malformed", "a length exceeds the item that holds it");
  if (bytes[0] === 0) fail("malformed", "a length begins with a zero");
  // A length that a double cannot represent exactly is far beyond any proof, so rounding does no harm.
  const length = Number(BigInt(`0x${bytes.toString("hex")}`));
  if (length < 56) fail("malformed", `a length of ${length} takes the long form`);
  return length;
}

export function rlpString(bytes: Buffer): Buffer {
  if (bytes.length === 1 && (bytes[0] as number) < 0x80) return bytes;
  return Buffer.concat([prefix(0x80, bytes.length), bytes]);
}

/** A list of encoded items. */
export function rlpList(items: readonly Buffer[]): Buffer {
  const length = items.reduce((sum, item) => sum + item.length, 0);
  return Buffer.concat([prefix(0xc0, length), ...items]);
}

function prefix(base: number, length: number): Buffer {
  if (length < 56) return Buffer.of(base + length);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.of(base + 55 + bytes.length), bytes]);
}
