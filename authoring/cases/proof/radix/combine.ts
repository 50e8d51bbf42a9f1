/** Cases of `merge`, `extract` and `convert`. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { replaceAt } from "../../kit/binary/pruned.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { flip, hashOf, internalNode, itemsOf, joinItems, joinKmm, type Kmm, kmmOf, pack } from "./proofs.ts";
import {
  baseOf,
  ENCODINGS,
  type EncodingName,
  entriesOf,
  flagged,
  hex,
  MIXED_KEYS,
  NAIVE,
  type Proven,
  prove,
  refuse,
  type Scenario,
  scenario,
  type Text,
  take,
  valueAt,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/combine.ts";

function proofOf(encoding: EncodingName, keys: readonly string[], deletes: readonly string[] = []): Proven {
  return prove({ id: "", about: "", entries: entriesOf(MIXED_KEYS), keys: hex(keys), deletes: hex(deletes) }, encoding);
}

interface Merge {
  readonly id: string;
  readonly about: string;
  /** The keys of each proof. */
  readonly of: readonly (readonly string[])[];
  readonly flag?: string;
}

const MERGES: readonly Merge[] = [
  { id: "disjoint", about: "one leaf each, in different halves", of: [["13"], ["81ff01"]] },
  { id: "siblings", about: "two leaves below one node", of: [["10"], ["13"]] },
  {
    id: "overlapping",
    about: "two proofs that share a leaf",
    of: [
      ["10", "80"],
      ["80", "c0ffee"],
    ],
  },
  {
    id: "same-twice",
    about: "the same proof twice",
    of: [
      ["10", "18"],
      ["10", "18"],
    ],
  },
  { id: "one", about: "a single proof: as it was", of: [["13"]] },
  { id: "three", about: "three proofs", of: [["10"], ["8100"], ["c0ffee"]] },
  { id: "all", about: "six proofs of one key each: the whole tree", of: MIXED_KEYS.map((key) => [key]) },
  { id: "present-and-absent", about: "a present and an absent key", of: [["10"], ["a0"]] },
  { id: "contained", about: "one proof opens all that the other one does", of: [["10", "13", "80"], ["13"]] },
  { id: "reversed", about: "the later half first", of: [["c0ffee"], ["10"]], flag: "merge-order" },
  {
    id: "closed-off-and-open",
    about: "a node that is closed off in one proof and open below in the other",
    of: [["18"], ["13"]],
    flag: "merge-nested",
  },
  { id: "open-and-closed-off", about: "the same, the deeper one first", of: [["13"], ["18"]], flag: "merge-nested" },
  { id: "closed-off-twice", about: "a node that is closed off in both", of: [["18"], ["00"]], flag: "merge-nested" },
  { id: "root-not-open", about: "a root node that is not open, and a leaf", of: [[], ["13"]], flag: "merge-nested" },
  {
    id: "root-not-open-second",
    about: "a leaf, and a root node that is not open",
    of: [["13"], []],
    flag: "merge-nested",
  },
  { id: "roots-not-open", about: "a root node that is not open, twice", of: [[], []], flag: "merge-nested" },
];

