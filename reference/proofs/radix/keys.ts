/** Keys and values of a radix tree, and bit strings, which count from the most significant bit of their first byte. */
import { type Bytes32, toBytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { RawKey } from "../backend.ts";
import { lastOfEachKey, type Written } from "../writes.ts";

const MAX_KEY_BYTES = 8192;

/** The last bit of the longest key: no internal node branches beyond it. */
export const LAST_BIT = 8 * MAX_KEY_BYTES - 1;

/** 1 to 8192 bytes: the result of `toKey`, or the key of a leaf that has been checked. */
export type Key = Uint8Array & { readonly __radixKey: true };

/** Whether a key can have this number of bytes. */
export function isKeyLength(length: number): boolean {
  return length >= 1 && length <= MAX_KEY_BYTES;
}

/**
 * Brands a key.
 *
 * Req:    PROOF-RADIX-001.
 * Errors: invalid-argument.
 */
export function toKey(key: RawKey): Key {
  const bytes = key as Uint8Array;
  if (isKeyLength(bytes.length)) return bytes as Key;
  throw new ProofError("invalid-argument", `a key has ${bytes.length} bytes, not from 1 to ${MAX_KEY_BYTES}`, {
    length: bytes.length,
  });
}

/**
 * Checks a value that is written: 32 bytes, or `null` to delete.
 *
 * Req:    PROOF-RADIX-040, PROOF-RADIX-041.
 * Errors: invalid-argument.
 */
export function toValue(value: Uint8Array | null, key: Key): Bytes32 | null {
  const checked = value === null ? null : toBytes32(value);
  if (checked !== undefined) return checked;
  throw new ProofError("invalid-argument", `the value of key ${show(key)} has ${value?.length} bytes, not 32`, {
    key: show(key),
    length: value?.length ?? 0,
  });
}

/** A key and its new value; `null` deletes the key. */
export type Change = Written<Key, Bytes32 | null>;

/** The last change of each key, by ascending key. This is the order of the leaves from left to right. */
export function lastChanges(changes: readonly Change[]): Change[] {
  return lastOfEachKey(changes, ({ key }) => key);
}

export function uncovered(key: Key): ProofError {
  return new ProofError("incomplete", `the proof does not reach key ${show(key)}`, { key: show(key) });
}

/** A key in a message; a long key is cut. */
export function show(key: Uint8Array): string {
  return key.length <= 64 ? toHex(key) : `${toHex(key.subarray(0, 64))}…`;
}

/** Eight bits from `bit` on, with zeros after the end of `bytes`. */
function octetAt(bytes: Uint8Array, bit: number): number {
  const index = bit >> 3;
  return (((bytes[index] << 8) | bytes[index + 1]) >> (8 - (bit & 7))) & 0xff;
}

/** The number of equal bits, at most `most`, in `a` from bit `fromA` on and in `b` from bit `fromB` on. */
export function commonBits(a: Uint8Array, fromA: number, b: Uint8Array, fromB: number, most: number): number {
  for (let done = 0; done < most; done += 8) {
    const different = octetAt(a, fromA + done) ^ octetAt(b, fromB + done);
    if (different !== 0) return Math.min(most, done + Math.clz32(different) - 24);
  }
  return most;
}

/**
 * Copies `count` bits of `source` from bit `from` on to bit `to` of `target`. Earlier bits of the first byte are kept, later
 * bits of the last byte are cleared.
 */
export function copyBits(source: Uint8Array, from: number, count: number, target: Uint8Array, to: number): void {
  const begun = to & 7;
  if (begun !== 0) {
    const kept = target[to >> 3] & (0xff00 >> begun);
    target[to >> 3] = kept | (octetAt(source, from) >> begun);
  }
  for (let done = (8 - begun) & 7; done < count; done += 8) target[(to + done) >> 3] = octetAt(source, from + done);
  const end = to + count;
  if ((end & 7) !== 0) target[end >> 3] &= 0xff00 >> (end & 7);
}

export function setBit(bytes: Uint8Array, index: number, bit: 0 | 1): void {
  const mask = 0x80 >> (index & 7);
  if (bit === 1) bytes[index >> 3] |= mask;
  else bytes[index >> 3] &= ~mask;
}
