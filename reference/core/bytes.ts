/** Byte strings: the 32-byte brand, the wire forms, comparison, and little-endian integers of any width. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Exactly 32 bytes. Only `toBytes32` and hash functions create it. */
export type Bytes32 = Uint8Array & { readonly __brand: "Bytes32" };

/** Brands `bytes` if it has 32 bytes. Returns `undefined` otherwise, so that the caller can name the place in its error. */
export function toBytes32(bytes: Uint8Array): Bytes32 | undefined {
  return bytes.length === 32 ? (bytes as Bytes32) : undefined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/**
 * Returns the wire form of a byte string: `0x` and lower-case hex.
 *
 * Req: WIRE-001.
 */
export function toHex(bytes: Uint8Array): string {
  return `0x${bytesToHex(bytes)}`;
}

/**
 * Returns the wire form of a quantity: `0x` and minimal lower-case hex.
 *
 * Req: WIRE-002.
 */
export function toQuantity(value: bigint): string {
  return `0x${value.toString(16)}`;
}

const HEX = /^0x(?:[0-9a-f]{2})*$/;

/** Returns the bytes of a byte string in wire form, or `undefined` if `text` is not `0x` and lower-case hex of even length. */
export function fromHex(text: string): Uint8Array | undefined {
  return HEX.test(text) ? hexToBytes(text.slice(2)) : undefined;
}

/** Reads all of `bytes` as one unsigned little-endian integer. */
export function decodeUintLE(bytes: Uint8Array): bigint {
  const bigEndian = Uint8Array.from(bytes).reverse();
  return bytes.length === 0 ? 0n : BigInt(toHex(bigEndian));
}

/** Writes `value` as `width` little-endian bytes. Input: a value that fits. */
export function encodeUintLE(value: bigint, width: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * width, "0")).reverse();
}

/** Compares in lexicographic order: by the first byte that differs; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    if (a[index] !== b[index]) return a[index] - b[index];
  }
  return a.length - b.length;
}

/** Returns the distinct byte strings of `all` in lexicographic order. */
export function sortedDistinct(all: readonly Uint8Array[]): Uint8Array[] {
  const sorted = [...all].sort(compareBytes);
  return sorted.filter((bytes, index) => index === 0 || !equalBytes(bytes, sorted[index - 1]));
}
