/** Inputs of `prove`: entries in any order and repeated, keys and deletes, and faulty inputs. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName } from "./proofs.ts";
import { entriesOf, NAIVE, small, valueAt } from "./scenarios.ts";

const SOURCE = "authoring/cases/proof/patricia/prove.ts";

/** A value in a branch, hashed and embedded leaves, an extension. */
const SIX = entriesOf({
  "12": valueAt(0),
  "1234": valueAt(1),
  "12a4": small(0),
  "77": valueAt(2),
  "9a01": valueAt(3),
  "9a91": valueAt(4),
});

interface Input {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly entries?: Json;
  readonly keys: Json;
  readonly deletes?: Json;
  readonly options?: JsonObject;
  readonly classes?: readonly string[];
}

const map = (id: string, about: string, entries: Json, keys: Json): Input => ({
  id,
  about,
  flag: "entries-are-a-map",
  entries,
  keys,
});

const keysOnly = (id: string, about: string, keys: Json): Input => ({ id, about, flag: "keys-are-a-set", keys });

const deleted = (id: string, about: string, keys: readonly string[], deletes: readonly string[]): Input => ({
  id,
  about,
  flag: "deletes",
  keys,
  deletes,
});

const wrong = (id: string, about: string, flag: string, params: Partial<Input>): Input => ({
  id,
  about,
  flag,
  keys: ["0x77"],
  classes: ["invalid-argument"],
  ...params,
});

const INPUTS: readonly Input[] = [
  map("descending", "entries in descending order", SIX.toReversed(), ["0x77"]),
  map(
    "shuffled",
    "entries in no order",
    [3, 0, 5, 1, 4, 2].map((i) => SIX[i]),
    ["0x1234", "0x9a91"],
  ),
  map("last-entry-counts", "an entry given twice: the last one counts", [["0x77", valueAt(20)], ...SIX], ["0x77"]),
  map(
    "last-entry-counts-apart",
    "an entry given twice, with all others in between",
    [...SIX, ["0x12", valueAt(20)]],
    ["0x12"],
  ),
  map("same-entry-twice", "the same entry twice", [...SIX, SIX[3]], ["0x77"]),
  map(
    "last-entry-small",
    "an entry given twice, small the second time: its leaf is embedded",
    [...SIX, ["0x77", small(3)]],
    ["0x77"],
  ),
  map(
    "only-key-three-times",
    "one key given three times",
    [
      ["0x12", valueAt(20)],
      ["0x12", valueAt(21)],
      ["0x12", valueAt(22)],
    ],
    ["0x12"],
  ),
  keysOnly("repeated", "the same key three times", ["0x77", "0x77", "0x77"]),
  keysOnly("keys-descending", "keys in descending order", ["0x9a91", "0x77", "0x1234", "0x12"]),
  keysOnly("present-and-absent", "keys that are there and keys that are not, in no order", [
    "0x55",
    "0x9a91",
    "0x",
    "0x1235",
    "0x12",
  ]),
  keysOnly("prefix-and-longer", "a key and one that it is a prefix of", ["0x1234", "0x12"]),
  keysOnly(
    "all",
    "every key",
    SIX.map(([key]) => key),
  ),
  keysOnly("absent-alone", "an absent key: what is above it", ["0x55"]),
  keysOnly("two-absent-below-one", "two absent keys that end at the same leaf", ["0x7701", "0x7702"]),
  deleted("deletes", "a key that will be deleted, and none that is asked for", [], ["0x77"]),
  deleted("deletes-and-keys", "a key asked for and another one that will be deleted", ["0x12"], ["0x9a01"]),
  deleted("deletes-same-as-keys", "the same key asked for and to be deleted", ["0x9a01"], ["0x9a01"]),
  deleted("deletes-repeated", "the same key to be deleted twice", [], ["0x9a01", "0x9a01"]),
  deleted("deletes-both", "both leaves of a branch: neither stays", [], ["0x9a91", "0x9a01"]),
  deleted("deletes-absent", "absent keys that will be deleted: their paths alone", [], ["0x55", "0x9a55", "0x7701"]),
  deleted(
    "deletes-present-and-absent",
    "a key that will be deleted, and an absent one beside it, which spares nothing",
    [],
    ["0x9a01", "0x9a55"],
  ),
  deleted(
    "deletes-all",
    "every key",
    [],
    SIX.map(([key]) => key),
  ),
  deleted("deletes-empty", "an empty list of deletes", ["0x77"], []),
  wrong("value-empty", "an entry with an empty value", "empty-value", { entries: [...SIX, ["0x55", "0x"]] }),
  wrong("value-empty-first", "an entry given twice, empty the first time", "empty-value", {
    entries: [["0x77", "0x"], ...SIX],
  }),
  wrong("value-empty-unasked", "an entry with an empty value, and no key asked for near it", "empty-value", {
    entries: [["0x", "0x"]],
    keys: ["0x77"],
  }),
  wrong("value-null", "an entry whose value is null", "bad-request-form", { entries: [["0x77", null]] }),
  wrong("value-null-last", "an entry given twice, null the second time", "bad-request-form", {
    entries: [...SIX, ["0x77", null]],
  }),
  wrong("value-text", "a value that is not hex", "bad-request-form", { entries: [["0x77", "value"]] }),
  wrong("entry-of-one", "an entry without a value", "bad-request-form", { entries: [["0x77"]] }),
  wrong("entry-of-three", "an entry of three", "bad-request-form", { entries: [["0x77", "0x05", "0x06"]] }),
  wrong("entry-key-odd", "an entry whose key has an odd number of digits", "bad-key", { entries: [["0x7", "0x05"]] }),
  wrong("entries-object", "entries that are an object", "bad-request-form", { entries: { "0x77": "0x05" } }),
  wrong("key-odd", "a key of an odd number of digits", "bad-key", { keys: ["0x7"] }),
  wrong("key-null", "a key that is null", "bad-key", { keys: [null] }),
  wrong("delete-odd", "a key to be deleted with an odd number of digits", "bad-key", { deletes: ["0x7"] }),
  wrong("deletes-no-list", "one key in the place of a list of deletes", "bad-request-form", { deletes: "0x77" }),
  wrong("secure-text", "secure stated as a string", "bad-request-form", { options: { secure: "yes" } }),
  wrong("depth", "an option of another backend", "bad-request-form", { options: { depth: 8 } }),
];

