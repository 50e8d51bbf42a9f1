/**
 * A stub of @chainsafe/persistent-merkle-tree: it accepts every proof under the root in STUB_ROOT, finds the same node at every
 * index, and returns the same proof for every tree. The stub has only what the adapter uses, and computes nothing.
 */
const ANY_NODE = { root: new Uint8Array(32).fill(0x5a) };
const ACCEPTED = { root: Uint8Array.from(Buffer.from((process.env.STUB_ROOT ?? "0x").slice(2), "hex")) };

export const ProofType = { single: "single", treeOffset: "treeOffset", multi: "multi", compactMulti: "compactMulti" };

export const deserializeProof = () => ({});
export const createNodeFromProof = () => ACCEPTED;
export const getNode = () => ANY_NODE;

export class BranchNode {
  readonly root = ANY_NODE.root;
}

export const LeafNode = { fromRoot: () => ANY_NODE };
export const convertGindexToBitstring = (gindex: bigint) => gindex.toString(2);
export const computeDescriptor = () => new Uint8Array(1);
export const serializeProof = () => new Uint8Array(1);
export const createProof = () => ({
  gindex: 1n,
  gindices: [1n],
  leaf: ANY_NODE.root,
  leaves: [ANY_NODE.root],
  witnesses: [],
  descriptor: new Uint8Array(1),
});
