/** Reads through an honest proof: keys that are covered, in any order, and keys that are not. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { quantity, randomNode, rootOf } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { confirmersOf, NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { type EncodingName, encodePruned, prove, type Scenario, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/reads.ts";

interface Read {
  readonly id: string;
  readonly about: string;
  readonly of: Scenario;
  readonly keys: readonly string[];
}

function get(encoding: EncodingName, flags: readonly string[], { id, about, of, keys }: Read): Omit<Draft, "expect"> {
  const { root, proof } = prove(of, encoding);
  return {
    id,
    about,
    kind: "completeness",
    flags,
    call: "proof/get",
    params: { backend: "ssz", encoding, root, proof, keys },
  };
}

const all = honestScenario("four-leaves-all");
const apart = honestScenario("eight-leaves-apart");
const levels = honestScenario("eight-leaves-levels");
const uneven = honestScenario("uneven-20");
const deepest = honestScenario("right-comb-deepest");

const ORDERS: readonly Read[] = [
  {
    id: "reversed",
    about: "values come in the order asked, not in the proof's",
    of: all,
    keys: ["0x7", "0x6", "0x5", "0x4"],
  },
  { id: "shuffled", about: "values come in the order asked", of: all, keys: ["0x6", "0x4", "0x7", "0x5"] },
  { id: "repeated", about: "a key that is asked twice is answered twice", of: all, keys: ["0x5", "0x5"] },
  {
    id: "repeated-apart",
    about: "a key that is asked again later is answered again",
    of: all,
    keys: ["0x5", "0x4", "0x5", "0x6", "0x4"],
  },
  { id: "some-of-the-claims", about: "not every claim has to be read", of: all, keys: ["0x6"] },
  { id: "no-keys", about: "asking for nothing is legal and answers nothing", of: apart, keys: [] },
  {
    id: "levels-reversed",
    about: "claims on two levels, the deeper one asked first",
    of: levels,
    keys: ["0x9", "0x3"],
  },
  {
    id: "uneven-reversed",
    about: "claims at uneven depths, last one first",
    of: uneven,
    keys: [...uneven.keys].reverse(),
  },
];

const UNCLAIMED: readonly Read[] = [
  { id: "root", about: "the root is a node like any other", of: apart, keys: ["0x1"] },
  {
    id: "root-alone",
    about: "the root of a proof that opens nothing",
    of: honestScenario("root-alone"),
    keys: ["0x1", "0x1"],
  },
  { id: "inner-node", about: "an inner node is its children's hash", of: apart, keys: ["0x4", "0x6"] },
  { id: "inner-top", about: "both children of the root, computed", of: apart, keys: ["0x2", "0x3"] },
  {
    id: "helper",
    about: "a helper is authenticated as well as a claim",
    of: apart,
    keys: ["0x9", "0xc", "0x5", "0x7"],
  },
  {
    id: "every-node",
    about: "every node of the pruned tree in one request",
    of: apart,
    keys: ["0x1", "0x2", "0x3", "0x4", "0x5", "0x6", "0x7", "0x8", "0x9", "0xc", "0xd"],
  },
  { id: "claim-and-its-parent", about: "a claim and the node above it", of: apart, keys: ["0xd", "0x6", "0xd"] },
  {
    id: "comb-ancestors",
    about: "every ancestor of the deepest node of a comb",
    of: deepest,
    keys: ["0x1f", "0xf", "0x7", "0x3", "0x1"],
  },
  { id: "comb-helpers", about: "every helper of a comb", of: deepest, keys: ["0x2", "0x6", "0xe", "0x1e", "0x3e"] },
];

const power = (k: number): bigint => 2n ** BigInt(k);

/** Keys below a bottom node. The proof is authentic, so the class is `incomplete`. */
const UNCOVERED: readonly Read[] = [
  { id: "left-child-of-a-claim", about: "the left child of a claimed leaf", of: apart, keys: ["0x10"] },
  { id: "right-child-of-a-claim", about: "the right child of a claimed leaf", of: apart, keys: ["0x11"] },
  { id: "child-of-a-helper", about: "a leaf that the proof does not open", of: apart, keys: ["0xa"] },
  { id: "far-below-a-helper", about: "ten levels below a helper", of: apart, keys: [quantity(5n * power(10))] },
  {
    id: "below-the-root-alone",
    about: "anything in a proof that opens nothing",
    of: honestScenario("root-alone"),
    keys: ["0x2"],
  },
  {
    id: "after-a-covered-key",
    about: "a covered key does not help an uncovered one",
    of: apart,
    keys: ["0x8", "0x10"],
  },
  { id: "before-a-covered-key", about: "an uncovered key is not passed over", of: apart, keys: ["0xa", "0x8"] },
  {
    id: "neighbour-of-a-claim-below",
    about: "the leaf beside a claimed inner node's subtree",
    of: honestScenario("eight-leaves-inner"),
    keys: ["0xc"],
  },
  {
    id: "one-level-alias",
    about: "claim 8 plus 2^3: another node once the depth is part of the key",
    of: apart,
    keys: ["0x18"],
  },
  { id: "alias-4-bits", about: "claim 13 shifted by its own length", of: apart, keys: ["0xd8"] },
  {
    id: "alias-32-bits",
    about: "8 modulo 2^32, but a node 32 levels down",
    of: apart,
    keys: [quantity(power(32) + 8n)],
  },
  {
    id: "alias-53-bits",
    about: "8 modulo 2^53, but a node 53 levels down",
    of: apart,
    keys: [quantity(power(53) + 8n)],
  },
  {
    id: "alias-64-bits",
    about: "8 modulo 2^64, but a node 64 levels down",
    of: apart,
    keys: [quantity(power(64) + 8n)],
  },
  {
    id: "alias-128-bits",
    about: "8 modulo 2^128, but a node 128 levels down",
    of: apart,
    keys: [quantity(power(128) + 8n)],
  },
  {
    id: "alias-256-bits",
    about: "8 modulo 2^256, but a node 256 levels down",
    of: apart,
    keys: [quantity(power(256) + 8n)],
  },
  {
    id: "largest-gindex",
    about: "the largest generalized index there is, 2^1024 − 1",
    of: apart,
    keys: [quantity(power(1024) - 1n)],
  },
];

