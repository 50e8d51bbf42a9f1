/** Scripts that run step by step through a proof of a trie. */
import type { Json } from "../../../../runners/lane.ts";
import { fresh } from "./batches.ts";
import type { DigitMap } from "./collapses.ts";
import type { Digits } from "./rlp.ts";
import { small, valueAt } from "./scenarios.ts";
import { checkpoint, commit, get, revert, root, type ShortScript, set } from "./steps.ts";
import { LATE_AND_WRONG } from "./wrong-scripts.ts";

export interface Script {
  readonly id: string;
  readonly about: string;
  readonly map: DigitMap;
  /** The keys of the proof. */
  readonly open: readonly Digits[];
  readonly steps: readonly Json[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}

/** A value in a branch, hashed and embedded leaves, and another branch of which the proof holds one leaf. */
const MAP: DigitMap = {
  "12": valueAt(0),
  "1234": valueAt(1),
  "12a4": small(0),
  "77": valueAt(2),
  "9a01": valueAt(3),
  "9a91": valueAt(4),
};
const OPEN = ["12", "1234", "12a4", "55", "77", "9a01"];

const TWO: DigitMap = { "12": valueAt(0), "92": valueAt(1) };

/** An extension above a branch that is not open: the absent key of the proof parts from the extension. */
const EXTENDED: DigitMap = { aa00: valueAt(0), aa01: valueAt(1) };

const SCRIPTS_IN_ORDER: readonly ShortScript[] = [
  {
    id: "split-an-extension-and-join-it",
    about: "an extension split above a branch that is not open, and joined again: the root is the first one",
    of: EXTENDED,
    open: ["aaf0"],
    steps: [set("aaf0", fresh(0)), root, set("aaf0", null), root],
  },
  {
    id: "split-an-extension-and-revert",
    about: "an extension split above a branch that is not open, and the write taken back after a root",
    flag: "checkpoints",
    of: EXTENDED,
    open: ["aaf0"],
    steps: [checkpoint, set("aaf0", fresh(0)), root, revert, root],
  },
  {
    id: "read-write-read",
    about: "a key read, written and read again",
    steps: [get("77"), set("77", fresh(0)), get("77")],
  },
  { id: "roots", about: "the root before and after a write", steps: [root, set("77", fresh(0)), root] },
  {
    id: "root-after-each",
    about: "the root after each of four writes, two of which undo the others",
    steps: [
      set("77", fresh(0)),
      root,
      set("5501", fresh(1)),
      root,
      set("77", valueAt(2)),
      root,
      set("5501", null),
      root,
    ],
  },
  { id: "delete-and-read", about: "a key deleted and read: absent", steps: [set("1234", null), get("1234"), root] },
  {
    id: "absent-then-written",
    about: "an absent key read, written and read again",
    steps: [get("55"), set("55", fresh(0)), get("55"), get("5501"), root],
  },
  {
    id: "neighbours-of-a-written-key",
    about: "keys that part from a written one, and its prefixes: as the proof says, not as written",
    steps: [set("5501", fresh(0)), get("55"), get("550101"), get("5502"), get("5501")],
  },
  {
    id: "collapse-and-split",
    about: "a leaf deleted, so that its branch goes, and written again: the root is the first one",
    of: TWO,
    open: ["12", "92"],
    steps: [root, set("92", null), root, set("92", valueAt(1)), root],
  },
  {
    id: "split-and-collapse",
    about: "a leaf split and joined again: the root is the first one",
    steps: [root, set("7799", fresh(0)), root, set("7799", null), root],
  },
  {
    id: "to-the-empty-trie",
    about: "every key deleted one after the other, with the root of each step",
    of: TWO,
    open: ["12", "92"],
    steps: [set("12", null), root, set("92", null), root, get("12")],
  },
  {
    id: "from-the-empty-trie-and-back",
    about: "keys written to the empty trie and deleted",
    of: {},
    open: ["12"],
    steps: [
      root,
      set("12", fresh(0)),
      root,
      set("1234", fresh(1)),
      root,
      set("12", null),
      root,
      set("1234", null),
      root,
    ],
    flag: "empty-tree",
  },
  {
    id: "empty-key",
    about: "the empty key written, read and deleted",
    steps: [get(""), set("", fresh(0)), get(""), root, set("", null), get(""), root],
    flag: "key-is-a-prefix",
  },
  {
    id: "branch-value",
    about: "the value of a branch deleted and written again, with its children as they were",
    steps: [set("12", null), get("12"), get("1234"), root, set("12", fresh(0)), root],
    flag: "key-is-a-prefix",
  },
  {
    id: "revert",
    about: "a write reverted",
    steps: [checkpoint, set("77", fresh(0)), revert, get("77"), root],
    flag: "checkpoints",
  },
  {
    id: "revert-delete",
    about: "a deletion reverted",
    steps: [checkpoint, set("77", null), root, revert, get("77"), root],
    flag: "checkpoints",
  },
  {
    id: "revert-collapse",
    about: "a deletion that leaves one child reverted, after a root",
    of: TWO,
    open: ["12", "92"],
    steps: [checkpoint, set("12", null), root, revert, get("12"), root],
    flag: "checkpoints",
  },
  {
    id: "revert-insert",
    about: "an insertion reverted",
    steps: [checkpoint, set("5501", fresh(0)), root, revert, get("5501"), root],
    flag: "checkpoints",
  },
  {
    id: "commit",
    about: "a write committed",
    steps: [checkpoint, set("55", fresh(0)), commit, get("55"), root],
    flag: "checkpoints",
  },
  {
    id: "root-inside",
    about: "the root inside a checkpoint that is then reverted",
    steps: [checkpoint, set("77", fresh(0)), root, revert, root],
    flag: "checkpoints",
  },
  {
    id: "revert-keeps-earlier",
    about: "writes before the checkpoint survive its revert",
    steps: [
      set("77", fresh(0)),
      set("55", fresh(1)),
      checkpoint,
      set("77", fresh(2)),
      set("55", null),
      set("1234", null),
      revert,
      get("77"),
      get("55"),
      get("1234"),
      root,
    ],
    flag: "checkpoints",
  },
  {
    id: "inner-revert",
    about: "two checkpoints, the inner one reverted",
    steps: [
      checkpoint,
      set("77", fresh(0)),
      checkpoint,
      set("77", fresh(1)),
      revert,
      get("77"),
      commit,
      get("77"),
      root,
    ],
    flag: "checkpoints",
  },
  {
    id: "inner-commit-outer-revert",
    about: "two checkpoints, the inner one committed, the outer one reverted",
    steps: [
      checkpoint,
      set("77", fresh(0)),
      checkpoint,
      set("55", fresh(1)),
      commit,
      revert,
      get("77"),
      get("55"),
      root,
    ],
    flag: "checkpoints",
  },
  {
    id: "both-reverted",
    about: "two checkpoints, both reverted",
    steps: [
      checkpoint,
      set("77", fresh(0)),
      checkpoint,
      set("77", fresh(1)),
      revert,
      get("77"),
      revert,
      get("77"),
      root,
    ],
    flag: "checkpoints",
  },
  {
    id: "written-twice-then-reverted",
    about: "a key written twice since the checkpoint that is reverted",
    steps: [checkpoint, set("77", fresh(0)), set("77", fresh(1)), revert, get("77"), root],
    flag: "checkpoints",
  },
  {
    id: "one-after-the-other",
    about: "a checkpoint reverted, then another one committed",
    steps: [checkpoint, set("77", fresh(0)), revert, checkpoint, set("77", fresh(1)), commit, get("77"), root],
    flag: "checkpoints",
  },
  {
    id: "left-open",
    about: "a checkpoint left open at the end",
    steps: [checkpoint, set("77", fresh(0)), get("77"), root],
    flag: "checkpoints",
  },
  { id: "no-steps", about: "no step at all", steps: [], flag: "checkpoints" },
];

export const SCRIPTS: readonly Script[] = [...SCRIPTS_IN_ORDER, ...LATE_AND_WRONG].map(toScript);

function toScript({ of = MAP, open = OPEN, ...script }: ShortScript): Script {
  return { ...script, map: of, open };
}
