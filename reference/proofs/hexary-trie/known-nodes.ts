/** Nodes by their Keccak-256. */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import type { HashNode } from "./draft.ts";
import { EMPTY_ROOT, type KnownNodes, type OpenTrie, openTrie } from "./open-trie.ts";

/**
 * Opens the trie of `root` as far as the nodes of a proof reach.
 *
 * Req:    PROOF-PATRICIA-004, PROOF-PATRICIA-047, PROOF-PATRICIA-048.
 * Input:  `nodes` are different; `top` is the node that `root` was computed from, if any, and is not hashed again; `known`
 *         receives the nodes.
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

/** The nodes that are open in any of `tries`. Req: PROOF-PATRICIA-093. */
export function knownIn(tries: readonly Pick<OpenTrie, "items">[]): KnownNodes {
  const known: KnownNodes = new HashMap();
  for (const { items } of tries) for (const { hash, rlp } of items) known.add(hash as Bytes32, rlp);
  return known;
}

/** Returns a function that hashes a node and adds it to `known`. */
export function hashInto(known: KnownNodes, hasher: NodeHasher): HashNode {
  return (rlp) => {
    const hash = hasher.keccak256(rlp);
    known.add(hash, rlp);
    return hash;
  };
}
