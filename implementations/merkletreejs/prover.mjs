/** The library as a producer: a perfect tree from entries, and its multiproofs in our form. */
import { MerkleTree } from "merkletreejs";
import { Rejection } from "proofhouse/adapter";
import { writeSszProof } from "proofhouse/adapter/ssz-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { depthOf, toLeafIndices } from "./leaf-indices.mjs";

export function prove({ entries, keys }, options) {
  const { depth, leaves } = leavesOf(entries);
  const tree = new MerkleTree(leaves, ...options);
  // The library keeps the caller's order; a helpers proof lists its claims from the lowest up.
  const gindices = keys.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const indices = toLeafIndices(gindices, depth);
  const proof = { gindices, leaves: indices.map((index) => tree.getLeaf(index)), helpers: tree.getMultiProof(indices) };
  for (const node of [...proof.leaves, ...proof.helpers]) {
    if (node?.length !== 32) {
      throw new Rejection("internal", `the library's proof holds a node of ${node?.length ?? "no"} bytes`);
    }
  }
  return { root: toHex(tree.getRoot()), proof: writeSszProof(proof) };
}

/** The library's trees are made of a list of leaves: entries that are not all of one level cannot be said to it. */
function leavesOf(entries) {
  const bottoms = new Map(entries.map(([gindex, value]) => [gindex, Buffer.from(value)]));
  const depth = depthOf([...bottoms.keys()]);
  const first = 1n << BigInt(depth);
  if (bottoms.size !== 2 ** depth || [...bottoms.keys()].some((gindex) => gindex < first)) {
    throw new Rejection("unsupported", "the entries are not all the nodes of one level");
  }
  return { depth, leaves: Array.from({ length: bottoms.size }, (_, index) => bottoms.get(first + BigInt(index))) };
}
