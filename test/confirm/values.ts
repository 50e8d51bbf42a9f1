/** Shared by the naive backends: values in wire form, their errors and the hash of two nodes. */
import { createHash } from "node:crypto";

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

export type NaiveErrorClass =
  | "malformed"
  | "non-canonical"
  | "invalid-proof"
  | "incomplete"
  | "invalid-argument"
  | "limit-exceeded"
  | "unsupported";

export class NaiveError extends Error {
  readonly class: NaiveErrorClass;

  constructor(errorClass: NaiveErrorClass, message: string) {
    super(message);
    this.class = errorClass;
  }
}

export function fail(errorClass: NaiveErrorClass, message: string): never {
  throw new NaiveError(errorClass, message);
}

export function hashPair(left: Buffer, right: Buffer): Buffer {
  return createHash("sha256").update(left).update(right).digest();
}

export function hex(bytes: Buffer): string {
  return `0x${bytes.toString("hex")}`;
}

/** Returns the bytes, or `undefined` if `value` is not 32 bytes in lower-case hex. */
export function parseBytes32(value: Json | undefined): Buffer | undefined {
  return typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value) ? Buffer.from(value.slice(2), "hex") : undefined;
}

export function isObject(value: Json | undefined): value is { [member: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
