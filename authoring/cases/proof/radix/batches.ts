/** Batches of writes through a proof of a radix tree. */
import type { Json } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { EMPTY, MIXED_KEYS } from "./trees.ts";

/** A value that is written. */
export const fresh = (index: number): string => randomNode(420, index);

/** A batch of writes, or a script, through an honest proof. */
export interface Writing {
  readonly id: string;
  readonly about: string;
  /** Keys of the tree; by default the mixed keys. */
  readonly present?: readonly string[];
  /** Keys of the proof; by default all present keys. */
  readonly keys?: readonly string[];
  readonly deletes?: readonly string[];
  readonly list: readonly Json[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}

export const put = (key: string, index = 0): Json => [`0x${key}`, fresh(index)];
export const cut = (key: string): Json => [`0x${key}`, null];

const VALUES: readonly Writing[] = [
  { id: "present", about: "a present key written", keys: ["13"], list: [put("13")] },
  { id: "present-alone", about: "the only key of a tree written", present: ["ab"], list: [put("ab")] },
  { id: "two", about: "two present keys written", keys: ["10", "81ff01"], list: [put("10", 0), put("81ff01", 1)] },
  {
    id: "zero",
    about: "32 zero bytes written: a value like any other",
    keys: ["13"],
    list: [["0x13", EMPTY]],
    flag: "zero-is-a-value",
  },
  {
    id: "into-the-empty-tree",
    about: "the first key of an empty tree",
    present: [],
    list: [put("13")],
    flag: "empty-tree",
  },
  {
    id: "into-the-empty-tree-many",
    about: "six keys written to the empty tree",
    present: [],
    list: MIXED_KEYS.map((key, index) => put(key, index)),
    flag: "empty-tree",
  },
  { id: "no-writes", about: "nothing written", keys: ["13", "18"], list: [], flag: "writes-are-a-map" },
  {
    id: "no-writes-root-not-open",
    about: "nothing written, and the root node is not open",
    keys: [],
    list: [],
    flag: "writes-are-a-map",
  },
  {
    id: "last-counts",
    about: "a key written twice: the last write counts",
    keys: ["13"],
    list: [put("13", 0), put("13", 1)],
    flag: "writes-are-a-map",
  },
  {
    id: "written-then-deleted",
    about: "an absent key written and deleted in one batch",
    keys: ["18"],
    list: [put("18"), cut("18")],
    flag: "writes-are-a-map",
  },
  {
    id: "deleted-then-written",
    about: "a present key deleted and written in one batch",
    keys: ["13"],
    list: [cut("13"), put("13")],
    flag: "writes-are-a-map",
  },
  {
    id: "descending",
    about: "writes in descending order",
    list: [put("c0ffee", 0), put("80", 1), put("10", 2)],
    flag: "writes-are-a-map",
  },
  {
    id: "same-value",
    about: "the value that is there written again",
    present: ["10", "13"],
    keys: ["13"],
    list: [["0x13", randomNode(400, 1)]],
  },
];

/** A leaf or a node split at every bit. */
const SPLITS: readonly Writing[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((bit): Writing => {
    const other = (0x13 ^ (0x80 >> bit)).toString(16).padStart(2, "0");
    return {
      id: `split-leaf-at-${bit}`,
      about: `a key that parts from the only leaf at bit ${bit}`,
      present: ["13"],
      keys: [other],
      list: [put(other)],
    };
  }),
  ...[1, 2, 3, 4, 5].map((bit): Writing => {
    const other = (0x10 ^ (0x80 >> bit)).toString(16).padStart(2, "0");
    return {
      id: `split-prefix-at-${bit}`,
      about: `a key that parts at bit ${bit} from the prefix 00100`,
      keys: [other],
      list: [put(other)],
    };
  }),
  ...[0, 1, 6, 7, 8, 9, 15, 16, 22].map((bit): Writing => {
    const other = (0x5a5a00 ^ (0x800000 >> bit)).toString(16).padStart(6, "0");
    return {
      id: `split-root-prefix-at-${bit}`,
      about: `a key that parts at bit ${bit} from a root prefix of 23 bits`,
      present: ["5a5a00", "5a5a01"],
      keys: [other],
      list: [put(other)],
    };
  }),
  { id: "split-leaf-below", about: "a key that parts from a leaf below a node", keys: ["c8"], list: [put("c8")] },
  {
    id: "split-leaf-longer",
    about: "a key of other length that parts from a leaf",
    keys: ["81ff0200"],
    list: [put("81ff0200")],
  },
  {
    id: "beside-closed-off",
    about: "a key beside a node that is closed off: its prefix is cut, its children are not asked for",
    keys: ["18"],
    list: [put("18")],
    flag: "node-not-needed",
  },
  {
    id: "two-in-one-prefix",
    about: "two keys that part from one prefix at different bits",
    keys: ["18", "40"],
    list: [put("18", 0), put("40", 1)],
  },
  {
    id: "two-at-one-bit",
    about: "two keys that part from one prefix at the same bit",
    keys: ["18", "1f"],
    list: [put("18", 0), put("1f", 1)],
  },
  {
    id: "both-sides-of-prefix",
    about: "keys that part to the left and to the right of one prefix",
    keys: ["00", "18", "20"],
    list: [put("00", 0), put("18", 1), put("20", 2)],
  },
  {
    id: "many-at-a-leaf",
    about: "eight keys written where a leaf was",
    present: ["13"],
    list: ["00", "01", "12", "14", "20", "80", "c0", "ff"].map(put),
  },
  {
    id: "split-longest-prefix",
    about: "a key that parts from a prefix of 65 535 bits at its last bit",
    present: [`${"00".repeat(8191)}00`, `${"00".repeat(8191)}01`],
    keys: [`${"00".repeat(8191)}02`],
    list: [put(`${"00".repeat(8191)}02`)],
  },
];

const UNCOVERED: readonly Writing[] = [
  {
    id: "uncovered-write",
    about: "a key written below a node that is not open",
    keys: ["13"],
    list: [put("80")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-delete",
    about: "a key deleted below a node that is not open",
    keys: ["13"],
    list: [cut("80")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-sibling",
    about: "the leaf beside an open one written",
    keys: ["13"],
    list: [put("10")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-absent",
    about: "an absent key written beside a leaf that is not open",
    keys: ["13"],
    list: [put("11")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-among-covered",
    about: "covered keys written, and one that is not",
    keys: ["13", "18"],
    list: [put("13", 0), put("18", 1), put("c0ffee", 2)],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "uncovered-then-overwritten",
    about: "a key that is not covered written twice",
    keys: ["13"],
    list: [put("80"), cut("80")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "root-not-open",
    about: "a key written, and the root node is not open",
    keys: [],
    list: [put("13")],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
];

export const WRITES: readonly Writing[] = [...VALUES, ...SPLITS, ...UNCOVERED];
