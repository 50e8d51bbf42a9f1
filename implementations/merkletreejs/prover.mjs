/** The library as a producer: builds a perfect tree from entries, and multiproofs in the interface's format. */
import { MerkleTree } from "merkletreejs";
import { Rejection } from "proofhouse/adapter";
import { writeSszProof } from "proofhouse/adapter/ssz-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { depthOf, toLeafIndices } from "./leaf-indices.mjs";

export function prove({ entries, keys }, options) {
  const { depth, leaves } = leavesOf(entries);
  const tree = new MerkleTree(leaves, ...options);
  // The library keeps the caller's order, but a helpers proof lists its claims in ascending order.
  const gindices = keys.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const indices = toLeafIndices(gindices, depth);
  const proof = { gindices, leaves: indices.map((index) => tree.getLeaf(index)), helpers: tree.getMultiProof(indices) };
  for (const node of [...proof.leaves, ...proof.helpers]) {
    if (node?.length !== 32) {
      throw new Rejection("internal", `the library's proof has a node of ${node?.length ?? "no"} bytes, expected 32`);
    }
  }
  return { root: toHex(tree.getRoot()), proof: writeSszProof(proof) };
}

/** The library builds a tree from a list of leaves, so that all entries must be on one level. */
function leavesOf(entries) {
  const nodes = new Map(entries.map(([gindex, value]) => [gindex, Buffer.from(value)]));
  const depth = depthOf([...nodes.keys()]);
  const first = 1n << BigInt(depth);
  if (nodes.size !== 2 ** depth || [...nodes.keys()].some((gindex) => gindex < first)) {
    throw new Rejection("unsupported", "the entries are not all the nodes of one level");
  }
  return { depth, leaves: Array.from({ length: nodes.size }, (_, index) => nodes.get(first + BigInt(index))) };
}
