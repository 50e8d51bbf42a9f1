/** Proofs merged into one, smaller proofs extracted from larger ones, and proofs in another encoding. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { HONEST, honestScenario } from "./honest.ts";
import { baseOf, ENCODINGS, type EncodingName, keyAt, NAIVE, optionsOf, prove } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/combine.ts";

/** Leaves 0, 3 and 6 of eight; 1, 2 and 7 are absent leaves, 4 and 5 an empty pair. */
const TREE = honestScenario("three-levels-mixed");
const indices = (list: readonly number[]): string[] => list.map((index) => keyAt(index, TREE.depth));

function proofOf(
  encoding: EncodingName,
  list: readonly number[],
  entries: Json = TREE.entries,
): { root: string; proof: string } {
  return prove({ ...TREE, entries, keys: indices(list) }, encoding);
}

interface Merge {
  readonly id: string;
  readonly about: string;
  /** The keys of each proof. */
  readonly of: readonly (readonly number[])[];
  readonly flag?: string;
}

const MERGES: readonly Merge[] = [
  { id: "disjoint", about: "one leaf each, in different halves", of: [[0], [6]] },
  {
    id: "overlapping",
    about: "two proofs that share a leaf",
    of: [
      [0, 3],
      [3, 6],
    ],
  },
  {
    id: "same-twice",
    about: "the same proof twice",
    of: [
      [0, 4],
      [0, 4],
    ],
  },
  { id: "one", about: "a single proof: as it was", of: [[3]] },
  { id: "three", about: "three proofs", of: [[0], [3], [6]] },
  { id: "present-and-absent", about: "a present leaf, and an empty pair beside it", of: [[6], [4]] },
  { id: "contained", about: "one proof decides all that the other one does", of: [[0, 3, 6], [3]] },
  { id: "reversed", about: "the later half first", of: [[6], [0]], flag: "merge-order" },
  { id: "root-alone", about: "the root alone and a leaf", of: [[], [3]], flag: "merge-nested" },
  { id: "roots-alone", about: "the root alone, twice", of: [[], []], flag: "merge-nested" },
  {
    id: "opened-below",
    about: "a proof that opens what the other one holds as one node",
    of: [[0], [3]],
    flag: "merge-nested",
  },
  { id: "opened-below-first", about: "the same, the one that opens it first", of: [[3], [0]], flag: "merge-nested" },
];

function mergeDrafts(encoding: EncodingName): Draft[] {
  const { root } = proofOf(encoding, []);
  const merge = (
    id: string,
    about: string,
    flag: string | undefined,
    proofs: readonly Json[],
  ): Omit<Draft, "expect" | "kind"> => ({
    id: `merge-${id}`,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/merge",
    params: { ...baseOf(encoding, TREE.depth), root, proofs },
  });
  const other = [
    [keyAt(0, 3), randomNode(270)],
    [keyAt(6, 3), randomNode(271)],
  ];
  const [left, right, foreign] = [
    proofOf(encoding, [0]).proof,
    proofOf(encoding, [6]).proof,
    proofOf(encoding, [6], other).proof,
  ];
  const refuse = (id: string, about: string, proofs: readonly Json[], flag: string, ...classes: string[]): Draft =>
    rejected({ ...merge(id, about, flag, proofs), kind: "soundness" }, ...classes);
  return [
    ...MERGES.map(({ id, about, of, flag }) =>
      accepted({
        ...merge(
          id,
          about,
          flag,
          of.map((list) => proofOf(encoding, list).proof),
        ),
        kind: "completeness",
      }),
    ),
    refuse("foreign-second", "the second proof is of another tree", [left, foreign], "merge-conflict", "invalid-proof"),
    refuse("foreign-first", "the first proof is of another tree", [foreign, left], "merge-conflict", "invalid-proof"),
    refuse(
      "foreign-third",
      "the third proof is of another tree",
      [left, right, foreign],
      "merge-conflict",
      "invalid-proof",
    ),
    refuse("foreign-alone", "one proof, of another tree", [foreign], "merge-conflict", "invalid-proof"),
    refuse(
      "empty-tree-second",
      "the second proof is that of the empty tree",
      [left, proofOf(encoding, [4], []).proof],
      "merge-conflict",
      "invalid-proof",
    ),
    refuse("nothing", "no proof at all", [], "empty-proof", "invalid-argument"),
    refuse("one-malformed", "the second proof has no byte", [left, "0x"], "truncated", "malformed"),
  ];
}

