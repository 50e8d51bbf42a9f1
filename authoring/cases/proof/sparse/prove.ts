/** The inputs of `prove`: entries in any order, repeated or zero, keys and deletes, and inputs that are wrong. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, keyAt, NAIVE, valueAt, ZERO } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/prove.ts";
const DEPTH = 4;

const key = (index: number): string => keyAt(index, DEPTH);
const entry = (index: number): Json => [key(index), valueAt(index)];

interface Input {
  readonly id: string;
  readonly about: string;
  readonly flag?: string;
  readonly params: JsonObject;
  readonly classes?: readonly string[];
}

const SIX = [0, 1, 6, 9, 14, 15].map(entry);

const INPUTS: readonly Input[] = [
  {
    id: "descending",
    about: "entries in descending order",
    flag: "entries-are-a-map",
    params: { entries: SIX.toReversed(), keys: [key(6)] },
  },
  {
    id: "shuffled",
    about: "entries in no order",
    flag: "entries-are-a-map",
    params: { entries: [3, 0, 5, 1, 4, 2].map((i) => SIX[i]), keys: [key(9), key(2)] },
  },
  {
    id: "last-entry-counts",
    about: "an entry given twice: the last one counts",
    flag: "entries-are-a-map",
    params: { entries: [[key(6), randomNode(250)], ...SIX], keys: [key(6)] },
  },
  {
    id: "last-entry-counts-apart",
    about: "an entry given twice, with all others in between",
    flag: "entries-are-a-map",
    params: { entries: [...SIX, [key(0), randomNode(250)]], keys: [key(0), key(1)] },
  },
  {
    id: "last-entry-zero",
    about: "an entry given twice, zero the second time: its key is absent",
    flag: "zero-is-absent",
    params: { entries: [...SIX, [key(6), ZERO]], keys: [key(6)] },
  },
  {
    id: "first-entry-zero",
    about: "an entry given twice, zero the first time: its key is present",
    flag: "zero-is-absent",
    params: { entries: [[key(6), ZERO], ...SIX], keys: [key(6)] },
  },
  {
    id: "only-zeros",
    about: "entries of nothing but zeros: the empty tree",
    flag: "zero-is-absent",
    params: {
      entries: [
        [key(3), ZERO],
        [key(9), ZERO],
      ],
      keys: [key(3)],
    },
  },
  {
    id: "zero-beside",
    about: "a zero entry beside a present one",
    flag: "zero-is-absent",
    params: { entries: [...SIX, [key(7), ZERO]], keys: [key(7)] },
  },
  {
    id: "keys-repeated",
    about: "a key that is asked for twice",
    flag: "keys-are-a-set",
    params: { entries: SIX, keys: [key(6), key(6)] },
  },
  {
    id: "keys-descending",
    about: "keys in descending order",
    flag: "keys-are-a-set",
    params: { entries: SIX, keys: [key(15), key(6), key(0)] },
  },
  { id: "no-keys", about: "no key at all", flag: "keys-are-a-set", params: { entries: SIX, keys: [] } },
  { id: "no-entries", about: "no entry at all", flag: "empty-tree", params: { entries: [], keys: [key(3), key(9)] } },
  {
    id: "no-entries-no-keys",
    about: "neither entries nor keys",
    flag: "empty-tree",
    params: { entries: [], keys: [] },
  },
  {
    id: "every-key",
    about: "every key there is",
    params: { entries: SIX, keys: Array.from({ length: 16 }, (_, index) => key(index)) },
  },
  {
    id: "deletes-alone",
    about: "a key that will be deleted, and none that is asked for",
    flag: "deletes",
    params: { entries: SIX, keys: [], deletes: [key(6)] },
  },
  {
    id: "deletes-and-keys",
    about: "one key asked for and another one that will be deleted",
    flag: "deletes",
    params: { entries: SIX, keys: [key(0)], deletes: [key(14)] },
  },
  {
    id: "deletes-of-a-pair",
    about: "both leaves of a pair that will be deleted",
    flag: "deletes",
    params: { entries: SIX, keys: [], deletes: [key(14), key(15)] },
  },
  {
    id: "deletes-same-as-keys",
    about: "the same key asked for and to be deleted",
    flag: "deletes",
    params: { entries: SIX, keys: [key(6)], deletes: [key(6)] },
  },
  {
    id: "deletes-absent",
    about: "an absent key that will be deleted",
    flag: "deletes",
    params: { entries: SIX, keys: [], deletes: [key(3)] },
  },
  {
    id: "deletes-empty",
    about: "an empty list of deletes",
    flag: "deletes",
    params: { entries: SIX, keys: [key(6)], deletes: [] },
  },
  {
    id: "value-31-bytes",
    about: "a value of 31 bytes",
    flag: "bad-node-length",
    params: { entries: [[key(6), valueAt(6).slice(0, 64)]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "value-33-bytes",
    about: "a value of 33 bytes",
    flag: "bad-node-length",
    params: { entries: [[key(6), `${valueAt(6)}00`]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "value-empty",
    about: "a value of no byte",
    flag: "bad-node-length",
    params: { entries: [[key(6), "0x"]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "value-31-zeros",
    about: "a value of 31 zero bytes",
    flag: "bad-node-length",
    params: { entries: [[key(6), ZERO.slice(0, 64)]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "value-null",
    about: "an entry whose value is null",
    flag: "bad-request-form",
    params: { entries: [[key(6), null]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "entry-of-one",
    about: "an entry without a value",
    flag: "bad-request-form",
    params: { entries: [[key(6)]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "entry-key-31-bytes",
    about: "an entry whose key has 31 bytes",
    flag: "bad-key",
    params: { entries: [[key(6).slice(0, 64), valueAt(6)]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "entry-key-too-deep",
    about: "an entry whose key has a bit beyond the depth",
    flag: "bad-key",
    params: { entries: [[flipBit(key(6), DEPTH), valueAt(6)]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "entry-key-too-deep-zero",
    about: "the same, and its value is zero",
    flag: "bad-key",
    params: { entries: [[flipBit(key(6), DEPTH), ZERO]], keys: [] },
    classes: ["invalid-argument"],
  },
  {
    id: "key-too-deep",
    about: "a key with a bit beyond the depth",
    flag: "bad-key",
    params: { entries: SIX, keys: [flipBit(key(6), DEPTH)] },
    classes: ["invalid-argument"],
  },
  {
    id: "key-33-bytes",
    about: "a key of 33 bytes",
    flag: "bad-key",
    params: { entries: SIX, keys: [`${key(6)}00`] },
    classes: ["invalid-argument"],
  },
  {
    id: "delete-too-deep",
    about: "a key to be deleted with a bit beyond the depth",
    flag: "bad-key",
    params: { entries: SIX, keys: [], deletes: [flipBit(key(6), 255)] },
    classes: ["invalid-argument"],
  },
  {
    id: "deletes-no-list",
    about: "one key in the place of a list of deletes",
    flag: "bad-request-form",
    params: { entries: SIX, keys: [], deletes: key(6) },
    classes: ["invalid-argument"],
  },
];

function draftOf(encoding: EncodingName, { id, about, flag, params, classes }: Input): Draft {
  const text = {
    id,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/prove",
    params: { ...baseOf(encoding, DEPTH), ...params },
  };
  if (classes === undefined) return accepted({ ...text, kind: "completeness" });
  return rejected({ ...text, kind: "soundness" }, ...classes);
}

export function proveFiles(encoding: EncodingName): VectorFile[] {
  const about = "Entries in any order, repeated and zero; keys and deletes; and inputs that are wrong.";
  const requirements = [
    "PROOF-SPARSE-005",
    "PROOF-SPARSE-032",
    "PROOF-SPARSE-033",
    "PROOF-SPARSE-034",
    "PROOF-SPARSE-035",
    "PROOF-SPARSE-036",
    "PROOF-SPARSE-024",
    "PROOF-SPARSE-026",
  ];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: `proof/sparse/${encoding}`, theme: "prove-inputs", about, requirements },
      INPUTS.map((input) => draftOf(encoding, input)),
    ),
  ];
}
