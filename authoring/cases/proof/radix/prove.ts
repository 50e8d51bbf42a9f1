/** The input of `prove`: entries in any order and repeated, keys that are prefixes of others, keys and deletes. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import {
  baseOf,
  EMPTY,
  type EncodingName,
  entriesOf,
  flagged,
  hex,
  MIXED_KEYS,
  NAIVE,
  refuse,
  rolesOf,
  type Scenario,
  scenario,
  take,
  valueAt,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/prove.ts";

interface Input {
  readonly id: string;
  readonly about: string;
  readonly flag?: string;
  readonly params: JsonObject;
  readonly classes?: readonly string[];
}

const SIX = entriesOf(MIXED_KEYS);
const keys = (...list: readonly string[]): Json => hex(list);
const entry = (key: string, index = 0): Json => [`0x${key}`, valueAt(index)];

const INPUTS: readonly Input[] = [
  {
    id: "descending",
    about: "entries in descending order",
    flag: "entries-are-a-map",
    params: { entries: SIX.toReversed(), keys: keys("13") },
  },
  {
    id: "shuffled",
    about: "entries in no order",
    flag: "entries-are-a-map",
    params: { entries: [3, 0, 5, 1, 4, 2].map((at) => SIX[at]), keys: keys("80", "18") },
  },
  {
    id: "last-entry-counts",
    about: "an entry given twice: the last one counts",
    flag: "entries-are-a-map",
    params: { entries: [entry("13", 20), ...SIX], keys: keys("13") },
  },
  {
    id: "last-entry-counts-apart",
    about: "an entry given twice, with all others in between",
    flag: "entries-are-a-map",
    params: { entries: [...SIX, entry("10", 20)], keys: keys("10", "13") },
  },
  {
    id: "only-entry-twice",
    about: "the only entry given three times: a tree of one leaf",
    flag: "entries-are-a-map",
    params: { entries: [entry("13", 1), entry("13", 2), entry("13", 3)], keys: keys("13") },
  },
  {
    id: "last-entry-zero",
    about: "an entry given twice, zeros the second time: the key is present",
    flag: "zero-is-a-value",
    params: { entries: [...SIX, ["0x13", EMPTY]], keys: keys("13") },
  },
  {
    id: "keys-repeated",
    about: "a key that is asked for twice",
    flag: "keys-are-a-set",
    params: { entries: SIX, keys: keys("13", "13") },
  },
  {
    id: "keys-descending",
    about: "keys in descending order",
    flag: "keys-are-a-set",
    params: { entries: SIX, keys: keys("c0ffee", "81", "18", "10") },
  },
  {
    id: "no-keys",
    about: "no key at all: the root node is not open",
    flag: "keys-are-a-set",
    params: { entries: SIX, keys: [] },
  },
  { id: "no-entries", about: "no entry at all", flag: "empty-tree", params: { entries: [], keys: keys("13", "ff") } },
  {
    id: "no-entries-no-keys",
    about: "neither entries nor keys",
    flag: "empty-tree",
    params: { entries: [], keys: [] },
  },
  {
    id: "no-entries-deletes",
    about: "no entry, and a key to be deleted",
    flag: "empty-tree",
    params: { entries: [], keys: [], deletes: keys("13") },
  },
  ...prefixInputs(),
];

/** Keys of which one is a prefix of another. */
function prefixInputs(): Input[] {
  const conflict = (id: string, about: string, ...present: readonly string[]): Input => ({
    id: `prefix-${id}`,
    about,
    flag: "key-is-a-prefix",
    params: { entries: entriesOf(present), keys: [] },
    classes: ["invalid-argument"],
  });
  const longest = "ab".repeat(8192);
  return [
    conflict("first", "a key, and one that begins with it", "13", "1300"),
    conflict("second", "a key, and behind it the one that it begins with", "1300", "13"),
    conflict("ff", "a key, and one that goes on with ff", "13", "13ff"),
    conflict("far", "a key of one byte, and one of 8192 bytes that begins with it", "ab", longest),
    conflict("last-byte", "a key of 8192 bytes, and one without its last byte", longest, longest.slice(0, -2)),
    conflict("apart", "two such keys, with others in between", "13", "00", "80", "ff", "13aa"),
    conflict(
      "neighbours-between",
      "two such keys, and one between them that begins with the first too",
      "13",
      "1300",
      "13ff",
    ),
    conflict("chain", "three keys, each a prefix of the next", "13", "1313", "131313"),
    {
      ...conflict("keys-only", "a key that is asked for and is a prefix of one that is present", "1300", "80"),
      params: { entries: entriesOf(["1300", "80"]), keys: keys("13", "8000") },
      classes: undefined,
    },
    {
      ...conflict("deletes-only", "a key to be deleted that is a prefix of one that is present"),
      params: { entries: entriesOf(["1300", "80"]), keys: [], deletes: keys("13", "8000") },
      classes: undefined,
    },
  ] as Input[];
}

