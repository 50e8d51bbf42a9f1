/** Batches of writes through a proof of a sparse tree. */
import type { Json } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { keyAt, valueAt, ZERO } from "./trees.ts";

/** A value to write. */
export const fresh = (index: number): string => randomNode(260, index);

/** A batch or a script for an honest proof. */
export interface Writing {
  readonly id: string;
  readonly about: string;
  /** The honest scenario of the proof; `three-levels-mixed` by default: 0, 3 and 6 are present, all keys are covered. */
  readonly of?: string;
  /** Indices of the keys that the proof is built for; those of the scenario by default. */
  readonly keys?: readonly number[];
  readonly list: readonly Json[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}

export const key = (index: number): string => keyAt(index, 3);

/** Batches. In `three-levels-mixed` each of the keys 0 … 3, 6 and 7 is covered by its leaf, and 4 and 5 by an empty pair. */
export const UPDATES: readonly Writing[] = [
  { id: "present", about: "a present leaf written", list: [[key(0), fresh(0)]] },
  { id: "absent-leaf", about: "an absent leaf beside a present one written", list: [[key(2), fresh(0)]] },
  {
    id: "two",
    about: "two present leaves written",
    list: [
      [key(0), fresh(0)],
      [key(3), fresh(1)],
    ],
  },
  { id: "under-zero", about: "a leaf written beneath an empty pair", list: [[key(4), fresh(0)]] },
  { id: "under-zero-right", about: "the right leaf written beneath an empty pair", list: [[key(5), fresh(0)]] },
  {
    id: "under-zero-both",
    about: "both leaves written beneath an empty pair",
    list: [
      [key(4), fresh(0)],
      [key(5), fresh(1)],
    ],
  },
  {
    id: "under-empty-half",
    about: "a leaf written beneath an empty half",
    of: "three-levels-half-empty",
    list: [[key(1), fresh(0)]],
  },
  {
    id: "under-empty-half-apart",
    about: "two leaves written far apart beneath an empty half",
    of: "three-levels-half-empty",
    list: [
      [key(0), fresh(0)],
      [key(3), fresh(1)],
    ],
  },
  {
    id: "into-the-empty-tree",
    about: "the first leaf of an empty tree",
    of: "empty-three-levels",
    list: [[key(5), fresh(0)]],
  },
  {
    id: "into-the-empty-tree-all",
    about: "all leaves of an empty tree",
    of: "empty-three-levels",
    list: [0, 1, 2, 3, 4, 5, 6, 7].map((index) => [key(index), fresh(index)]),
  },
  {
    id: "into-the-empty-deep-tree",
    about: "the first leaf of an empty tree of 256 levels",
    of: "empty-deep",
    list: [[randomNode(210), fresh(0)]],
  },
  {
    id: "deep-expansion",
    about: "a leaf written where a tree of 256 levels is empty from half-way down",
    of: "deep-absent",
    list: [[randomNode(211), fresh(0)]],
  },
  { id: "delete", about: "a leaf deleted, its sibling absent: the pair is empty", list: [[key(0), null]] },
  {
    id: "delete-beside-present",
    about: "a leaf deleted beside a present one",
    of: "three-levels-full",
    list: [[key(1), null]],
  },
  {
    id: "delete-pair",
    about: "both leaves of a pair deleted",
    of: "three-levels-all",
    list: [
      [key(2), null],
      [key(3), null],
    ],
  },
  {
    id: "delete-half",
    about: "one half deleted",
    of: "three-levels-all",
    list: [0, 1, 2, 3].map((index) => [key(index), null]),
  },
  {
    id: "delete-last",
    about: "the last leaf deleted: the empty tree",
    of: "three-levels-half-empty",
    keys: [1, 6],
    list: [[key(6), null]],
  },
  {
    id: "delete-all",
    about: "every leaf deleted: the empty tree",
    of: "three-levels-all",
    list: [0, 1, 2, 3, 4, 5, 6, 7].map((index) => [key(index), null]),
  },
  {
    id: "delete-deep",
    about: "the only leaf deleted, 256 levels down: the empty tree",
    of: "deep-alone",
    list: [[randomNode(210), null]],
  },
  {
    id: "delete-deep-sibling",
    about: "one of two leaves deleted that part at the last bit",
    of: "deep-last-bit",
    list: [[randomNode(210), null]],
  },
  {
    id: "zero-deletes",
    about: "32 zero bytes written to a present leaf: deleted",
    list: [[key(0), ZERO]],
    flag: "zero-is-absent",
  },
  {
    id: "zero-into-zero",
    about: "32 zero bytes written beneath an empty pair: nothing changes",
    list: [[key(4), ZERO]],
    flag: "zero-is-absent",
  },
  {
    id: "delete-absent-leaf",
    about: "an absent leaf deleted: nothing changes",
    list: [[key(2), null]],
    flag: "delete-absent",
  },
  {
    id: "delete-under-zero",
    about: "a leaf deleted beneath an empty pair: nothing changes",
    list: [[key(4), null]],
    flag: "delete-absent",
  },
  {
    id: "delete-in-the-empty-tree",
    about: "a leaf of the empty tree deleted: nothing changes",
    of: "empty-three-levels",
    list: [[key(4), null]],
    flag: "delete-absent",
  },
  {
    id: "delete-beside-write",
    about: "beneath one empty pair a leaf written and the other one deleted",
    list: [
      [key(4), fresh(0)],
      [key(5), null],
    ],
    flag: "delete-absent",
  },
  {
    id: "write-and-delete-apart",
    about: "one leaf written and another one deleted",
    list: [
      [key(2), fresh(0)],
      [key(3), null],
    ],
  },
  { id: "no-writes", about: "nothing written: root and proof as they were", list: [], flag: "writes-are-a-map" },
  {
    id: "descending",
    about: "writes in descending order",
    list: [
      [key(6), fresh(0)],
      [key(3), fresh(1)],
      [key(0), fresh(2)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "written-twice",
    about: "the last of two writes counts",
    list: [
      [key(0), fresh(0)],
      [key(0), fresh(1)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "written-twice-apart",
    about: "the last of two writes counts, with another key in between",
    list: [
      [key(0), fresh(0)],
      [key(4), fresh(2)],
      [key(0), fresh(1)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "written-then-deleted",
    about: "a present leaf written and then deleted",
    list: [
      [key(0), fresh(0)],
      [key(0), null],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "absent-written-then-deleted",
    about: "a leaf beneath an empty pair written and then deleted: nothing changes",
    list: [
      [key(4), fresh(0)],
      [key(4), null],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "deleted-then-written",
    about: "a leaf deleted and then written",
    list: [
      [key(0), null],
      [key(0), fresh(0)],
    ],
    flag: "writes-are-a-map",
  },
  {
    id: "same-value",
    about: "the value that the leaf has already",
    list: [[key(0), valueAt(0)]],
    flag: "writes-are-a-map",
  },
  {
    id: "uncovered",
    about: "a leaf written that the proof does not reach",
    of: "three-levels-present",
    list: [[key(6), fresh(0)]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-deleted",
    about: "a leaf deleted that the proof does not reach",
    of: "three-levels-present",
    list: [[key(6), null]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-absent-deleted",
    about: "an absent leaf deleted, which the proof does not show to be absent",
    of: "three-levels-present",
    list: [[key(4), null]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-after-covered",
    about: "a leaf that the proof reaches and one that it does not",
    of: "three-levels-present",
    list: [
      [key(3), fresh(0)],
      [key(6), fresh(1)],
    ],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-overwritten",
    about: "a leaf that the proof does not reach, written and then deleted",
    of: "three-levels-present",
    list: [
      [key(6), fresh(0)],
      [key(6), null],
    ],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "root-alone",
    about: "a leaf written through the root alone",
    of: "no-keys",
    list: [[key(0), fresh(0)]],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "value-31-bytes",
    about: "31 bytes written",
    list: [[key(0), fresh(0).slice(0, 64)]],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
  {
    id: "value-33-bytes",
    about: "33 bytes written",
    list: [[key(0), `${fresh(0)}00`]],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
  {
    id: "value-empty",
    about: "no byte written",
    list: [[key(0), "0x"]],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
  {
    id: "key-31-bytes",
    about: "a key of 31 bytes written",
    list: [[key(0).slice(0, 64), fresh(0)]],
    flag: "bad-key",
    classes: ["invalid-argument"],
  },
  {
    id: "key-too-deep",
    about: "a key with a bit beyond the depth written",
    list: [[`${key(0).slice(0, -1)}1`, fresh(0)]],
    flag: "bad-key",
    classes: ["invalid-argument"],
  },
  {
    id: "write-of-one",
    about: "a key without a value",
    list: [[key(0)]],
    flag: "bad-request-form",
    classes: ["invalid-argument"],
  },
];