function extractDrafts(encoding: EncodingName): Draft[] {
  const { root, proof } = proofOf(encoding, [0, 4, 6]);
  const extract = (
    id: string,
    about: string,
    keys: readonly number[],
    flag?: string,
    deletes?: readonly number[],
  ): Omit<Draft, "expect" | "kind"> => ({
    id: `extract-${id}`,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/extract",
    params: {
      ...baseOf(encoding, TREE.depth),
      root,
      proof,
      keys: indices(keys),
      ...(deletes === undefined ? {} : { deletes: indices(deletes) }),
    },
  });
  const take = (text: Omit<Draft, "expect" | "kind">): Draft => accepted({ ...text, kind: "completeness" });
  const refuse = (text: Omit<Draft, "expect" | "kind">, ...classes: string[]): Draft =>
    rejected({ ...text, kind: "soundness" }, ...classes);
  return [
    take(extract("present", "one present leaf of a proof of three keys", [0])),
    take(extract("absent", "the empty pair of a proof of three keys", [4])),
    take(extract("all", "all that the proof was made for: as it was", [0, 4, 6])),
    take(extract("absent-leaf", "an absent leaf beside a present one", [7], "unclaimed-node")),
    take(extract("other-of-the-pair", "another key of the empty pair", [5], "unclaimed-node")),
    take(extract("repeated", "a key repeated", [6, 6], "keys-are-a-set")),
    take(extract("descending", "keys in descending order", [6, 4, 0], "keys-are-a-set")),
    take(extract("no-keys", "no key: the root alone", [], "keys-are-a-set")),
    take(extract("deletes", "a key that will be deleted", [], "deletes", [6])),
    take(extract("keys-and-deletes", "a key asked for, and another one that will be deleted", [0], "deletes", [6])),
    refuse(extract("uncovered", "a key under a node that the proof does not open", [2], "uncovered-key"), "incomplete"),
    refuse(
      extract("uncovered-after-covered", "a key that is covered and one that is not", [0, 2], "uncovered-key"),
      "incomplete",
    ),
    refuse(
      extract("uncovered-delete", "a key to be deleted that is not covered", [0], "uncovered-key", [2]),
      "incomplete",
    ),
  ];
}

/** Honest proofs in every other encoding, and requests that a conversion rejects. */
function convertDrafts(from: EncodingName): Draft[] {
  const honest = HONEST.filter(({ id }) => !id.includes("hundred"));
  const others = ENCODINGS.filter((to) => to !== from);
  const convert = (
    id: string,
    about: string,
    of: (typeof HONEST)[number],
    to: EncodingName,
    more: Draft["params"] = {},
  ): Omit<Draft, "expect" | "kind"> => ({
    id,
    about,
    call: "proof/convert",
    params: { backend: "sparse", from, to, ...optionsOf(of.depth), ...prove(of, from), ...more },
  });
  return [
    ...honest.flatMap((of) =>
      others.map((to) =>
        accepted({ ...convert(`${of.id}-to-${to}`, `${from} to ${to}: ${of.about}`, of, to), kind: "completeness" }),
      ),
    ),
    accepted({
      ...convert("to-itself", `${from} to ${from}`, TREE, from),
      kind: "completeness",
      flags: ["same-encoding"],
    }),
    ...others.flatMap((to) => [
      rejected(
        {
          ...convert(`keys-to-${to}`, "keys, which no encoding of sparse names", TREE, to, { keys: indices([0]) }),
          kind: "soundness",
          flags: ["bad-request-form"],
        },
        "invalid-argument",
      ),
      rejected(
        {
          ...convert(`empty-keys-to-${to}`, "an empty list of keys", TREE, to, { keys: [] }),
          kind: "soundness",
          flags: ["bad-request-form"],
        },
        "invalid-argument",
      ),
      rejected(
        {
          ...convert(`depth-0-to-${to}`, "a depth of 0", TREE, to, { options: { depth: 0 } }),
          kind: "soundness",
          flags: ["bad-depth"],
        },
        "invalid-argument",
      ),
    ]),
  ];
}

export function combineFiles(encoding: EncodingName): VectorFile[] {
  const about = "Proofs merged into one, and smaller ones taken out of larger ones.";
  const requirements = [
    "PROOF-SPARSE-009",
    "PROOF-SPARSE-049",
    "PROOF-SPARSE-050",
    "PROOF-SPARSE-010",
    "PROOF-SPARSE-051",
    "PROOF-SPARSE-052",
    "PROOF-SPARSE-031",
    "PROOF-GEN-002",
    "PROOF-GEN-013",
    "PROOF-GEN-014",
  ];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: `proof/sparse/${encoding}`, theme: "merge-and-extract", about, requirements },
      [...mergeDrafts(encoding), ...extractDrafts(encoding)],
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: "proof/sparse/convert",
        theme: `from-${encoding}`,
        about: `Honest ${encoding} proofs in every other encoding.`,
        requirements: ["PROOF-SPARSE-006", "PROOF-SPARSE-037", "PROOF-SPARSE-038"],
      },
      convertDrafts(encoding),
    ),
  ];
}
