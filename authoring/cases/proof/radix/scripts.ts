/** Scripts that read and write through a proof of a radix tree, step by step. */
import type { Json } from "../../../../runners/lane.ts";
import { fresh, type Writing } from "./batches.ts";
import { EMPTY, valueAt } from "./trees.ts";

const get = (key: string): Json => ({ get: `0x${key}` });
const set = (key: string, index = 0): Json => ({ set: [`0x${key}`, fresh(index)] });
const cut = (key: string): Json => ({ set: [`0x${key}`, null] });
const root: Json = { root: true };
const checkpoint: Json = { checkpoint: true };
const commit: Json = { commit: true };
const revert: Json = { revert: true };

const PLAIN: readonly Writing[] = [
  { id: "read-write-read", about: "a key read, written and read again", list: [get("13"), set("13"), get("13")] },
  { id: "roots", about: "the root before and after a write", list: [root, set("13"), root] },
  {
    id: "absent-then-written",
    about: "an absent key read, written and read again",
    keys: ["18"],
    list: [get("18"), set("18"), get("18"), get("1f"), root],
  },
  { id: "delete-and-read", about: "a key deleted and read: absent", list: [cut("13"), get("13"), root] },
  {
    id: "root-after-each",
    about: "the root after each of four writes",
    list: [set("13"), root, set("18", 1), root, cut("10"), root, set("11", 2), root],
  },
  {
    id: "to-the-empty-tree",
    about: "every key deleted, with the root of each step",
    list: ["10", "13", "80", "8100", "81ff01", "c0ffee"].flatMap((key) => [cut(key), root]),
  },
  {
    id: "to-the-empty-tree-backwards",
    about: "the same from the last key on",
    list: ["c0ffee", "81ff01", "8100", "80", "13", "10"].flatMap((key) => [cut(key), root]),
  },
  {
    id: "from-the-empty-tree",
    about: "keys written to the empty tree, with the root of each step",
    present: [],
    list: ["80", "10", "13", "c0ffee", "8100"].flatMap((key, index) => [set(key, index), root]),
  },
  {
    id: "from-the-empty-tree-and-back",
    about: "a key written to the empty tree and deleted",
    present: [],
    list: [root, set("13"), root, cut("13"), root],
    flag: "empty-tree",
  },
  {
    id: "written-and-restored",
    about: "a key deleted, and written again with its value",
    present: ["13"],
    list: [root, cut("13"), root, { set: ["0x13", valueAt(0)] }, root],
  },
  {
    id: "zero-written",
    about: "32 zero bytes written: read as a value",
    list: [{ set: ["0x13", EMPTY] }, get("13"), root],
    flag: "zero-is-a-value",
  },
  {
    id: "prefix-read",
    about: "a key read that is a prefix of one that was written",
    list: [set("1800"), get("18"), get("1800")],
    keys: ["18"],
    flag: "key-is-a-prefix",
  },
  { id: "no-steps", about: "no step at all", list: [] },
];

const CHECKPOINTS: readonly Writing[] = [
  { id: "revert", about: "a write reverted", list: [checkpoint, set("13"), revert, get("13"), root] },
  {
    id: "revert-delete",
    about: "a deletion reverted behind a root",
    list: [checkpoint, cut("13"), root, revert, get("13"), root],
  },
  {
    id: "revert-split",
    about: "a key that splits a prefix reverted behind a root",
    keys: ["18"],
    list: [checkpoint, set("18"), root, revert, get("18"), root],
  },
  {
    id: "revert-all",
    about: "the whole tree deleted and reverted",
    list: [checkpoint, ...["10", "13", "80", "8100", "81ff01", "c0ffee"].map(cut), root, revert, root, get("80")],
  },
  { id: "commit", about: "a write committed", list: [checkpoint, set("13"), commit, get("13"), root] },
  {
    id: "root-inside",
    about: "the root inside a checkpoint that is then reverted",
    list: [checkpoint, set("13"), root, revert, root],
  },
  {
    id: "revert-keeps-earlier",
    about: "writes before the checkpoint survive its revert",
    list: [
      set("13"),
      cut("10"),
      checkpoint,
      set("13", 2),
      set("10", 3),
      cut("80"),
      revert,
      get("13"),
      get("10"),
      get("80"),
      root,
    ],
  },
  {
    id: "inner-revert",
    about: "two checkpoints, the inner one reverted",
    list: [checkpoint, set("13"), checkpoint, set("13", 1), revert, get("13"), commit, get("13"), root],
  },
  {
    id: "inner-commit-outer-revert",
    about: "two checkpoints, the inner one committed, the outer one reverted",
    list: [checkpoint, set("13"), checkpoint, cut("80"), commit, revert, get("13"), get("80"), root],
  },
  {
    id: "both-reverted",
    about: "two checkpoints, both reverted",
    list: [checkpoint, set("13"), checkpoint, set("13", 1), revert, get("13"), revert, get("13")],
  },
  {
    id: "written-twice-then-reverted",
    about: "a key written twice since the checkpoint that is reverted",
    list: [checkpoint, set("13"), set("13", 1), revert, get("13"), root],
  },
  {
    id: "written-in-both",
    about: "a key written in both of two checkpoints, the inner one committed, the outer one reverted",
    list: [checkpoint, set("13"), checkpoint, set("13", 1), commit, revert, get("13"), root],
  },
  {
    id: "one-after-the-other",
    about: "a checkpoint reverted, then another one committed",
    list: [checkpoint, set("13"), revert, checkpoint, set("13", 1), commit, get("13"), root],
  },
  { id: "left-open", about: "a checkpoint left open at the end", list: [checkpoint, set("13"), get("13"), root] },
  { id: "commit-alone", about: "a commit without a checkpoint", list: [commit], classes: ["invalid-argument"] },
  {
    id: "revert-alone",
    about: "a revert without a checkpoint",
    list: [set("13"), revert],
    classes: ["invalid-argument"],
  },
  {
    id: "one-revert-too-many",
    about: "one checkpoint, two reverts",
    list: [checkpoint, revert, revert],
    classes: ["invalid-argument"],
  },
  {
    id: "commit-after-revert",
    about: "a checkpoint reverted, then committed",
    list: [checkpoint, revert, commit],
    classes: ["invalid-argument"],
  },
].map((script) => ({ ...script, flag: "checkpoints" }));

