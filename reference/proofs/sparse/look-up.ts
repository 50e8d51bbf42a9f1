/** Looks up the value of a key. */
import type { Bytes32 } from "../../core/bytes.ts";
import { isZeroNode } from "../../core/zero-nodes.ts";
import { descend, type HashedTree, nodeAt } from "../pruned-tree/pruned-tree.ts";
import { type Key, keyPath, uncovered } from "./keys.ts";

/** The value of a key, or `null` if it is absent, or `undefined` if the tree does not cover it. */
export function decide(tree: HashedTree, key: Key, depth: number): Bytes32 | null | undefined {
  const { position, levelsBelow } = descend(tree, keyPath(key, depth));
  const node = nodeAt(tree, position);
  if (isZeroNode(node, levelsBelow)) return null;
  return levelsBelow === 0 ? node : undefined;
}

/**
 * The value of a key, or `null` if it is absent.
 *
 * Req:    PROOF-SPARSE-002, PROOF-SPARSE-027, PROOF-SPARSE-028.
 * Errors: incomplete.
 */
export function lookUp(tree: HashedTree, key: Key, depth: number): Bytes32 | null {
  const value = decide(tree, key, depth);
  if (value === undefined) throw uncovered(key);
  return value;
}
