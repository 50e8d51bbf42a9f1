/** The few words and short values that a picture is labelled with. */
import { toHex } from "../../reference/core/bytes.ts";

/** The two ends of some bytes, as the rest of an explanation shows them; all of them where they are few. */
export function shortBytes(bytes: Uint8Array): string {
  const hex = toHex(bytes.length > 64 ? bytes.subarray(0, 64) : bytes);
  if (bytes.length <= 8) return hex;
  return `${hex.slice(0, 10)}…${toHex(bytes.subarray(-4)).slice(2)}`;
}

/** A message of the reference, with the long numbers in it cut to their ends. */
export function shortMessage(message: string): string {
  return message
    .replaceAll(/0x[0-9a-f]{25,}/g, (hex) => `${hex.slice(0, 10)}…${hex.slice(-8)}`)
    .replaceAll(/\d{25,}/g, (digits) => `${digits.slice(0, 8)}…${digits.slice(-6)} (${digits.length} digits)`);
}
