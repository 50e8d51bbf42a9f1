/** Deletions, and the nodes that they leave without a sibling. */
import type { Digits } from "./rlp.ts";
import { DEEP_KEY, partingAt, small, valueAt } from "./scenarios.ts";

export type DigitMap = Readonly<Record<Digits, string>>;

export interface Collapse {
  readonly id: string;
  readonly about: string;
  readonly map: DigitMap;
  readonly deleted: readonly Digits[];
  /** Keys whose paths lead to the hashed nodes that are left without a sibling. */
  readonly survivors?: readonly Digits[];
  readonly flag?: string;
}

const NIBBLES = [..."0123456789abcdef"];

const values = (keys: readonly Digits[]): DigitMap =>
  Object.fromEntries(keys.map((key, index) => [key, valueAt(index)]));

const SIXTEEN = values(NIBBLES.map((nibble) => `1${nibble}`));

/** Two keys that part at a nibble of 64, and a third one beside them at the first. */
function atNibble(nibble: number): Collapse {
  const [kept, gone] = [DEEP_KEY, partingAt(nibble)].map((key) => key.slice(2));
  const third = partingAt(0).slice(2);
  return {
    id: `at-nibble-${nibble}`,
    about: `one of two leaves that part at nibble ${nibble} of 64, and a third one at the root`,
    map: { [kept]: valueAt(0), [gone]: valueAt(1), [third]: valueAt(2) },
    deleted: [gone],
    survivors: [kept],
  };
}

