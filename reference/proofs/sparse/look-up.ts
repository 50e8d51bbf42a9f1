/**
 * What a tree says of a key.
 *
 * Req: PROOF-SPARSE-002.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import { isZeroNode } from "../../core/zero-nodes.ts";
import { descend, type HashedTree, nodeAt } from "../pruned-tree/pruned-tree.ts";
import { type Key, keyPath, uncovered } from "./keys.ts";

/** The value of a key, `null` when it is absent; `undefined` when the tree does not decide it. */
export function decide(tree: HashedTree, key: Key, depth: number): Bytes32 | null | undefined {
  const { position, levelsBelow } = descend(tree, keyPath(key, depth));
  const node = nodeAt(tree, position);
  if (isZeroNode(node, levelsBelow)) return null;
  return levelsBelow === 0 ? node : undefined;
}

/** The value of a key, `null` when it is absent. Errors: incomplete. */
export function lookUp(tree: HashedTree, key: Key, depth: number): Bytes32 | null {
  const value = decide(tree, key, depth);
  if (value === undefined) throw uncovered(key);
  return value;
}