function inputDraft(encoding: EncodingName, { id, about, flag, params, classes }: Input): Draft {
  const text = { id, about, ...flagged(flag), call: "proof/prove", params: { ...baseOf(encoding), ...params } };
  return classes === undefined ? take(text) : refuse(text, ...classes);
}

/** Keys to be deleted, which determine the siblings that must be open. */
interface Deletion {
  readonly id: string;
  readonly about: string;
  readonly present: readonly string[];
  readonly keys?: readonly string[];
  readonly deletes: readonly string[];
}

/** The keys 00 to 07, a full tree of three levels below a prefix. */
const FULL = ["00", "01", "02", "03", "04", "05", "06", "07"] as const;

const DELETIONS: readonly Deletion[] = [
  {
    id: "sibling-leaf-right",
    about: "a leaf whose sibling is a leaf on the right",
    present: MIXED_KEYS,
    deletes: ["10"],
  },
  {
    id: "sibling-leaf-left",
    about: "a leaf whose sibling is a leaf on the left",
    present: MIXED_KEYS,
    deletes: ["13"],
  },
  {
    id: "sibling-internal-right",
    about: "a leaf whose sibling is an internal node on the right",
    present: MIXED_KEYS,
    deletes: ["80"],
  },
  {
    id: "sibling-internal-left",
    about: "a leaf whose sibling is an internal node on the left",
    present: MIXED_KEYS,
    deletes: ["c0ffee"],
  },
  {
    id: "sibling-of-root",
    about: "the leaf beside which all others lie",
    present: ["00", "80", "90", "a0"],
    deletes: ["00"],
  },
  { id: "only", about: "the only leaf", present: ["ab"], deletes: ["ab"] },
  { id: "both", about: "both leaves of a tree of two", present: ["10", "90"], deletes: ["10", "90"] },
  {
    id: "one-of-two",
    about: "one leaf of a tree of two: the other is the root",
    present: ["10", "90"],
    deletes: ["10"],
  },
  { id: "all", about: "all keys: no sibling is left to be open", present: MIXED_KEYS, deletes: MIXED_KEYS },
  {
    id: "all-but-one",
    about: "all keys but one, which becomes the root",
    present: MIXED_KEYS,
    deletes: MIXED_KEYS.slice(1),
  },
  { id: "all-but-last", about: "all keys but the last", present: MIXED_KEYS, deletes: MIXED_KEYS.slice(0, -1) },
  {
    id: "both-children",
    about: "both leaves below a node: its sibling takes their place",
    present: MIXED_KEYS,
    deletes: ["10", "13"],
  },
  {
    id: "both-children-other",
    about: "both leaves below a node, whose sibling is a leaf",
    present: MIXED_KEYS,
    deletes: ["8100", "81ff01"],
  },
  { id: "chain-of-two", about: "a leaf and the sibling of its parent", present: FULL, deletes: ["00", "02", "03"] },
  { id: "chain-of-three", about: "all but one of eight leaves", present: FULL, deletes: FULL.slice(0, 7) },
  { id: "half", about: "one half of eight leaves", present: FULL, deletes: FULL.slice(4) },
  {
    id: "every-second",
    about: "every second of eight leaves",
    present: FULL,
    deletes: FULL.filter((_, at) => at % 2 === 0),
  },
  {
    id: "survivor-internal",
    about: "three of four quarters: an internal node is left",
    present: FULL,
    deletes: FULL.slice(2),
  },
  { id: "absent", about: "an absent key, which is no more than proven", present: MIXED_KEYS, deletes: ["18"] },
  {
    id: "absent-at-leaf",
    about: "an absent key at whose leaf another one lies",
    present: MIXED_KEYS,
    deletes: ["1300"],
  },
  { id: "absent-and-present", about: "a present and an absent key", present: MIXED_KEYS, deletes: ["10", "18"] },
  {
    id: "also-asked",
    about: "a key that is asked for and to be deleted",
    present: MIXED_KEYS,
    keys: ["10"],
    deletes: ["10"],
  },
  {
    id: "sibling-asked",
    about: "a leaf to be deleted, whose sibling is asked for",
    present: MIXED_KEYS,
    keys: ["13"],
    deletes: ["10"],
  },
  {
    id: "others-asked",
    about: "keys asked for in one half, one to be deleted in the other",
    present: MIXED_KEYS,
    keys: ["10", "18"],
    deletes: ["80"],
  },
  { id: "repeated", about: "a key to be deleted that is given twice", present: MIXED_KEYS, deletes: ["80", "80"] },
  {
    id: "descending",
    about: "keys to be deleted in descending order",
    present: MIXED_KEYS,
    deletes: ["c0ffee", "80", "10"],
  },
  {
    id: "sibling-of-a-deeper-deletion",
    about: "a leaf whose sibling is itself left with one child",
    present: MIXED_KEYS,
    deletes: ["80", "8100"],
  },
  {
    id: "long-prefix",
    about: "a leaf beside a node with a prefix of 20 bits",
    present: ["00", "80000000", "80000100", "80000101"],
    deletes: ["00"],
  },
  {
    id: "longest-prefix",
    about: "a leaf beside a node whose prefix then has 65 534 bits",
    present: ["80", `${"00".repeat(8191)}00`, `${"00".repeat(8191)}01`, `${"00".repeat(8191)}02`],
    deletes: ["80", `${"00".repeat(8191)}02`],
  },
  { id: "left-out", about: "an empty list of deletes", present: MIXED_KEYS, keys: ["13"], deletes: [] },
];

