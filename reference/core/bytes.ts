/** Byte strings: the 32-byte brand, comparison, and little-endian integers of any width. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Exactly 32 bytes. Made by `toBytes32` or by a hash function, nowhere else. */
export type Bytes32 = Uint8Array & { readonly __brand: "Bytes32" };

/** Brands `bytes` when it is 32 bytes long; `undefined` otherwise, so that the caller names the place in its error. */
export function toBytes32(bytes: Uint8Array): Bytes32 | undefined {
  return bytes.length === 32 ? (bytes as Bytes32) : undefined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** `0x` and lower-case hex, two digits a byte; the wire form of a byte string. */
export function toHex(bytes: Uint8Array): string {
  return `0x${bytesToHex(bytes)}`;
}

/** `0x` and minimal lower-case hex; the wire form of a quantity. */
export function toQuantity(value: bigint): string {
  return `0x${value.toString(16)}`;
}

const HEX = /^0x(?:[0-9a-f]{2})*$/;

/** The bytes of a wire byte string, or `undefined` when `text` is not `0x` and lower-case hex of even length. */
export function fromHex(text: string): Uint8Array | undefined {
  return HEX.test(text) ? hexToBytes(text.slice(2)) : undefined;
}

/** Unsigned little-endian integer over all of `bytes`. */
export function decodeUintLE(bytes: Uint8Array): bigint {
  const bigEndian = Uint8Array.from(bytes).reverse();
  return bytes.length === 0 ? 0n : BigInt(toHex(bigEndian));
}

/** `value` as `width` little-endian bytes. The caller has checked that it fits. */
export function encodeUintLE(value: bigint, width: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * width, "0")).reverse();
}

/** Orders byte strings as a dictionary does: by the first byte that differs, a prefix before what it is a prefix of. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    if (a[index] !== b[index]) return a[index] - b[index];
  }
  return a.length - b.length;
}

/** The different byte strings of `all`, in order. */
export function sortedDistinct(all: readonly Uint8Array[]): Uint8Array[] {
  const sorted = [...all].sort(compareBytes);
  return sorted.filter((bytes, index) => index === 0 || !equalBytes(bytes, sorted[index - 1]));
}
