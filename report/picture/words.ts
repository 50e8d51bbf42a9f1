/** Short forms of values and messages for the labels of a picture. */
import { toHex } from "../../reference/core/bytes.ts";

/** Returns the two ends of `bytes` in hex, as the rest of an explanation shows them, or all of a few bytes. */
export function shortBytes(bytes: Uint8Array): string {
  const hex = toHex(bytes.length > 64 ? bytes.subarray(0, 64) : bytes);
  if (bytes.length <= 8) return hex;
  return `${hex.slice(0, 10)}…${toHex(bytes.subarray(-4)).slice(2)}`;
}

/** Shortens the long numbers in a message of the reference to their ends. */
export function shortMessage(message: string): string {
  return message
    .replaceAll(/0x[0-9a-f]{25,}/g, (hex) => `${hex.slice(0, 10)}…${hex.slice(-8)}`)
    .replaceAll(/\d{25,}/g, (digits) => `${digits.slice(0, 8)}…${digits.slice(-6)} (${digits.length} digits)`);
}
