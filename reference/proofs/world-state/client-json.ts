/**
 * Reads JSON in the forms that Ethereum's clients write: they differ where all other JSON of the interface has one form.
 *
 * Req: PROOF-STATE-031, PROOF-STATE-088.
 */
import { fromHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { Json, Members } from "../backend.ts";
import { padWord, WORD_BYTES } from "./account.ts";

/** A value and its JSON pointer within the proof. */
export interface Located {
  readonly value: Json | undefined;
  readonly pointer: string;
}

/**
 * Returns a member of an object. Other members and their order do not matter.
 *
 * Req:    PROOF-STATE-088, PROOF-STATE-089, PROOF-STATE-090.
 * Errors: malformed when the value is not an object or the member is missing.
 */
export function member({ value, pointer }: Located, name: string): Located {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(pointer, value, "an object");
  const held: Json | undefined = (value as Members<Json>)[name];
  if (held === undefined) throw new ProofError("malformed", `${pointer} has no member "${name}"`, { pointer });
  return { value: held, pointer: `${pointer}/${name}` };
}

/** Req: PROOF-STATE-088. Errors: malformed. */
export function items({ value, pointer }: Located): Located[] {
  if (!Array.isArray(value)) throw malformed(pointer, value, "a list");
  return value.map((item: Json, index) => ({ value: item, pointer: `${pointer}/${index}` }));
}

const HEX = /^0x[0-9a-fA-F]*$/;

/** Reads bytes with digits of either case. Req: PROOF-STATE-031, PROOF-STATE-093, PROOF-STATE-094. Errors: malformed. */
export function looseBytes({ value, pointer }: Located, length?: number): Uint8Array {
  const bytes = isHex(value) ? fromHex(value.toLowerCase()) : undefined;
  if (bytes === undefined) throw malformed(pointer, value, "0x and an even number of hex digits");
  if (length !== undefined && bytes.length !== length) throw malformed(pointer, value, `${length} bytes`);
  return bytes;
}

/** Reads a number with any number of digits as a word. Req: PROOF-STATE-091, PROOF-STATE-092. Errors: malformed. */
export function looseWord({ value, pointer }: Located): Uint8Array {
  const digits = isHex(value) ? value.slice(2).replace(/^0+/, "") : undefined;
  if (digits === undefined || digits.length > 2 * WORD_BYTES) {
    throw malformed(pointer, value, "0x and the hex digits of a number below 2^256");
  }
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return padWord(fromHex(`0x${even.toLowerCase()}`) as Uint8Array);
}

function isHex(value: Json | undefined): value is string {
  return typeof value === "string" && HEX.test(value);
}

/** The message shows only strings: any other value may be of any size and depth. */
function malformed(pointer: string, value: Json | undefined, expected: string): ProofError {
  const shown =
    typeof value === "string" ? `"${value.slice(0, 80)}"` : `a ${Array.isArray(value) ? "list" : typeof value}`;
  return new ProofError("malformed", `${pointer}: ${shown} is not ${expected}`, { pointer });
}
