/** Proofs from proofs: `merge` and `extract`. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { quantity } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { type EncodingName, prove, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/combine.ts";

/** Proofs of a tree of eight leaves, or of another such tree, by their claims. */
function proofOf(encoding: EncodingName, keys: readonly bigint[], seed = 4): { root: string; proof: Json } {
  return prove(treeScenario("", "", { seed, count: 8, shape: "balanced" }, keys), encoding);
}

interface Merging {
  readonly id: string;
  readonly about: string;
  /** The claims of each proof. */
  readonly of: readonly (readonly bigint[])[];
  readonly flag?: string;
  /** One claim is below another, which helpers cannot express. */
  readonly nested?: true;
}

const MERGES: readonly Merging[] = [
  { id: "apart", about: "two claims in different halves", of: [[8n], [13n]] },
  { id: "siblings", about: "two siblings: neither needs a helper for the other", of: [[8n], [9n]] },
  {
    id: "overlapping",
    about: "two proofs that share a claim",
    of: [
      [8n, 13n],
      [13n, 15n],
    ],
  },
  { id: "three", about: "three proofs", of: [[8n], [10n], [15n]] },
  { id: "one", about: "one proof alone", of: [[8n, 13n]], flag: "merged-claims" },
  { id: "twice-the-same", about: "the same proof twice", of: [[8n], [8n]], flag: "merged-claims" },
  { id: "inside", about: "a proof that the other one contains", of: [[8n, 10n, 13n], [13n]], flag: "merged-claims" },
  {
    id: "inside-first",
    about: "a proof that the other one contains, the smaller one first",
    of: [[13n], [8n, 10n, 13n]],
    flag: "merged-claims",
  },
  { id: "descending", about: "the right half first", of: [[15n], [8n]], flag: "merged-claims" },
  {
    id: "other-levels",
    about: "a leaf in one half and an inner node in the other",
    of: [[9n], [3n]],
    flag: "inner-claims",
  },
  { id: "nested", about: "a leaf and the inner node above it", of: [[8n], [4n]], flag: "nested-keys", nested: true },
  {
    id: "nested-first",
    about: "an inner node and a leaf beneath it",
    of: [[2n], [11n]],
    flag: "nested-keys",
    nested: true,
  },
  {
    id: "nested-not-neighbours",
    about: "an inner node and a leaf of the other half, and a leaf beneath the inner node",
    of: [[2n, 7n], [9n]],
    flag: "nested-keys",
    nested: true,
  },
  {
    id: "nested-on-the-right",
    about: "a leaf on the left, and claims of two proofs nested on the right",
    of: [[8n, 6n], [13n]],
    flag: "nested-keys",
    nested: true,
  },
  { id: "root-and-leaf", about: "the root alone and a leaf", of: [[1n], [8n]], flag: "nested-keys", nested: true },
];

function mergeDrafts(encoding: EncodingName): Draft[] {
  const { root } = proofOf(encoding, [8n]);
  const merge = (
    id: string,
    about: string,
    flag: string | undefined,
    proofs: readonly Json[],
  ): Omit<Draft, "expect" | "kind"> => {
    const params: JsonObject = { backend: "ssz", encoding, root, proofs };
    return { id: `merge-${id}`, about, ...(flag === undefined ? {} : { flags: [flag] }), call: "proof/merge", params };
  };
  const honest = MERGES.map(({ id, about, of, flag, nested }) => {
    const text = merge(
      id,
      about,
      flag,
      of.map((keys) => proofOf(encoding, keys).proof),
    );
    return nested && encoding === "helpers"
      ? rejected({ ...text, kind: "soundness" }, "invalid-argument")
      : accepted({ ...text, kind: "completeness" });
  });
  const [left, right, foreign] = [
    proofOf(encoding, [8n]).proof,
    proofOf(encoding, [13n]).proof,
    proofOf(encoding, [13n], 22).proof,
  ];
  const refuse = (id: string, about: string, proofs: readonly Json[], flag: string, ...classes: string[]): Draft =>
    rejected({ ...merge(id, about, flag, proofs), kind: "soundness" }, ...classes);
  return [
    ...honest,
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
      "foreign-twice",
      "the same proof of another tree twice",
      [foreign, foreign],
      "merge-conflict",
      "invalid-proof",
    ),
    refuse("nothing", "no proof at all", [], "empty-proof", "invalid-argument"),
  ];
}