function mergeDrafts(encoding: EncodingName): Draft[] {
  const { root, proof: left } = proofOf(encoding, ["13"]);
  const merge = (
    id: string,
    about: string,
    flag: string | undefined,
    proofs: readonly Json[],
    against = root,
  ): Text => ({
    id: `merge-${id}`,
    about,
    ...flagged(flag),
    call: "proof/merge",
    params: { ...baseOf(encoding), root: against, proofs },
  });
  const right = proofOf(encoding, ["81ff01"]).proof;
  const foreign = prove(scenario("", "", ["13", "80"], ["13"]), encoding).proof;
  const empty = prove(scenario("", "", [], []), encoding);
  const refused = (id: string, about: string, proofs: readonly Json[], flag: string, ...classes: string[]): Draft =>
    refuse(merge(id, about, flag, proofs), ...classes);
  return [
    ...MERGES.map(({ id, about, of, flag }) =>
      take(
        merge(
          id,
          about,
          flag,
          of.map((keys) => proofOf(encoding, keys).proof),
        ),
      ),
    ),
    take(merge("empty-trees", "the empty tree, twice", "empty-tree", [empty.proof, empty.proof], empty.root)),
    refused(
      "foreign-second",
      "the second proof is of another tree",
      [left, foreign],
      "merge-conflict",
      "invalid-proof",
    ),
    refused("foreign-first", "the first proof is of another tree", [foreign, left], "merge-conflict", "invalid-proof"),
    refused(
      "foreign-third",
      "the third proof is of another tree",
      [left, right, foreign],
      "merge-conflict",
      "invalid-proof",
    ),
    refused("foreign-alone", "one proof, of another tree", [foreign], "merge-conflict", "invalid-proof"),
    // A set without items is the tree whose root node is not open, so the proof of the empty tree fits every root.
    encoding === "kmm"
      ? refused(
          "empty-tree-second",
          "the second proof is that of the empty tree",
          [left, empty.proof],
          "merge-conflict",
          "invalid-proof",
        )
      : take(merge("no-items-second", "the second proof has no item", "merge-nested", [left, empty.proof])),
    refused("nothing", "no proof at all", [], "empty-proof", "invalid-argument"),
    refused("one-malformed", "the second proof has no byte", [left, "0x"], "truncated", "malformed"),
  ];
}

function extractDrafts(encoding: EncodingName): Draft[] {
  const { root, proof } = proofOf(encoding, ["10", "18", "81ff01"], ["80"]);
  const extract = (
    id: string,
    about: string,
    flag: string | undefined,
    keys: readonly string[],
    deletes?: readonly string[],
  ): Text => ({
    id: `extract-${id}`,
    about,
    ...flagged(flag),
    call: "proof/extract",
    params: {
      ...baseOf(encoding),
      root,
      proof,
      keys: hex(keys),
      ...(deletes === undefined ? {} : { deletes: hex(deletes) }),
    },
  });
  const whole = proofOf(encoding, MIXED_KEYS);
  const outOfAll = (text: Text): Text => ({ ...text, params: { ...text.params, ...whole } });
  const refused = (text: Text): Draft => refuse(text, "incomplete");
  return [
    take(extract("present", "one present key of a larger proof", undefined, ["10"])),
    take(extract("absent", "an absent key: its node is then closed off", undefined, ["18"])),
    take(extract("other-absent", "an absent key that the proof was not made for", "unclaimed-node", ["40"])),
    take(extract("runs-out", "an absent key that runs out", "unclaimed-node", ["81"])),
    take(extract("all", "all that the proof was made for: as it was", "deletes", ["10", "18", "81ff01"], ["80"])),
    take(extract("repeated", "a key repeated", "keys-are-a-set", ["10", "10"])),
    take(extract("descending", "keys in descending order", "keys-are-a-set", ["81ff01", "18", "10"])),
    take(extract("no-keys", "no key: the root node is not open", "keys-are-a-set", [])),
    take(extract("deletes", "a key that will be deleted, and the node beside it", "deletes", [], ["80"])),
    take(
      outOfAll(
        extract(
          "deletes-of-one-half",
          "all keys below one node, whose sibling is then left alone",
          "deletes",
          [],
          ["80", "8100", "81ff01"],
        ),
      ),
    ),
    take(
      extract("keys-and-deletes", "a key asked for, and another one that will be deleted", "deletes", ["18"], ["80"]),
    ),
    take(extract("absent-delete", "an absent key that will be deleted", "deletes", [], ["18"])),
    take(
      outOfAll(
        extract("deletes-of-all", "two keys of the whole tree that will be deleted", "deletes", [], ["13", "80"]),
      ),
    ),
    take(
      outOfAll(extract("every-delete", "every key of the whole tree: no sibling is left", "deletes", [], MIXED_KEYS)),
    ),
    take(outOfAll(extract("one-of-all", "one key out of the whole tree", undefined, ["c0ffee"]))),
    refused(extract("uncovered", "a key below a node that is not open", "uncovered-key", ["c0ffee"])),
    refused(
      extract("uncovered-after-covered", "a key that is covered and one that is not", "uncovered-key", ["10", "13"]),
    ),
    refused(extract("uncovered-delete", "a key to be deleted that is not covered", "uncovered-key", ["10"], ["13"])),
    refused(extract("sibling-not-open", "a key to be deleted whose sibling is not open", "sibling-needed", [], ["10"])),
    refused(
      extract(
        "sibling-not-open-chain",
        "keys to be deleted, beside whose parent a node is not open",
        "sibling-needed",
        [],
        ["80", "81ff01", "10"],
      ),
    ),
  ];
}