/** Missing nodes and keys that are prefixes of others are reported by the step `root`, not earlier. */
const LATE: readonly Writing[] = [
  {
    id: "uncovered-written-and-read",
    about: "a key that the proof does not reach, written and read",
    keys: ["13"],
    list: [set("80"), get("80")],
  },
  {
    id: "uncovered-deleted-and-read",
    about: "a key that the proof does not reach, deleted and read",
    keys: ["13"],
    list: [cut("80"), get("80")],
  },
  {
    id: "uncovered-reverted-then-root",
    about: "the same, reverted before the root is asked for",
    keys: ["13"],
    list: [checkpoint, set("80"), revert, root],
  },
  {
    id: "uncovered-root",
    about: "the root while a write stands to a key that the proof does not reach",
    keys: ["13"],
    list: [set("80"), root],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-deleted-root",
    about: "the root while a deletion stands of a key that the proof does not reach",
    keys: ["13"],
    list: [cut("80"), root],
    classes: ["incomplete"],
  },
  {
    id: "uncovered-committed-root",
    about: "the same, committed",
    keys: ["13"],
    list: [checkpoint, set("80"), commit, root],
    classes: ["incomplete"],
  },
  {
    id: "root-not-open",
    about: "a key written and read, and the root node is not open",
    keys: [],
    list: [root, set("13"), get("13")],
  },
  {
    id: "root-not-open-root",
    about: "the root after a write, and the root node is not open",
    keys: [],
    list: [set("13"), root],
    classes: ["incomplete"],
  },
  {
    id: "sibling-not-open-read",
    about: "a key deleted whose sibling is not open, and read",
    keys: ["10"],
    list: [cut("10"), get("10")],
  },
  {
    id: "sibling-not-open-root",
    about: "the root after the deletion of a key whose sibling is not open",
    keys: ["10"],
    list: [cut("10"), root],
    classes: ["incomplete"],
  },
  {
    id: "sibling-not-open-rewritten",
    about: "the same, with another key written in its place before the root is asked for",
    keys: ["10", "11"],
    list: [cut("10"), set("11"), root],
  },
  {
    id: "sibling-not-open-restored",
    about: "the same, with the key written again",
    keys: ["10"],
    list: [cut("10"), set("10"), root, get("10")],
  },
  {
    id: "sibling-not-open-twice",
    about: "a deletion made good, and made again",
    keys: ["10", "11"],
    list: [cut("10"), set("11"), root, cut("11"), root],
    classes: ["incomplete"],
  },
  {
    id: "sibling-not-open-reverted",
    about: "a deletion of a key whose sibling is not open, reverted",
    keys: ["10"],
    list: [checkpoint, cut("10"), revert, root, get("10")],
  },
  {
    id: "prefix-stands",
    about: "two keys of which one is a prefix of the other, written and read",
    keys: ["18"],
    list: [set("18"), set("1800", 1), get("18"), get("1800")],
  },
  {
    id: "prefix-stands-root",
    about: "the same, and the root",
    keys: ["18"],
    list: [set("18"), set("1800", 1), root],
    classes: ["invalid-argument"],
  },
  {
    id: "prefix-of-present-root",
    about: "a key that begins with a present one, and the root",
    keys: ["13"],
    list: [set("1300"), root],
    classes: ["invalid-argument"],
  },
  {
    id: "prefix-gone",
    about: "two such keys, the shorter one deleted before the root is asked for",
    keys: ["18"],
    list: [set("18"), set("1800", 1), cut("18"), root, get("1800")],
  },
  {
    id: "prefix-reverted",
    about: "two such keys, the longer one reverted before the root is asked for",
    keys: ["18"],
    list: [set("18"), checkpoint, set("1800", 1), revert, root, get("1800")].slice(0, -1),
  },
  {
    id: "prefix-replaces-present",
    about: "a present key deleted, and a longer one written, with a root in between",
    list: [cut("13"), root, set("1300"), root, get("13")],
  },
].map((script) => ({ ...script, flag: "late-nodes" }));

const WRONG: readonly Writing[] = [
  {
    id: "uncovered-read",
    about: "a key read that the proof does not reach",
    keys: ["13"],
    list: [get("13"), get("80")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-read-after-revert",
    about: "a key that the proof does not reach, written, reverted and read",
    keys: ["13"],
    list: [checkpoint, set("80"), revert, get("80")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "wrong-step-after-uncovered",
    about: "a key of no bytes after an uncovered read: steps are checked first",
    keys: ["13"],
    list: [get("80"), { get: "0x" }],
    flag: "error-precedence",
    classes: ["invalid-argument"],
  },
  {
    id: "late-wrong-step",
    about: "a key of no byte behind steps that are right",
    list: [set("13"), root, { get: "0x" }],
    flag: "bad-key",
    classes: ["invalid-argument"],
  },
  {
    id: "late-wrong-value",
    about: "31 bytes written, and never asked for",
    list: [root, { set: ["0x13", fresh(0).slice(0, 64)] }],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
];

export const SCRIPTS: readonly Writing[] = [...PLAIN, ...CHECKPOINTS, ...LATE, ...WRONG];
