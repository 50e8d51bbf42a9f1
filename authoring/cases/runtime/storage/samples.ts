/** Keys, values and stores of the cases about states. */
import type { Store } from "./cases.ts";

/** A key with this beginning and end, and zeros between. */
export const word = (start: string, end = "00"): string => start.padEnd(62, "0") + end;
/** 32 equal bytes. */
export const value = (byte: number): string => byte.toString(16).padStart(2, "0").repeat(32);
export const ZERO = "00".repeat(32);

/** A and B differ in their last byte; FAR is in no store. */
export const [A, B, C, FAR] = [word("10"), word("10", "01"), word("80"), word("fe")];

export const ENTRIES: Store["entries"] = [
  [A, value(0x11)],
  [B, value(0x22)],
  [C, value(0x33)],
];
export const SPARSE: Store = { backend: "sparse", encoding: "compact", entries: ENTRIES };
export const PATRICIA: Store = { backend: "patricia", encoding: "witness", entries: ENTRIES };
export const RADIX: Store = { backend: "radix", encoding: "kmm", entries: ENTRIES };
export const SSZ: Store = {
  backend: "ssz",
  encoding: "compact",
  entries: [
    [word("", "04"), value(0x11)],
    [word("", "05"), value(0x22)],
    [word("", "06"), value(0x33)],
    [word("", "07"), ZERO],
  ],
};
