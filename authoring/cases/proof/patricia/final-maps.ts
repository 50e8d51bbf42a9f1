/** Batches of which only the final map counts: keys written more than once, replaced, absent, or not covered by the proof. */
import { type Batch, EXTENDED, fresh, GROWING, LEAF, MIXED, one } from "./batches.ts";
import type { Digits } from "./rlp.ts";
import { valueAt } from "./scenarios.ts";

const MAPS: readonly Batch[] = [
  one("nothing", "nothing written: root and proof as they were", MIXED, [], {
    open: ["1234", "77"],
    flag: "writes-are-a-map",
  }),
  one("nothing-through-nothing", "nothing written to the empty trie", {}, [], {
    open: ["12"],
    flag: "writes-are-a-map",
  }),
  one("same-value", "the value that the key has already", MIXED, [["77", valueAt(2)]], { flag: "writes-are-a-map" }),
  one(
    "descending",
    "writes in descending order",
    MIXED,
    [
      ["9a01", fresh(0)],
      ["77", fresh(1)],
      ["12", fresh(2)],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "written-twice",
    "the last of two writes counts",
    MIXED,
    [
      ["77", fresh(0)],
      ["77", fresh(1)],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "written-twice-apart",
    "the last of two writes counts, with another key in between",
    MIXED,
    [
      ["55", fresh(0)],
      ["77", fresh(2)],
      ["55", fresh(1)],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "written-then-deleted",
    "an absent key written and then deleted: nothing changes",
    MIXED,
    [
      ["55", fresh(0)],
      ["55", null],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "split-then-deleted",
    "a key that parts from a leaf, written and then deleted: nothing changes",
    MIXED,
    [
      ["7799", fresh(0)],
      ["7799", null],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "deleted-then-written",
    "a key deleted and then written",
    MIXED,
    [
      ["77", null],
      ["77", fresh(0)],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "deleted-then-written-alone",
    "the only key deleted and then written",
    LEAF,
    [
      ["12345678", null],
      ["12345678", fresh(0)],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "deleted-then-the-same",
    "a key deleted, and the value written that it had: nothing changes",
    MIXED,
    [
      ["77", null],
      ["77", valueAt(2)],
    ],
    { flag: "writes-are-a-map" },
  ),
  one(
    "replaced",
    "a leaf deleted, and another one written in its place",
    { "12": valueAt(0), "92": valueAt(1) },
    [
      ["92", null],
      ["93", fresh(0)],
    ],
    { flag: "sibling-spared" },
  ),
  one(
    "replaced-first",
    "another leaf written in the place of one that is then deleted",
    { "12": valueAt(0), "92": valueAt(1) },
    [
      ["93", fresh(0)],
      ["92", null],
    ],
    { flag: "sibling-spared" },
  ),
  one(
    "sibling-spared",
    "a leaf deleted beside one that is not in the proof, and a third one written beside both",
    { "12": valueAt(0), "92": valueAt(1) },
    [
      ["92", null],
      ["55", fresh(0)],
    ],
    { flag: "sibling-spared" },
  ),
  one(
    "sibling-spared-by-a-value",
    "a leaf deleted beside one that is not in the proof, and a value written to the branch",
    { "1234": valueAt(0), "12a4": valueAt(1) },
    [
      ["1234", null],
      ["12", fresh(0)],
    ],
    { flag: "sibling-spared" },
  ),
  one(
    "sibling-written",
    "a leaf deleted, and the one beside it written, which the proof shows",
    { "1234": valueAt(0), "12a4": valueAt(1) },
    [
      ["1234", null],
      ["12a4", fresh(0)],
    ],
    { flag: "sibling-spared" },
  ),
  one(
    "branch-replaced",
    "both leaves of a branch deleted, and a leaf written in its place",
    { "1a": valueAt(0), "1b": valueAt(1), "92": valueAt(2) },
    [
      ["1a", null],
      ["1b", null],
      ["1c", fresh(0)],
    ],
    { flag: "sibling-spared" },
  ),
  one(
    "everything-replaced",
    "all keys deleted, and another one written",
    { "1a": valueAt(0), "1b": valueAt(1), "92": valueAt(2) },
    [
      ["1a", null],
      ["1b", null],
      ["92", null],
      ["1d34", fresh(0)],
    ],
    { flag: "sibling-spared" },
  ),
];

const ABSENT: readonly Batch[] = [
  ...(
    [
      ["empty-child", "a key under an empty child", MIXED, "55"],
      ["parting", "a key that parts from a leaf", MIXED, "78"],
      ["longer", "a key of which that of a leaf is a prefix", MIXED, "7799"],
      ["shorter", "a key that is a prefix of that of a leaf", LEAF, "1234"],
      ["in-extension", "a key that ends in an extension", EXTENDED, "1234"],
      ["parting-extension", "a key that parts from an extension", EXTENDED, "1334"],
      ["at-branch", "a key that ends at a branch without a value", { "1234": valueAt(0), "12a4": valueAt(1) }, "12"],
      ["empty-key", "the empty key, which is not there", MIXED, ""],
      ["below-embedded", "a key that parts from an embedded leaf", MIXED, "12a5"],
      ["empty-trie", "a key of the empty trie", {}, "12"],
    ] as const
  ).map(([id, about, map, key]) =>
    one(`delete-absent-${id}`, `${about}, deleted: nothing changes`, map, [[key, null]], { flag: "delete-absent" }),
  ),
  one(
    "delete-absent-beside-write",
    "an absent key deleted and another one written",
    MIXED,
    [
      ["55", null],
      ["56", fresh(0)],
    ],
    { flag: "delete-absent" },
  ),
];

const refused = (
  id: string,
  about: string,
  open: readonly Digits[],
  writes: Batch["writes"],
  flag: string,
  ...classes: string[]
): Batch => one(id, about, MIXED, writes, { open, flag, classes });

const REFUSED: readonly Batch[] = [
  refused(
    "uncovered",
    "a key written whose leaf is not in the proof",
    ["77"],
    [["1234", fresh(0)]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-deleted",
    "a key deleted whose leaf is not in the proof",
    ["77"],
    [["9a01", null]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-absent",
    "an absent key written below a node that is not in the proof",
    ["77"],
    [["9b", fresh(0)]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-absent-deleted",
    "an absent key deleted below a node that is not in the proof",
    ["77"],
    [["9b", null]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-branch-value",
    "the value of a branch that is not in the proof",
    ["77"],
    [["12", fresh(0)]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-below-extension",
    "a key below an extension whose child is not in the proof",
    ["9b"],
    [["9a01", fresh(0)]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-at-extension",
    "a key that ends where an extension does whose child is not in the proof",
    ["9b"],
    [["9a", fresh(0)]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-leaf-split",
    "a key that would part from a leaf which is not in the proof",
    ["12"],
    [["7799", fresh(0)]],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-after-covered",
    "a key that the proof covers and one that it does not",
    ["77"],
    [
      ["77", fresh(0)],
      ["9a01", fresh(1)],
    ],
    "uncovered-key",
    "incomplete",
  ),
  refused(
    "uncovered-overwritten",
    "a key that the proof does not cover, written and then deleted",
    ["77"],
    [
      ["9a01", fresh(0)],
      ["9a01", null],
    ],
    "uncovered-key",
    "incomplete",
  ),
  refused("value-empty", "an empty value written", ["77"], [["77", "0x"]], "empty-value", "invalid-argument"),
  refused(
    "value-empty-absent",
    "an empty value written to an absent key",
    ["77"],
    [["55", "0x"]],
    "empty-value",
    "invalid-argument",
  ),
  refused(
    "value-empty-overwritten",
    "an empty value written, and then another one",
    ["77"],
    [
      ["77", "0x"],
      ["77", fresh(0)],
    ],
    "empty-value",
    "invalid-argument",
  ),
  refused("value-number", "a value that is a number", ["77"], [["77", 5]], "bad-request-form", "invalid-argument"),
  refused(
    "value-odd",
    "a value of an odd number of digits",
    ["77"],
    [["77", "0x123"]],
    "bad-request-form",
    "invalid-argument",
  ),
];

export const BATCHES: readonly Batch[] = [...GROWING, ...MAPS, ...ABSENT, ...REFUSED];