function deletionScenario({ id, about, present, keys: asked = [], deletes }: Deletion): Scenario {
  return { ...scenario(`delete-${id}`, about, present, asked, "deletes"), deletes: hex(deletes) };
}

/** Cases that build the proof of a deletion, and a case that deletes. */
function deletionDrafts(encoding: EncodingName, deletion: Deletion): Draft[] {
  const of = deletionScenario(deletion);
  const [built, ...others] = rolesOf(of, encoding);
  const { root, proof } = (built.expect as { result: JsonObject }).result;
  return [
    built,
    ...others.filter(({ call }) => call === "proof/cost"),
    take({
      id: `${of.id}-update`,
      about: `${deletion.about}: then deleted`,
      ...flagged(of.flag),
      call: "proof/update",
      params: { ...baseOf(encoding), root, proof, writes: hex(deletion.deletes).map((key) => [key, null]) },
    }),
  ];
}

export function proveFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/radix/${encoding}`;
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "prove-inputs",
        about: "Entries in any order and repeated, and keys that are prefixes of others.",
        requirements: [
          "PROOF-RADIX-030",
          "PROOF-RADIX-041",
          "PROOF-RADIX-075",
          "PROOF-RADIX-076",
          "PROOF-RADIX-003",
          "PROOF-RADIX-047",
          "PROOF-RADIX-002",
        ],
      },
      INPUTS.map((input) => inputDraft(encoding, input)),
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "deletes",
        about: "Keys that will be deleted: the proof opens the siblings that are left alone, and no others.",
        requirements: [
          "PROOF-RADIX-077",
          "PROOF-RADIX-078",
          "PROOF-RADIX-031",
          "PROOF-RADIX-080",
          "PROOF-RADIX-081",
          "PROOF-RADIX-083",
          "PROOF-RADIX-033",
        ],
      },
      DELETIONS.flatMap((deletion) => deletionDrafts(encoding, deletion)),
    ),
  ];
}
