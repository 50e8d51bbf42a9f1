/**
 * RLP and hex-prefixes, correct by default and faulty where a generator needs a fault.
 *
 * Everything here is text: hex digits without `0x`, two for each byte, or nibbles, one digit each.
 */
import { keccak_256 } from "@noble/hashes/sha3.js";

/** Bytes as hex digits, without `0x`. */
export type Digits = string;

/** A path, one hex digit for each nibble. */
export type Nibbles = string;

export const STRING = 0x80;
export const LIST = 0xc0;

const LONGEST_SHORT = 55;

export const byteLength = (digits: Digits): number => digits.length / 2;

/** An integer as `bytes` big-endian bytes. */
export function bigEndian(value: number | bigint, bytes: number): Digits {
  return value.toString(16).padStart(2 * bytes, "0");
}

/** The head of an item, with its length in the short form if that can hold it. */
export function head(kind: number, length: number): Digits {
  return length <= LONGEST_SHORT ? bigEndian(kind + length, 1) : longHead(kind, length);
}

/** The head of an item, with its length in `bytes` bytes, by default as few as possible. */
export function longHead(
  kind: number,
  length: number | bigint,
  bytes = Math.ceil(length.toString(16).length / 2),
): Digits {
  return bigEndian(kind + LONGEST_SHORT + bytes, 1) + bigEndian(length, bytes);
}

export function string(bytes: Digits): Digits {
  return byteLength(bytes) === 1 && Number.parseInt(bytes, 16) < STRING
    ? bytes
    : head(STRING, byteLength(bytes)) + bytes;
}

/** A list of encoded items. */
export function list(items: readonly Digits[]): Digits {
  const payload = items.join("");
  return head(LIST, byteLength(payload)) + payload;
}

export const LEAF = 2;
export const ODD = 1;

export function hexPrefix(nibbles: Nibbles, isLeaf: boolean): Digits {
  const isOdd = nibbles.length % 2 === 1;
  return rawPrefix((isLeaf ? LEAF : 0) + (isOdd ? ODD : 0), isOdd ? "" : "0", nibbles);
}

/** A hex-prefix with any flag and padding. */
export function rawPrefix(flag: number, padding: Nibbles, nibbles: Nibbles): Digits {
  return flag.toString(16) + padding + nibbles;
}

export function keccak(bytes: Digits): Digits {
  return Buffer.from(keccak_256(Buffer.from(bytes, "hex"))).toString("hex");
}