/** Honest proofs to be converted to the other encoding. */
const CONVERTED: readonly Scenario[] = [
  scenario("empty", "the empty tree", [], []),
  scenario("unopened", "a root node that is not open", MIXED_KEYS, []),
  scenario("one", "a tree of one leaf", ["ab"], ["ab"]),
  scenario("worked", "a leaf of the worked example", ["10", "13", "80"], ["13"]),
  scenario("closed-off", "a node that is closed off", ["10", "13", "80"], ["18"]),
  scenario("closed-off-twice", "two nodes that are closed off", MIXED_KEYS, ["18", "a0"]),
  scenario("mixed", "present and absent keys", MIXED_KEYS, ["13", "18", "81", "81ff01"]),
  scenario("all", "the whole tree", MIXED_KEYS, MIXED_KEYS),
  scenario("prefix-7", "a prefix of seven bits", ["0000", "0100"], ["0000"]),
  scenario("prefix-8", "a prefix of eight bits", ["0000", "0080"], ["0080"]),
  scenario("prefix-9", "a prefix of nine bits", ["0000", "0040"], ["0000"]),
  scenario(
    "closed-off-deep",
    "a node that is closed off at bit 255",
    [`${"5a".repeat(31)}00`, `${"5a".repeat(31)}01`],
    [`${"5a".repeat(31)}80`],
  ),
  scenario(
    "closed-off-deepest",
    "a node that is closed off at bit 65 535",
    [`${"00".repeat(8191)}00`, `${"00".repeat(8191)}01`],
    [`${"00".repeat(8191)}80`],
  ),
  { ...scenario("deletes", "a sibling open for a deletion", MIXED_KEYS, [], "deletes"), deletes: hex(["80"]) },
];

function convertDrafts(from: EncodingName): Draft[] {
  const convert = (of: Scenario, to: string, id: string, about: string, more: Draft["params"] = {}): Text => ({
    id,
    about,
    ...flagged(of.flag),
    call: "proof/convert",
    params: { backend: "radix", from, to, ...prove(of, from), ...more },
  });
  const mixed = scenario("", "", MIXED_KEYS, ["13"]);
  const [to] = ENCODINGS.filter((name) => name !== from);
  const wrong = (text: Text, ...classes: string[]): Draft =>
    refuse({ ...text, flags: ["bad-request-form"] }, ...classes);
  return [
    ...CONVERTED.map((of) => take(convert(of, to, `${of.id}-to-${to}`, `${from} to ${to}: ${of.about}`))),
    take({ ...convert(mixed, from, "to-itself", `${from} to ${from}`), flags: ["same-encoding"] }),
    wrong(convert(mixed, to, "keys", "keys, which no encoding of radix names", { keys: ["0x13"] }), "invalid-argument"),
    wrong(convert(mixed, to, "empty-keys", "an empty list of keys", { keys: [] }), "invalid-argument"),
    wrong(
      convert(mixed, from, "keys-to-itself", "keys, and no other encoding", { keys: ["0x13"] }),
      "invalid-argument",
    ),
    ...(from === "nodes"
      ? [
          take({
            ...convert(mixed, to, "unsorted-to-kmm", "items in another order, and one that is not open"),
            ...unsorted(mixed),
          }),
        ]
      : twoPlaces()),
    refuse(
      {
        ...convert(mixed, to, "forged", "a proof with one bit inverted"),
        flags: ["forged-node"],
        ...forged(mixed, from, to),
      },
      "invalid-proof",
    ),
  ];
}

