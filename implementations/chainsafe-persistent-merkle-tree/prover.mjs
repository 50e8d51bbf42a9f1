/** The library as a producer: builds a tree from entries, and proofs in the interface's format. */
import * as pmt from "@chainsafe/persistent-merkle-tree";
import { Rejection } from "proofhouse/adapter";

const { compactMulti, multi, single, treeOffset } = pmt.ProofType;

/** Builds a tree of the library's nodes, because the library cannot build one from gindices. Uses bit strings as it does. */
export function treeOf(entries) {
  const leaves = new Map(entries.map(([gindex, value]) => [pmt.convertGindexToBitstring(gindex), value]));
  const inner = new Set();
  for (const path of leaves.keys()) {
    for (let above = path.slice(0, -1); above !== "" && !inner.has(above); above = above.slice(0, -1)) inner.add(above);
  }
  const build = (path) => {
    if (!inner.has(path) && !leaves.has(path)) throw new Rejection("incomplete", `no entry covers 0b${path}`);
    if (!inner.has(path)) return pmt.LeafNode.fromRoot(leaves.get(path));
    if (leaves.has(path)) throw new Rejection("invalid-argument", `an entry is below the entry at 0b${path}`);
    return new pmt.BranchNode(build(`${path}0`), build(`${path}1`));
  };
  return build("1");
}

/** For each encoding, a function that proves `gindices`. */
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
