/**
 * The same facts through both binary backends and every encoding. A sparse tree is a full binary tree, so that a proof for a key
 * is a proof for the same node by its generalized index. An absent key is the root of an empty subtree.
 *
 * Roots and values are computed here, by hashing the tree level by level, and come from neither backend.
 */

import type { Kind, VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { compactHex, hashPair, type Pruned, quantity, randomNode } from "../../kit/binary/pruned.ts";
import { ask, type Draft, stated, vectorFile } from "../../kit/draft.ts";
import { keyAt, ENCODINGS as SPARSE_ENCODINGS, ZERO, zeroNode } from "../sparse/trees.ts";
import { ENCODINGS as SSZ_ENCODINGS } from "../ssz/trees.ts";

const SOURCE = "authoring/cases/proof/agreement/same-facts.ts";
const CONFIRMED_BY = ["test/confirm/sparse/sparse.ts", "test/confirm/ssz/ssz.ts"];

/** A tree of `depth` levels with leaves at `present`, and the requested leaves. */
interface Fact {
  readonly id: string;
  readonly about: string;
  readonly depth: number;
  readonly present: readonly number[];
  readonly asked: readonly number[];
}

const FACTS: readonly Fact[] = [
  { id: "present", about: "a leaf that is there", depth: 3, present: [0, 3, 6], asked: [3] },
  {
    id: "absent-leaf",
    about: "a leaf that is not there, beside one that is",
    depth: 3,
    present: [0, 3, 6],
    asked: [2],
  },
  { id: "absent-pair", about: "a leaf that is not there, in an empty pair", depth: 3, present: [0, 3, 6], asked: [4] },
  {
    id: "mixed",
    about: "two leaves that are there",
    depth: 4,
    present: [1, 2, 7],
    asked: [1, 7],
  },
  { id: "absent-half", about: "a leaf that is not there, in an empty half", depth: 4, present: [1, 2, 7], asked: [12] },
  { id: "all", about: "every leaf of a full tree", depth: 2, present: [0, 1, 2, 3], asked: [0, 1, 2, 3] },
  {
    id: "two-far-apart",
    about: "two leaves of a tree of ten levels",
    depth: 10,
    present: [5, 700, 701, 1023],
    asked: [5, 1023],
  },
];

const valueAt = (index: number): string => randomNode(290, index);

/** Every node of the tree, level by level from the leaves up: `nodes[height][rank]`. */
function nodesOf({ depth, present }: Fact, changed: ReadonlyMap<number, string> = new Map()): string[][] {
  const leaves = Array.from({ length: 2 ** depth }, (_, index) => {
    return changed.get(index) ?? (present.includes(index) ? valueAt(index) : ZERO);
  });
  const nodes = [leaves];
  while (nodes.length <= depth) {
    const below = nodes[nodes.length - 1];
    nodes.push(below.flatMap((node, rank) => (rank % 2 === 0 ? [hashPair(node, below[rank + 1])] : [])));
  }
  return nodes;
}

/** The node that decides a leaf, and its generalized index. */
interface Known {
  readonly gindex: bigint;
  readonly node: string;
}

/** The leaf itself, or the highest empty subtree above it. */
function knownOf({ depth }: Fact, nodes: readonly (readonly string[])[], index: number): Known {
  let height = 0;
  while (height < depth && nodes[height + 1][index >> (height + 1)] === zeroNode(height + 1)) height += 1;
  return { gindex: 2n ** BigInt(depth - height) + BigInt(index >> height), node: nodes[height][index >> height] };
}

const isAbove = (node: bigint, below: bigint): boolean => {
  const distance = below.toString(2).length - node.toString(2).length;
  return distance > 0 && below >> BigInt(distance) === node;
};

/** The tree, opened exactly down to `gindices`. */
function prunedTo(
  { depth }: Fact,
  nodes: readonly (readonly string[])[],
  gindices: readonly bigint[],
): Pruned & { at: bigint[] } {
  let shape = "";
  const bottoms: string[] = [];
  const at: bigint[] = [];
  const pending = [1n];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const here = node;
    if (gindices.some((gindex) => isAbove(here, gindex))) {
      shape += "0";
      pending.push(2n * here + 1n, 2n * here);
      continue;
    }
    const level = here.toString(2).length - 1;
    shape += "1";
    bottoms.push(nodes[depth - level][Number(here - 2n ** BigInt(level))]);
    at.push(here);
  }
  return { shape, bottoms, at };
}

