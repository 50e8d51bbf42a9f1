/** Values and nodes at the lengths where RLP and the rule of 32 bytes change. */
import type { Json } from "../../../../runners/lane.ts";
import { type Scenario, valueAt } from "./scenarios.ts";

/** A value of many bytes, stated as a recipe. */
const long = (length: number): Json =>
  length < 80 ? `0x${"c7".repeat(length)}` : { repeat: { bytes: "0xc7", count: length } };

const VALUE_LENGTHS = [2, 31, 32, 33, 54, 55, 56, 57, 127, 128, 255, 256, 257, 65_535, 65_536];
const BYTES = ["00", "01", "7f", "80", "81", "b7", "c0", "ff"];

function oneValue(name: string, about: string, value: Json): Scenario {
  return {
    id: `value-${name}`,
    about,
    entries: [
      ["0x12", value],
      ["0x92", valueAt(0)],
    ],
    keys: ["0x12"],
    flag: "rlp-boundary",
  };
}

/** A value in a branch, where it is the seventeenth item. */
function branchValueOf(length: number): Scenario {
  return {
    id: `branch-value-${length}-bytes`,
    about: `a branch with a value of ${length} bytes`,
    entries: [
      ["0x12", long(length)],
      ["0x1234", valueAt(0)],
    ],
    keys: ["0x12"],
    flag: "rlp-boundary",
  };
}

/** A leaf of `length` bytes below a branch: list head, one byte of hex-prefix, string head and value. */
function leafOf(length: number): Scenario {
  const text = length > 56 ? 2 : 1;
  return {
    id: `leaf-${length}-bytes`,
    about: `a leaf whose RLP has ${length} bytes`,
    entries: [
      ["0x12", long(length - 2 - text)],
      ["0x92", valueAt(0)],
    ],
    keys: ["0x12", "0x92"],
    flag: "rlp-boundary",
  };
}

/** A branch of `length` bytes below an extension, with one long child. */
function branchOf(length: number): Scenario {
  return {
    id: `branch-${length}-bytes`,
    about: `a branch whose RLP has ${length} bytes, below an extension`,
    entries: [
      ["0x3a10", "0x05"],
      // The head takes 1 byte, the other leaf 3 and the empty items 15; this leaf takes 3 besides its value.
      ["0x3a90", long(length - 22)],
    ],
    keys: ["0x3a10", "0x3a90"],
    flag: "rlp-boundary",
  };
}

/** A key so long that its hex-prefix is a long string. */
function keyOf(length: number): Scenario {
  const key = `0x${"e1".repeat(length)}`;
  return {
    id: `key-${length}-bytes`,
    about: `a key of ${length} bytes, alone`,
    entries: [[key, valueAt(0)]],
    keys: [key],
    flag: "rlp-boundary",
  };
}

export const SIZES: readonly Scenario[] = [
  ...BYTES.map((byte) => oneValue(`byte-${byte}`, `a value of the one byte ${byte}`, `0x${byte}`)),
  ...VALUE_LENGTHS.map((length) => oneValue(`${length}-bytes`, `a value of ${length} bytes`, long(length))),
  ...[1, 55, 56, 256].map(branchValueOf),
  ...[30, 31, 32, 33, 56, 58].map(leafOf),
  ...[30, 31, 32, 33].map(branchOf),
  ...[54, 55, 56, 255, 256].map(keyOf),
];