/** `eip1186` needs at least one key, and cannot hold the siblings that deletions need. */
function classesOf(encoding: EncodingName, { keys, deletes, classes }: Input): readonly string[] | undefined {
  if (classes !== undefined || encoding !== "eip1186") return classes;
  const isNothing = (list: Json | undefined): boolean => (list as readonly Json[] | undefined)?.length === 0;
  const isRefused = isNothing(keys) || (deletes !== undefined && !isNothing(deletes));
  return isRefused ? ["invalid-argument"] : undefined;
}

function draftOf(encoding: EncodingName, input: Input): Draft {
  const { id, about, flag, keys, entries = SIX, deletes, options = {} } = input;
  const text = {
    id,
    about,
    flags: [flag],
    call: "proof/prove",
    params: { ...baseOf(encoding, options), entries, keys, ...(deletes === undefined ? {} : { deletes }) },
  };
  const classes = classesOf(encoding, input);
  if (classes === undefined) return accepted({ ...text, kind: "completeness" });
  return rejected({ ...text, kind: "soundness" }, ...classes);
}

/** An empty list of keys, which only `eip1186` rejects. */
function nothingToClaim(encoding: EncodingName): Draft[] {
  if (encoding !== "eip1186") return [];
  return (
    [
      ["no-keys", "no key at all", SIX],
      ["no-keys-empty-trie", "no key at all of the empty trie", []],
    ] as const
  ).map(([id, about, entries]) =>
    rejected(
      {
        id,
        about,
        kind: "soundness",
        flags: ["no-claims"],
        call: "proof/prove",
        params: { ...baseOf(encoding), entries, keys: [] },
      },
      "invalid-argument",
    ),
  );
}

export function proveFiles(encoding: EncodingName): VectorFile[] {
  const requirements = [
    "PROOF-PATRICIA-030",
    "PROOF-PATRICIA-077",
    "PROOF-PATRICIA-078",
    ...(encoding === "eip1186"
      ? ["PROOF-PATRICIA-023", "PROOF-PATRICIA-073", "PROOF-PATRICIA-074"]
      : ["PROOF-PATRICIA-081", "PROOF-PATRICIA-082"]),
  ];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme: "prove-inputs",
        about: "Entries in any order and repeated; keys and deletes; and inputs that are wrong.",
        requirements,
      },
      [
        // The specification does not state whether eip1186 rejects an empty list of deletes.
        ...INPUTS.filter(({ id }) => id !== "deletes-empty" || encoding !== "eip1186").map((input) =>
          draftOf(encoding, input),
        ),
        ...nothingToClaim(encoding),
      ],
    ),
  ];
}
