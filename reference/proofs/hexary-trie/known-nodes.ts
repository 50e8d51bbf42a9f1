/** Nodes that are known by their RLP, and found by its hash. */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import type { HashNode } from "./draft.ts";
import { EMPTY_ROOT, type KnownNodes, type OpenTrie, openTrie } from "./open-trie.ts";

/**
 * Opens the trie of `root` as far as the nodes of a proof go.
 *
 * Req:    PROOF-PATRICIA-004.
 * Input:  `nodes` are different; `top` is the node that `root` has been computed from, if it has: it is not hashed again;
 *         `known` receives the nodes.
 * Errors: invalid-proof when there are nodes and none is the root node; those of `openTrie`.
 * Cost:   one hash for each node.
 */
export function verifyNodes(
  nodes: readonly Uint8Array[],
  root: Bytes32,
  hasher: NodeHasher,
  top?: Uint8Array,
  known: KnownNodes = new HashMap(),
): OpenTrie {
  for (const rlp of nodes) {
    known.add(top !== undefined && equalBytes(rlp, top) ? root : hasher.keccak256(rlp), rlp);
  }
  if (nodes.length > 0 && known.get(root) === undefined && !equalBytes(root, EMPTY_ROOT)) {
    throw new ProofError("invalid-proof", `no node of the proof hashes to the root ${toHex(root)}`, {
      root: toHex(root),
    });
  }
  return openTrie(root, known);
}

/** What is open in any of `tries`. */
export function knownIn(tries: readonly Pick<OpenTrie, "items">[]): KnownNodes {
  const known: KnownNodes = new HashMap();
  for (const { items } of tries) for (const { hash, rlp } of items) known.add(hash as Bytes32, rlp);
  return known;
}

/** Hashes nodes, and keeps them in `known`. */
export function hashInto(known: KnownNodes, hasher: NodeHasher): HashNode {
  return (rlp) => {
    const hash = hasher.keccak256(rlp);
    known.add(hash, rlp);
    return hash;
  };
}