export const COLLAPSES: readonly Collapse[] = [
  {
    id: "leaf",
    about: "one of two leaves: the other one is the root",
    map: { "1234": valueAt(0), "92": valueAt(1) },
    deleted: ["92"],
    survivors: ["1234"],
  },
  {
    id: "extension",
    about: "a leaf beside an extension, which grows by a nibble",
    map: { "12": valueAt(0), "9a01": valueAt(1), "9a91": valueAt(2) },
    deleted: ["12"],
    survivors: ["9a"],
  },
  {
    id: "branch",
    about: "a leaf beside a branch, above which an extension comes to be",
    map: { "12": valueAt(0), "9a": valueAt(1), "9b": valueAt(2) },
    deleted: ["12"],
    survivors: ["9c"],
  },
  {
    id: "embedded-leaf",
    about: "a leaf beside an embedded one",
    map: { "12": valueAt(0), "92": small(0) },
    deleted: ["12"],
  },
  {
    id: "embedded-branch",
    about: "a leaf beside an embedded branch",
    map: { "12": valueAt(0), "9a": small(0), "9b": small(1) },
    deleted: ["12"],
  },
  {
    id: "embedded-extension",
    about: "a leaf beside an embedded extension",
    map: { "12": valueAt(0), "9a01": small(0), "9a02": small(1) },
    deleted: ["12"],
  },
  {
    id: "embedded-from-embedded",
    about: "an embedded leaf beside another one",
    map: { "12": valueAt(0), "9a": small(0), "9b": small(1) },
    deleted: ["9a"],
  },
  {
    id: "below-extension",
    about: "one of two leaves below an extension: the other one takes its path",
    map: { "1a2b3c01": valueAt(0), "1a2b3c91": valueAt(1), "77": valueAt(2) },
    deleted: ["1a2b3c01"],
    survivors: ["1a2b3c91"],
  },
  {
    id: "below-root-extension",
    about: "one of two leaves below an extension at the root",
    map: { "1a2b01": valueAt(0), "1a2b91": valueAt(1) },
    deleted: ["1a2b91"],
    survivors: ["1a2b01"],
  },
  {
    id: "extension-onto-extension",
    about: "a leaf below an extension, beside another extension: the three are one",
    map: { "12345601": valueAt(0), "12345691": valueAt(1), "12a4": valueAt(2) },
    deleted: ["12a4"],
    survivors: ["123456"],
  },
  {
    id: "value-is-left",
    about: "the only child of a branch that has a value: a leaf is left",
    map: { "12": valueAt(0), "1234": valueAt(1), "92": valueAt(2) },
    deleted: ["1234"],
  },
  {
    id: "value-is-left-at-the-root",
    about: "the only other key beside the empty one",
    map: { "": valueAt(0), "1234": valueAt(1) },
    deleted: ["1234"],
  },
  {
    id: "value-of-one-child",
    about: "the value of a branch that has one child",
    map: { "12": valueAt(0), "1234": valueAt(1), "92": valueAt(2) },
    deleted: ["12"],
    survivors: ["1234"],
  },
  {
    id: "empty-key-of-one-child",
    about: "the empty key, beside one other key",
    map: { "": valueAt(0), "1234": valueAt(1) },
    deleted: [""],
    survivors: ["1234"],
  },
  {
    id: "value-of-two-children",
    about: "the value of a branch that has two children: it stays",
    map: { "12": valueAt(0), "1234": valueAt(1), "12a4": valueAt(2), "92": valueAt(3) },
    deleted: ["12"],
  },
  {
    id: "child-beside-value-and-child",
    about: "a child of a branch that has a value and another child: it stays",
    map: { "12": valueAt(0), "1234": valueAt(1), "12a4": valueAt(2), "92": valueAt(3) },
    deleted: ["1234"],
  },
  {
    id: "one-of-three",
    about: "one of three children: the branch stays",
    map: { "12": valueAt(0), "52": valueAt(1), "92": valueAt(2) },
    deleted: ["52"],
  },
  {
    id: "two-of-three",
    about: "two of three children",
    map: { "12": valueAt(0), "52": valueAt(1), "92": valueAt(2) },
    deleted: ["52", "12"],
    survivors: ["92"],
  },
  {
    id: "whole-branch",
    about: "both leaves of a branch, and the leaf beside the branch is the root",
    map: { "1a": valueAt(0), "1b": valueAt(1), "9234": valueAt(2) },
    deleted: ["1a", "1b"],
    survivors: ["9234"],
  },
  {
    id: "fifteen-of-sixteen",
    about: "fifteen of sixteen children of one branch, below another one",
    map: { ...SIXTEEN, "92": valueAt(20) },
    deleted: Object.keys(SIXTEEN).slice(1),
    survivors: ["10"],
  },
  {
    id: "whole-subtree",
    about: "all sixteen children of a branch, and what is beside the branch is the root",
    map: { ...SIXTEEN, "92": valueAt(20) },
    deleted: Object.keys(SIXTEEN),
    survivors: ["92"],
  },
  {
    id: "cascade",
    about: "deletions on three levels that each leave one child",
    map: { "1111": valueAt(0), "1112": valueAt(1), "1120": valueAt(2), "1200": valueAt(3), "2000": valueAt(4) },
    deleted: ["1112", "1120", "1200", "2000"],
    survivors: ["1111"],
  },
  {
    id: "cascade-of-prefixes",
    about: "all but the longest of keys that are prefixes of each other",
    map: values(["", "12", "1234", "123456"]),
    deleted: ["", "12", "1234"],
    survivors: ["123456"],
  },
  {
    id: "all-but-the-prefix",
    about: "all but the shortest of keys that are prefixes of each other",
    map: values(["", "12", "1234", "123456"]),
    deleted: ["12", "1234", "123456"],
  },
  { id: "only-key", about: "the only key: the empty trie", map: { "1234": valueAt(0) }, deleted: ["1234"] },
  { id: "only-empty-key", about: "the empty key alone: the empty trie", map: { "": valueAt(0) }, deleted: [""] },
  {
    id: "all",
    about: "every key: the empty trie",
    map: { "1a": valueAt(0), "1b": small(0), "9234": valueAt(2), "": valueAt(3), "923456": small(1) },
    deleted: ["1a", "1b", "9234", "", "923456"],
  },
  {
    id: "two-branches",
    about: "one leaf of each of two branches",
    map: { "1a": valueAt(0), "1b": valueAt(1), "9a": valueAt(2), "9b": valueAt(3) },
    deleted: ["1a", "9b"],
    survivors: ["1b", "9a"],
  },
  {
    id: "survivor-is-deleted-too",
    about: "both leaves of a branch: neither is needed for what it is",
    map: { "1a": valueAt(0), "1b": valueAt(1), "9a": valueAt(2), "9b": valueAt(3) },
    deleted: ["1a", "1b"],
    survivors: ["9c"],
  },
  {
    id: "shared-leaf",
    about: "a leaf, and the same leaf stands elsewhere",
    map: { "1a": valueAt(0), "1b": valueAt(1), "9a": valueAt(0), "9b": valueAt(1), c0: valueAt(2) },
    deleted: ["1a"],
    survivors: ["1b"],
    flag: "equal-nodes",
  },
  {
    id: "shared-branch",
    about: "one of two branches that are the same node",
    map: { "1a": valueAt(0), "1b": valueAt(1), "9a": valueAt(0), "9b": valueAt(1), c0: valueAt(2) },
    deleted: ["1a", "1b"],
    flag: "equal-nodes",
  },
  {
    id: "grows-past-embedding",
    about: "one of two embedded leaves below a long extension: the other one is hashed when it has its whole path",
    map: { [`1${"2".repeat(62)}3`]: small(0), [`1${"2".repeat(62)}4`]: small(1), "92": valueAt(0) },
    deleted: [`1${"2".repeat(62)}3`],
  },
  {
    id: "shrinks-to-embedding",
    about: "a branch of which so much goes that it is embedded",
    map: { "1a": small(0), "1b": small(1), "1c": valueAt(0), "9a": valueAt(1) },
    deleted: ["1c"],
  },
  ...[0, 1, 2, 31, 32, 62, 63].map(atNibble),
];
