/**
 * What a tree says of a key.
 *
 * Req: PROOF-RADIX-004, PROOF-RADIX-005.
 */
import { bitAt } from "../../core/bits.ts";
import { type Bytes32, equalBytes } from "../../core/bytes.ts";
import { commonBits, type Key, uncovered } from "./keys.ts";
import { childOf, isEmptyRoot, leafKey, leafValue, type OpenNode, PREFIX_BIT, type Side, type Tree } from "./node.ts";

/**
 * The value of a key, `null` when it is absent; `undefined` when the tree does not decide it.
 *
 * A key that has no bit for a node to branch at has run out or left the prefix before: either way it is absent.
 *
 * Input: `onNode` hears the nodes of the walk: those that are needed to decide the key.
 * Cost:  O(bits of the key) steps, no hash.
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

/** The value of a key, `null` when it is absent. Errors: incomplete. */
export function lookUp(tree: Tree, key: Key): Bytes32 | null {
  const value = decide(tree, key);
  if (value === undefined) throw uncovered(key);
  return value;
}