/** The entries of the whole tree for the ssz backend: present leaves, and the highest empty subtrees. */
function wholeTree(fact: Fact, nodes: readonly (readonly string[])[]): Json {
  const leaves = fact.present.map((index) => 2n ** BigInt(fact.depth) + BigInt(index));
  const { bottoms, at } = prunedTo(fact, nodes, leaves);
  return at.map((gindex, rank) => [quantity(gindex), bottoms[rank]]);
}

/** The pruned tree in an encoding, written by the ssz backend. Both backends have to return these bytes. */
function encode(pruned: Pruned, root: string, encoding: string, keys: readonly string[]): Json {
  const proof = compactHex(pruned);
  if (encoding === "compact") return proof;
  const claims = encoding === "helpers" ? { keys } : {};
  return ask("proof/convert", { backend: "ssz", from: "compact", to: encoding, root, proof, ...claims }).proof;
}

function casesOf(fact: Fact): Draft[] {
  const nodes = nodesOf(fact);
  const root = nodes[fact.depth][0];
  const known = fact.asked.map((index) => knownOf(fact, nodes, index));
  const pruned = prunedTo(
    fact,
    nodes,
    known.map(({ gindex }) => gindex),
  );
  const options: JsonObject = { depth: fact.depth };
  const gindices = known.map(({ gindex }) => quantity(gindex));
  const sparse = {
    base: { backend: "sparse" },
    options: { options },
    entries: fact.present.map((index) => [keyAt(index, fact.depth), valueAt(index)]) as Json,
    keys: fact.asked.map((index) => keyAt(index, fact.depth)),
    values: known.map(({ node, gindex }) =>
      node === zeroNode(fact.depth - gindex.toString(2).length + 1) ? null : node,
    ),
  };
  const ssz = {
    base: { backend: "ssz" },
    options: {},
    entries: wholeTree(fact, nodes),
    keys: gindices,
    values: known.map(({ node }) => node),
  };
  const written = fact.asked.find((index) => fact.present.includes(index));
  return [
    ...SPARSE_ENCODINGS.map((encoding) => ({ view: sparse, encoding })),
    ...SSZ_ENCODINGS.map((encoding) => ({ view: ssz, encoding })),
  ].flatMap(({ view, encoding }) => {
    const { base, entries, keys, values } = view;
    const backend = base.backend;
    const proof = encode(pruned, root, encoding, gindices);
    const request = { ...base, encoding, ...view.options };
    const kind: Kind = "agreement";
    const text = (call: string): Pick<Draft, "id" | "about" | "kind" | "call"> => ({
      id: `${fact.id}-${backend}-${encoding}-${call}`,
      about: `${fact.about}: ${call} through ${backend}, ${encoding}`,
      kind,
      call: `proof/${call}`,
    });
    return [
      stated({ ...text("prove"), params: { ...request, entries, keys } }, { root, proof }),
      stated({ ...text("root"), params: { ...request, proof } }, { root }),
      stated({ ...text("get"), params: { ...request, root, proof, keys } }, { values }),
      ...(encoding === "compact"
        ? []
        : [
            stated(
              {
                ...text("convert"),
                params: { ...base, from: encoding, to: "compact", ...view.options, root, proof },
              },
              { proof: compactHex(pruned) },
            ),
          ]),
      ...(written === undefined
        ? []
        : [updateCase(fact, written, text("update"), { ...request, root, proof }, encoding)]),
    ];
  });
}

/** A write of one present leaf: the new root, and the proof with the new leaf. */
function updateCase(
  fact: Fact,
  index: number,
  text: Pick<Draft, "id" | "about" | "kind" | "call">,
  request: JsonObject,
  encoding: string,
): Draft {
  const value = randomNode(291, index);
  const before = nodesOf(fact);
  const after = nodesOf(fact, new Map([[index, value]]));
  const gindices = fact.asked.map((asked) => knownOf(fact, before, asked).gindex);
  const root = after[fact.depth][0];
  const proof = encode(prunedTo(fact, after, gindices), root, encoding, gindices.map(quantity));
  const key =
    request.backend === "sparse" ? keyAt(index, fact.depth) : quantity(2n ** BigInt(fact.depth) + BigInt(index));
  return stated({ ...text, params: { ...request, writes: [[key, value]] } }, { root, proof });
}

export function agreementFiles(): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      CONFIRMED_BY,
      {
        suite: "proof/agreement",
        theme: "same-facts",
        about: "The same facts of the same trees through both binary backends and every encoding.",
        requirements: ["PROOF-GEN-010", "PROOF-GEN-020", "PROOF-GEN-021"],
      },
      FACTS.flatMap(casesOf),
    ),
  ];
}
