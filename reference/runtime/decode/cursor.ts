/**
 * Reads a module's bytes from an offset on: LEB128 integers, names, counts.
 *
 * Req: RUNTIME-MODULE-002, RUNTIME-MODULE-022, RUNTIME-MODULE-023, RUNTIME-MODULE-025, RUNTIME-MODULE-004.
 */
import { ModuleError, type ModuleReason } from "../faults.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Longest name, in bytes, that is first read as ASCII: a module may hold hundreds of thousands of names, and `TextDecoder` is slow. */
const SHORT_NAME = 16;

/** Number of groups of seven bits that a JavaScript number holds exactly, and the value of the first bit above them. */
const LOW_BYTES = 7;
const LOW_RANGE = 128n ** BigInt(LOW_BYTES);

export class Cursor {
  readonly bytes: Uint8Array;
  /** Offset of the next byte. */
  at: number;
  /** Offset after the last byte that may be read. */
  readonly end: number;
  /** Name of the section, for errors. */
  readonly section: string;
  /** Index of the function whose body this is, for errors. */
  readonly functionIndex: number | undefined;

  constructor(bytes: Uint8Array, at: number, end: number, section: string, functionIndex?: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.section = section;
    this.functionIndex = functionIndex;
  }

  /** Throws a ModuleError at `offset`, by default that of the next byte. Req: RUNTIME-MODULE-013, RUNTIME-MODULE-015. */
  fail(reason: ModuleReason, message: string, offset: number = this.at): never {
    const inBody = this.functionIndex === undefined ? {} : { function: this.functionIndex };
    throw new ModuleError(reason, message, { section: this.section, offset, ...inBody });
  }

  get left(): number {
    return this.end - this.at;
  }

  byte(what: string): number {
    if (this.at >= this.end) this.fail("malformed", `${what}: missing, the bytes end here`);
    return this.bytes[this.at++];
  }

  /** An unsigned integer of 32 bits. */
  u32(what: string): number {
    const start = this.at;
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte(what);
      value += (byte & 0x7f) * factor;
      if (this.at - start === 5 && byte > 0x0f) this.fail("malformed", `${what}: more than 32 bits`, start);
      if (byte < 0x80) return value;
    }
  }

  /** A signed integer of 32 bits. */
  s32(what: string): number {
    const start = this.at;
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte(what);
      value |= (byte & 0x7f) << shift;
      if (shift === 28) {
        if (byte > 0x07 && (byte < 0x78 || byte > 0x7f)) this.fail("malformed", `${what}: more than 32 bits`, start);
        return value;
      }
      if (byte < 0x80) return (value << (25 - shift)) >> (25 - shift);
    }
  }

  /** A signed integer of 64 bits. */
  s64(what: string): bigint {
    const start = this.at;
    let low = 0;
    let high = 0;
    for (let length = 1; ; length++) {
      const byte = this.byte(what);
      if (length <= LOW_BYTES) low += (byte & 0x7f) * 128 ** (length - 1);
      else high += (byte & 0x7f) * 128 ** (length - 1 - LOW_BYTES);
      if (length === 10 && byte !== 0x00 && byte !== 0x7f) {
        this.fail("malformed", `${what}: more than 64 bits`, start);
      }
      if (byte < 0x80) {
        const value = high === 0 ? BigInt(low) : BigInt(low) + BigInt(high) * LOW_RANGE;
        return BigInt.asIntN(Math.min(7 * length, 64), value);
      }
    }
  }

  /**
   * Reads the number of items that follow, of which each takes at least one byte.
   *
   * Req:    RUNTIME-MODULE-004.
   * Errors: ModuleError: malformed if fewer bytes are left; limit if the number is above `limit`.
   */
  count(what: string, limit: number = Number.POSITIVE_INFINITY): number {
    const start = this.at;
    const count = this.u32(`number of ${what}`);
    if (count > this.left) this.fail("malformed", `${count} ${what}, but only ${this.left} bytes are left`, start);
    if (count > limit) this.fail("limit", `${count} ${what} are more than ${limit}`, start);
    return count;
  }

  /** Reads UTF-8 text with its length before it. Errors: ModuleError: malformed, limit. */
  name(what: string, limit: number = Number.POSITIVE_INFINITY): string {
    const start = this.at;
    const length = this.u32(`length of the ${what}`);
    if (length > this.left) this.fail("malformed", `${what}: ${length} bytes, but only ${this.left} are left`, start);
    if (length > limit) this.fail("limit", `${what}: ${length} bytes are more than ${limit}`, start);
    const from = this.at;
    this.at += length;
    const short = length <= SHORT_NAME ? asciiOf(this.bytes, from, this.at) : undefined;
    if (short !== undefined) return short;
    try {
      return UTF8.decode(this.bytes.subarray(from, this.at));
    } catch {
      return this.fail("malformed", `${what}: not UTF-8`, from);
    }
  }
}

/** Returns undefined if a byte is not ASCII. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = "";
  for (let at = start; at < end; at++) {
    if (bytes[at] >= 0x80) return undefined;
    text += String.fromCharCode(bytes[at]);
  }
  return text;
}