/** A leaf that happens to be the hash of two nodes may be opened: only the type knows that it is a leaf. */
function openedLeaf(encoding: EncodingName): Draft[] {
  const [left, right, sibling] = [randomNode(21), randomNode(21, 1), randomNode(21, 2)];
  const pruned = { shape: "00111", bottoms: [left, right, sibling] };
  const proof = encodePruned(pruned, encoding, ["0x4", "0x5"]);
  const base = { backend: "ssz", encoding, root: rootOf(pruned), proof };
  const flags = ["leaf-opened-further"];
  return [
    accepted({
      id: "opened-leaf-children",
      about: "a leaf that is the hash of two nodes, opened: its children read",
      kind: "soundness",
      flags,
      call: "proof/get",
      params: { ...base, keys: ["0x4", "0x5"] },
    }),
    accepted({
      id: "opened-leaf-itself",
      about: "the same leaf read in a proof that opens it",
      kind: "soundness",
      flags,
      call: "proof/get",
      params: { ...base, keys: ["0x2"] },
    }),
  ];
}

/** A larger proof returns the same values as the smaller one. */
function moreOpened(encoding: EncodingName): Draft[] {
  const larger = treeScenario("larger", "", { seed: 4, count: 8, shape: "balanced" }, [8n, 10n, 11n, 13n, 14n, 15n]);
  const { root, proof } = prove(larger, encoding);
  return [
    accepted({
      id: "larger-proof",
      about: "the claims of eight-leaves-apart through a proof that opens more",
      kind: "completeness",
      flags: ["read-order"],
      call: "proof/get",
      params: { backend: "ssz", encoding, root, proof, keys: apart.keys },
    }),
  ];
}

/** A forged proof is rejected as such, even for an uncovered key or for no key at all. */
function forgedReads(encoding: EncodingName): Draft[] {
  const { root, proof } = prove(apart, encoding);
  const other = prove({ ...apart, entries: { tree: { seed: 22, count: 8, shape: "balanced" } } }, encoding);
  const read = (id: string, about: string, against: string, of: Json, keys: readonly string[]): Draft =>
    rejected(
      {
        id,
        about,
        kind: "soundness",
        flags: ["error-precedence"],
        call: "proof/get",
        params: { backend: "ssz", encoding, root: against, proof: of, keys },
      },
      "invalid-proof",
    );
  return [
    read("forged-and-uncovered", "a proof of another root, asked for a key below its bottoms", root, other.proof, [
      "0x10",
    ]),
    read("forged-uncovered-first", "a proof of another root, the uncovered key first", other.root, proof, [
      "0xa",
      "0x8",
    ]),
    read("forged-without-keys", "a proof of another root, asked for nothing", root, other.proof, []),
    read("forged-without-keys-back", "the other way round", other.root, proof, []),
  ];
}

export function readFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/ssz/${encoding}`;
  const file = (
    theme: string,
    about: string,
    requirements: string[],
    cases: Draft[],
    confirmers = confirmersOf(encoding),
  ): VectorFile => vectorFile(SOURCE, confirmers, { suite, theme, about, requirements }, cases);
  return [
    file(
      "read-order",
      "The claims of honest proofs in every order, repeated and left out.",
      ["PROOF-GEN-003", "PROOF-GEN-015"],
      [...ORDERS.map((read) => accepted(get(encoding, ["read-order"], read))), ...moreOpened(encoding)],
    ),
    file(
      "unclaimed-keys",
      "Helpers and computed inner nodes are authenticated too, and can be read.",
      ["PROOF-SSZ-002"],
      [...UNCLAIMED.map((read) => accepted(get(encoding, ["unclaimed-node"], read))), ...openedLeaf(encoding)],
    ),
    file(
      "uncovered-keys",
      "A key below a bottom of a genuine proof: incomplete, never a value and never invalid.",
      ["PROOF-SSZ-003", "PROOF-GEN-004"],
      [
        ...UNCOVERED.map((read) =>
          rejected({ ...get(encoding, ["uncovered-key"], read), kind: "soundness" }, "incomplete"),
        ),
        ...forgedReads(encoding),
      ],
      [NAIVE],
    ),
  ];
}
