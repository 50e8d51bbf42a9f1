/**
 * A stub of @ethereumjs/mpt: every trie has the root in STUB_ROOT, one node without children and the same value at every key.
 * Writes have no effect. The stub has only what the adapter uses, and computes nothing.
 */
const ANY_NODE = Uint8Array.of(0xc0);
const VALUE = new TextEncoder().encode("stub");

export class BranchMPTNode {}
export class ExtensionMPTNode {}

const TRIE = {
  root: () => Buffer.from((process.env.STUB_ROOT ?? "").slice(2), "hex"),
  checkRoot: async () => true,
  get: async () => VALUE,
  put: async () => undefined,
  del: async () => undefined,
  lookupNode: async () => ({ serialize: () => ANY_NODE }),
};

export const createMPT = async (): Promise<object> => TRIE;
export const createMPTFromProof = createMPT;
export const updateMPTFromMerkleProof = async (): Promise<void> => undefined;
export const createMerkleProof = async (): Promise<Uint8Array[]> => [ANY_NODE];
