/** Values and addresses for the cases of host functions. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type HostCase, hostFile } from "./cases.ts";
import type { Code } from "./program.ts";

export const PAGE = 65_536;
export const PAST_ALL = 0xffff_ffff;
/** `count` bytes in hex, each one greater than the byte before. */
export const BYTES = (first: number, count: number): string =>
  Array.from({ length: count }, (_, index) => ((first + index) & 0xff).toString(16).padStart(2, "0")).join("");
export const WORD_A = BYTES(0x10, 32);
export const WORD_B = BYTES(0x40, 32);
export const WORD_C = BYTES(0x70, 32);
export const DATA = BYTES(0x01, 48);
export const DEPOSIT = BYTES(0x00, 184);

/** Cases of a range at four addresses at which it does not lie within the memory. */
export function outside(id: string, about: string, length: number, call: (ptr: number) => Code): HostCase[] {
  const places: readonly (readonly [string, number, string, string])[] = [
    ["one-byte-past", PAGE - length + 1, "that ends one byte past the memory", "range"],
    ["beyond", PAGE, "that begins where the memory ends", "range"],
    ["high", 0x8000_0000, "at an address that is negative as a signed number", "signed-pointer"],
    ["wrapping", PAST_ALL - 15, "at an address that wraps around when the length is added", "wrapping-range"],
  ];
  return places.map(([suffix, ptr, where, flag]) => ({
    id: `${id}-${suffix}`,
    about: `${about} ${where}.`,
    main: [call(ptr)],
    flags: [flag],
    expect: { trap: "range" as const },
  }));
}

/** A file of the suite `runtime/host`. */
export function hostSuiteFile(
  source: string,
  theme: string,
  about: string,
  requirements: readonly string[],
  cases: readonly HostCase[],
): Promise<VectorFile> {
  return hostFile(source, { suite: "runtime/host", theme, about, requirements }, cases);
}
