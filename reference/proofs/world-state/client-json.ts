/**
 * JSON in the forms that Ethereum's clients write, which differ in what has one form everywhere else.
 *
 * Req: PROOF-STATE-030, PROOF-STATE-031.
 */
import { fromHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { Json, Members } from "../backend.ts";
import { padWord, WORD_BYTES } from "./account.ts";

/** A value and where it was, as a JSON pointer within the proof. */
export interface Placed {
  readonly value: Json | undefined;
  readonly place: string;
}

/** Errors: malformed, where the value is no object or the member is missing. */
export function member({ value, place }: Placed, name: string): Placed {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(place, value, "an object");
  const held: Json | undefined = (value as Members<Json>)[name];
  if (held === undefined) throw new ProofError("malformed", `${place} has no member "${name}"`, { pointer: place });
  return { value: held, place: `${place}/${name}` };
}

/** Errors: malformed. */
export function items({ value, place }: Placed): Placed[] {
  if (!Array.isArray(value)) throw malformed(place, value, "a list");
  return value.map((item: Json, index) => ({ value: item, place: `${place}/${index}` }));
}

const HEX = /^0x[0-9a-fA-F]*$/;

/** Bytes of digits in either case. Errors: malformed. */
export function looseBytes({ value, place }: Placed, length?: number): Uint8Array {
  const bytes = isHex(value) ? fromHex(value.toLowerCase()) : undefined;
  if (bytes === undefined) throw malformed(place, value, "0x and an even number of hex digits");
  if (length !== undefined && bytes.length !== length) throw malformed(place, value, `${length} bytes`);
  return bytes;
}

/** A number as a word, written with as many digits or as few as one likes. Errors: malformed. */
export function looseWord({ value, place }: Placed): Uint8Array {
  const digits = isHex(value) ? value.slice(2).replace(/^0+/, "") : undefined;
  if (digits === undefined || digits.length > 2 * WORD_BYTES) {
    throw malformed(place, value, "0x and the hex digits of a number below 2^256");
  }
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return padWord(fromHex(`0x${even.toLowerCase()}`) as Uint8Array);
}

function isHex(value: Json | undefined): value is string {
  return typeof value === "string" && HEX.test(value);
}

/** Only strings are shown: what else there is may be of any size and depth. */
function malformed(place: string, value: Json | undefined, expected: string): ProofError {
  const shown =
    typeof value === "string" ? `"${value.slice(0, 80)}"` : `a ${Array.isArray(value) ? "list" : typeof value}`;
  return new ProofError("malformed", `${place}: ${shown} is not ${expected}`, { pointer: place });
}
