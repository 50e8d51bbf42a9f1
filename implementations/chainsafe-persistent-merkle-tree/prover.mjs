/** The library as a producer: a tree from entries, and its proofs in our form. */
import * as pmt from "@chainsafe/persistent-merkle-tree";
import { Rejection } from "proofhouse/adapter";

const { compactMulti, multi, single, treeOffset } = pmt.ProofType;

/** The library builds no tree from gindices. This goes by bit strings, as its own functions do, and makes its nodes. */
export function treeOf(entries) {
  const leaves = new Map(entries.map(([gindex, value]) => [pmt.convertGindexToBitstring(gindex), value]));
  const inner = new Set();
  for (const path of leaves.keys()) {
    for (let above = path.slice(0, -1); above !== "" && !inner.has(above); above = above.slice(0, -1)) inner.add(above);
  }
  const build = (path) => {
    if (!inner.has(path) && !leaves.has(path)) throw new Rejection("incomplete", `no entry covers 0b${path}`);
    if (!inner.has(path)) return pmt.LeafNode.fromRoot(leaves.get(path));
    if (leaves.has(path)) throw new Rejection("invalid-argument", `an entry lies beneath 0b${path}`);
    return new pmt.BranchNode(build(`${path}0`), build(`${path}1`));
  };
  return build("1");
}

/** By encoding, a proof of `gindices`. */
export const PROVE = {
  compact: (tree, gindices) => {
    const proof = pmt.createProof(tree, { type: compactMulti, descriptor: pmt.computeDescriptor(gindices) });
    return Uint8Array.from([...proof.descriptor, ...proof.leaves.flatMap((leaf) => [...leaf])]);
  },
  offsets16: (tree, gindices) => pmt.serializeProof(pmt.createProof(tree, { type: treeOffset, gindices })),
  helpers: (tree, gindices) => {
    if (gindices.length === 1) {
      const { gindex, leaf, witnesses } = pmt.createProof(tree, { type: single, gindex: gindices[0] });
      return { gindices: [gindex], leaves: [leaf], helpers: witnesses };
    }
    const proof = pmt.createProof(tree, { type: multi, gindices });
    return { gindices: proof.gindices.toReversed(), leaves: proof.leaves.toReversed(), helpers: proof.witnesses };
  },
};
