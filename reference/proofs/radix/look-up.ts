/** Looks up a key in a tree of which some nodes are open. */
import { bitAt } from "../../core/bits.ts";
import { type Bytes32, equalBytes } from "../../core/bytes.ts";
import { commonBits, type Key, uncovered } from "./keys.ts";
import { childOf, isEmptyRoot, leafKey, leafValue, type OpenNode, PREFIX_BIT, type Side, type Tree } from "./node.ts";

/**
 * Walks along a key.
 *
 * A key without a bit at the branching bit of a node is absent: it ends before that bit, or has left the prefix already.
 *
 * Req:    PROOF-RADIX-004, PROOF-RADIX-047, PROOF-RADIX-048, PROOF-RADIX-049.
 * Input:  `onNode` is called with each node of the walk, which are the nodes that decide the key.
 * Output: the value of the key, `null` when the key is absent, `undefined` when the tree does not decide it.
 * Cost:   O(bits of the key) steps, no hash.
 */
export function decide(tree: Tree, key: Key, onNode?: (node: OpenNode) => void): Bytes32 | null | undefined {
  if (isEmptyRoot(tree.root)) return null;
  let node = tree.top;
  let start = 0;
  while (node !== undefined) {
    onNode?.(node);
    if (node.isLeaf) return equalBytes(leafKey(node), key) ? leafValue(node) : null;
    const { preimage, prefixLength } = node;
    const branch = start + prefixLength;
    if (branch >= 8 * key.length) return null;
    if (commonBits(key, start, preimage, PREFIX_BIT, prefixLength) < prefixLength) return null;
    node = childOf(node, bitAt(key, branch) as Side);
    start = branch + 1;
  }
  return undefined;
}

/** Returns the value of a key, `null` when it is absent. Req: PROOF-RADIX-005. Errors: incomplete. */
export function lookUp(tree: Tree, key: Key): Bytes32 | null {
  const value = decide(tree, key);
  if (value === undefined) throw uncovered(key);
  return value;
}
