/** Batches that are written through a proof. None leaves a branch with one child; those are in `collapses.ts`. */
import type { Json } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import type { DigitMap } from "./collapses.ts";
import type { Digits } from "./rlp.ts";
import { DEEP_KEY, partingAt, small, valueAt } from "./scenarios.ts";

/** A value to write. */
export const fresh = (index: number): string => randomNode(350, index);

export interface Batch {
  readonly id: string;
  readonly about: string;
  readonly map: DigitMap;
  /** The keys of the proof; by default the written keys. */
  readonly open?: readonly Digits[];
  readonly writes: readonly (readonly [Digits, Json])[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}

export const LEAF: DigitMap = { "12345678": valueAt(0) };
const SMALL_LEAF: DigitMap = { "12345678": small(0) };
export const EXTENDED: DigitMap = { "12345601": valueAt(0), "12345691": valueAt(1) };
export const MIXED: DigitMap = {
  "12": valueAt(0),
  "1234": valueAt(1),
  "12a4": small(0),
  "77": valueAt(2),
  "9a01": valueAt(3),
  "9a91": valueAt(4),
};

/** `digits` with another nibble at an index. */
function withOtherNibble(digits: Digits, index: number): Digits {
  const other = (Number.parseInt(digits[index], 16) ^ 8).toString(16);
  return digits.slice(0, index) + other + digits.slice(index + 1);
}

export const one = (
  id: string,
  about: string,
  map: DigitMap,
  writes: Batch["writes"],
  more: Partial<Batch> = {},
): Batch => ({
  id,
  about,
  map,
  writes,
  ...more,
});

const SPLITS: readonly Batch[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((index) =>
    one(`split-leaf-at-${index}`, `a key that parts from the only leaf at nibble ${index}`, LEAF, [
      [withOtherNibble("12345678", index), fresh(0)],
    ]),
  ),
  ...[0, 3, 7].map((index) =>
    one(
      `split-small-leaf-at-${index}`,
      `a small value that parts from a leaf of a small one at nibble ${index}`,
      SMALL_LEAF,
      [[withOtherNibble("12345678", index), small(1)]],
    ),
  ),
  one("beyond-leaf", "a key of which that of the only leaf is a prefix", LEAF, [["1234567890", fresh(0)]]),
  one("beyond-leaf-far", "the same, 28 bytes longer", LEAF, [[`12345678${"ab".repeat(28)}`, fresh(0)]]),
  one("above-leaf", "a key that is a prefix of that of the only leaf", LEAF, [["1234", fresh(0)]]),
  one("above-leaf-all", "the empty key, and a leaf at the root", LEAF, [["", fresh(0)]]),
  ...[0, 1, 2, 3, 4, 5].map((index) =>
    one(
      `split-extension-at-${index}`,
      `a key that parts from an extension of six nibbles at nibble ${index}`,
      EXTENDED,
      [[withOtherNibble("12345601", index), fresh(0)]],
    ),
  ),
  ...["12", "1234", "123456"].map((key) =>
    one(`end-in-extension-${key.length}`, `a key that ends ${key.length} nibbles into an extension of six`, EXTENDED, [
      [key, fresh(0)],
    ]),
  ),
  one("end-at-extension", "the empty key, and an extension at the root", EXTENDED, [["", fresh(0)]]),
  one("split-extension-twice", "two keys that part from an extension at two of its nibbles", EXTENDED, [
    [withOtherNibble("12345601", 1), fresh(0)],
    [withOtherNibble("12345601", 4), fresh(1)],
  ]),
  ...[0, 1, 31, 32, 62, 63].map((nibble) =>
    one(
      `split-deep-leaf-at-${nibble}`,
      `a key that parts from a leaf at nibble ${nibble} of 64`,
      { [DEEP_KEY.slice(2)]: valueAt(0) },
      [[partingAt(nibble).slice(2), fresh(0)]],
    ),
  ),
];

const INSERTS: readonly Batch[] = [
  one("empty-child", "a key under an empty child of the root", MIXED, [["55", fresh(0)]]),
  one("empty-child-below", "a key under an empty child of a branch below", MIXED, [["1254", fresh(0)]]),
  one(
    "empty-child-of-embedded",
    "a key under an empty child of an embedded branch",
    { "1a": small(0), "1b": small(1), "92": valueAt(0) },
    [["1c", small(2)]],
  ),
  one("value-of-branch", "a key that ends at a branch without a value", { "1234": valueAt(0), "12a4": valueAt(1) }, [
    ["12", fresh(0)],
  ]),
  one("value-of-root-branch", "the empty key, and a branch at the root", { "12": valueAt(0), "92": valueAt(1) }, [
    ["", fresh(0)],
  ]),
  one("into-the-empty-trie", "the first key of the empty trie", {}, [["1234", fresh(0)]]),
  one("into-the-empty-trie-empty-key", "the empty key, first of the empty trie", {}, [["", fresh(0)]]),
  one(
    "into-the-empty-trie-small",
    "a key whose leaf is shorter than 32 bytes, first of the empty trie",
    {},
    [["12", small(0)]],
    { flag: "short-root" },
  ),
  one(
    "into-the-empty-trie-many",
    "seven keys of the empty trie, some of them prefixes of others",
    {},
    ["", "12", "1234", "12a4", "77", "9a01", "9a91"].map((key, index) => [key, fresh(index)] as const),
  ),
  one("three-apart", "three keys in three subtrees", MIXED, [
    ["1235", fresh(0)],
    ["55", fresh(1)],
    ["9a92", fresh(2)],
  ]),
  one("two-under-one", "two keys that share an empty child", MIXED, [
    ["5001", fresh(0)],
    ["5002", fresh(1)],
  ]),
  one("two-small-under-one", "two small values that share an empty child: an embedded branch", MIXED, [
    ["50", small(1)],
    ["51", small(2)],
  ]),
  one(
    "through-absent-extension",
    "a key that parts from an extension whose child is not in the proof",
    { "1a2b3c01": valueAt(0), "1a2b3c91": valueAt(1), "77": valueAt(2) },
    [["1a2b4c01", fresh(0)]],
    { flag: "node-not-needed" },
  ),
  one(
    "through-absent-extension-by-one",
    "the same at its last nibble, after which nothing is left of it",
    { "1a2b3c01": valueAt(0), "1a2b3c91": valueAt(1), "77": valueAt(2) },
    [["1a2b3d01", fresh(0)]],
    { flag: "node-not-needed" },
  ),
  one(
    "through-absent-extension-at-first",
    "the same at its first nibble",
    { "1a2b3c01": valueAt(0), "1a2b3c91": valueAt(1), "77": valueAt(2) },
    [["1b2b3c01", fresh(0)]],
    { flag: "node-not-needed" },
  ),
];

const OVERWRITES: readonly Batch[] = [
  one("leaf", "the value of a leaf", MIXED, [["77", fresh(0)]]),
  one("branch-value", "the value of a branch", MIXED, [["12", fresh(0)]]),
  one("embedded-leaf", "the value of an embedded leaf", MIXED, [["12a4", small(7)]]),
  one("embedded-to-hashed", "a long value in an embedded leaf, which is hashed from then on", MIXED, [
    ["12a4", fresh(0)],
  ]),
  one("hashed-to-embedded", "a small value in a hashed leaf, which is embedded from then on", MIXED, [
    ["77", small(7)],
  ]),
  one("branch-to-embedded", "small values in both leaves of a branch, which is embedded from then on", MIXED, [
    ["9a01", small(7)],
    ["9a91", small(8)],
  ]),
  one(
    "branch-to-hashed",
    "a long value in an embedded branch, which is hashed from then on",
    { "1a": small(0), "1b": small(1), "92": valueAt(0) },
    [["1a", fresh(0)]],
  ),
  one(
    "root-to-short",
    "small values everywhere: the root node is shorter than 32 bytes",
    { "12": valueAt(0), "92": valueAt(1) },
    [
      ["12", small(0)],
      ["92", small(1)],
    ],
    { flag: "short-root" },
  ),
  one(
    "root-from-short",
    "a long value in a trie whose root node is shorter than 32 bytes",
    { "12": small(0), "92": small(1) },
    [["12", fresh(0)]],
    { flag: "short-root" },
  ),
  one(
    "long-values",
    "values of 55, 56, 255, 256 and 65 536 bytes",
    MIXED,
    [55, 56, 255, 256, 65_536].map((count, index) => [`5${index}`, { repeat: { bytes: "0xd8", count } }] as const),
    { flag: "rlp-boundary" },
  ),
  one(
    "one-of-equal-leaves",
    "one of two leaves that are the same node",
    { "1a": valueAt(0), "9a": valueAt(0) },
    [["1a", fresh(0)]],
    { open: ["1a", "9a"], flag: "equal-nodes" },
  ),
  one(
    "one-of-equal-branches",
    "a leaf of one of two branches that are the same node",
    { "1a": valueAt(0), "1b": valueAt(1), "9a": valueAt(0), "9b": valueAt(1) },
    [["1a", fresh(0)]],
    { open: ["1a", "9a"], flag: "equal-nodes" },
  ),
  one(
    "one-of-equal-branches-alone",
    "the same, and the proof is made for the other place alone",
    { "1a": valueAt(0), "1b": valueAt(1), "9a": valueAt(0), "9b": valueAt(1) },
    [["1a", fresh(0)]],
    { open: ["9a"], flag: "equal-nodes" },
  ),
  one(
    "made-equal",
    "a leaf that is the same node as another one from then on",
    { "1a": valueAt(0), "9a": valueAt(1) },
    [["9a", valueAt(0)]],
    { open: ["1a", "9a"], flag: "equal-nodes" },
  ),
];

/** Batches that make the trie larger or keep its shape. */
export const GROWING: readonly Batch[] = [
  ...SPLITS,
  ...INSERTS.map((batch) => ({ ...batch, id: `insert-${batch.id}` })),
  ...OVERWRITES.map((batch) => ({ ...batch, id: `overwrite-${batch.id}` })),
];