function unsorted(of: Scenario): Pick<Text, "params" | "flags"> {
  const { root, proof } = prove(of, "nodes");
  const items = [...itemsOf(proof).toReversed(), "ff"];
  return {
    flags: ["not-canonical"],
    params: { backend: "radix", from: "nodes", to: "kmm", root, proof: joinItems(items) },
  };
}

function forged(of: Scenario, from: EncodingName, to: EncodingName): Pick<Text, "params"> {
  const { root, proof } = prove(of, from);
  const changed = (): string => {
    if (from === "kmm") {
      const kmm = kmmOf(proof);
      return joinKmm({ ...kmm, hashes: replaceAt(kmm.hashes, 0, flip(kmm.hashes[0], 0)) });
    }
    const items = itemsOf(proof);
    const at = items.findIndex((item) => `0x${hashOf(item)}` === root);
    return joinItems(replaceAt(items, at, flip(items[at], 4 * items[at].length - 1)));
  };
  return { params: { backend: "radix", from, to, root, proof: changed() } };
}

/** One node on both sides. `kmm` can represent it; a set can only when the node is open on neither side. */
function twoPlaces(): Draft[] {
  const hashes = [0, 1].map((index) => valueAt(30 + index).slice(2));
  const shared = internalNode("001", hashes[0], hashes[1]);
  const [hash, top] = [hashOf(shared), internalNode("", hashOf(shared), hashOf(shared))];
  const text = (id: string, about: string, kmm: Kmm): Text => ({
    id: `two-places-${id}`,
    about: `a tree that is made up, with one node on both sides of the root, ${about}`,
    flags: ["node-at-two-places"],
    call: "proof/convert",
    params: { backend: "radix", from: "kmm", to: "nodes", root: `0x${hashOf(top)}`, proof: joinKmm(kmm) },
  });
  const left = { labels: "110100", lengths: [0, 3], terminals: [pack("0001")], hashes: [...hashes, hash] };
  const right = { labels: "101100", lengths: [0, 3], terminals: [pack("1001")], hashes: [hash, ...hashes] };
  const both = {
    labels: "111100100",
    lengths: [0, 3, 3],
    terminals: [pack("0001"), pack("1001")],
    hashes: [...hashes, ...hashes],
  };
  return [
    refuse(text("both-open", "open on both", both), "malformed"),
    refuse(text("left-open", "open on the left", left), "malformed"),
    refuse(text("right-open", "open on the right", right), "malformed"),
    take(text("none-open", "open on neither", { labels: "100", lengths: [0], terminals: [""], hashes: [hash, hash] })),
  ];
}

export function combineFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/radix/${encoding}`,
        theme: "merge-and-extract",
        about: "Proofs merged into one, and smaller ones taken out of larger ones.",
        requirements: [
          "PROOF-RADIX-035",
          "PROOF-RADIX-036",

          "PROOF-GEN-002",
          "PROOF-GEN-013",
          "PROOF-GEN-014",
          "PROOF-RADIX-090",
          "PROOF-RADIX-091",
          "PROOF-RADIX-077",
          "PROOF-RADIX-078",
          "PROOF-RADIX-092",
          "PROOF-RADIX-093",
        ],
      },
      [...mergeDrafts(encoding), ...extractDrafts(encoding)],
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: "proof/radix/convert",
        theme: `from-${encoding}`,
        about: `Honest ${encoding} proofs in the other encoding.`,
        requirements: [
          "PROOF-RADIX-037",
          "PROOF-RADIX-094",
          "PROOF-RADIX-095",
          encoding === "kmm" ? "PROOF-RADIX-065" : "PROOF-RADIX-012",
        ],
      },
      convertDrafts(encoding),
    ),
  ];
}