function extractDrafts(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(honestScenario("eight-leaves-apart"), encoding);
  const namesClaims = encoding === "helpers";
  const extract = (
    id: string,
    about: string,
    keys: readonly bigint[],
    flag?: string,
  ): Omit<Draft, "expect" | "kind"> => {
    const params: JsonObject = { backend: "ssz", encoding, root, proof, keys: keys.map(quantity) };
    return {
      id: `extract-${id}`,
      about,
      ...(flag === undefined ? {} : { flags: [flag] }),
      call: "proof/extract",
      params,
    };
  };
  const accept = (text: Omit<Draft, "expect" | "kind">): Draft => accepted({ ...text, kind: "completeness" });
  const refuse = (text: Omit<Draft, "expect" | "kind">, ...classes: string[]): Draft =>
    rejected({ ...text, kind: "soundness" }, ...classes);
  /** Legal in encodings that do not name claims. */
  const unlessNamed = (text: Omit<Draft, "expect" | "kind">): Draft =>
    namesClaims ? refuse(text, "invalid-argument") : accept(text);
  const foreign = proofOf(encoding, [8n, 13n], 22).proof;
  const forged = {
    ...extract("forged", "a claim out of a proof of another root", [8n], "wrong-root").params,
    proof: foreign,
  };
  return [
    accept(extract("one-of-two", "one claim of two", [8n])),
    accept(extract("the-other", "the other claim", [13n])),
    accept(extract("both", "both claims: the proof as it was", [8n, 13n])),
    accept(extract("repeated", "a key repeated", [13n, 13n], "keys-are-a-set")),
    accept(extract("unsorted", "keys in descending order", [13n, 8n], "keys-are-a-set")),
    accept(extract("helper", "a helper: what is covered counts, not what was claimed", [5n], "unclaimed-node")),
    accept(extract("inner-node", "an inner node: what lies below is closed", [4n], "inner-claims")),
    accept(extract("root", "the root alone", [1n], "inner-claims")),
    unlessNamed(extract("nested", "a claim and the node above it", [4n, 8n], "nested-keys")),
    unlessNamed(
      extract("nested-not-neighbours", "a key of the other half between nested ones", [2n, 7n, 8n], "nested-keys"),
    ),
    unlessNamed(
      extract("nested-on-the-right", "a leaf on the left, nested keys on the right", [8n, 6n, 13n], "nested-keys"),
    ),
    unlessNamed(extract("no-keys", "no key", [], "keys-are-a-set")),
    refuse(extract("below-a-claim", "the child of a claim", [16n], "uncovered-key"), "incomplete"),
    refuse(extract("below-a-helper", "a node that the proof does not open", [8n, 10n], "uncovered-key"), "incomplete"),
    refuse(extract("key-0", "gindex 0", [0n], "bad-gindex"), "invalid-argument"),
    refuse(
      { ...extract("forged", "a claim out of a proof of another root", [8n], "wrong-root"), params: forged },
      "invalid-proof",
    ),
  ];
}

export function combineFiles(encoding: EncodingName): VectorFile[] {
  const about = "Proofs merged into one, and smaller ones taken out of larger ones.";
  const requirements = [
    "PROOF-SSZ-053",
    "PROOF-SSZ-100",
    "PROOF-SSZ-103",
    "PROOF-SSZ-054",
    "PROOF-SSZ-104",
    "PROOF-SSZ-105",
    "PROOF-SSZ-106",
    "PROOF-SSZ-107",
    ...(encoding === "helpers" ? ["PROOF-SSZ-101", "PROOF-SSZ-102"] : []),
    "PROOF-GEN-002",
    "PROOF-GEN-013",
    "PROOF-GEN-014",
  ];
  const cases = [...mergeDrafts(encoding), ...extractDrafts(encoding)];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: `proof/ssz/${encoding}`, theme: "merge-and-extract", about, requirements },
      cases,
    ),
  ];
}
