/** The canonical form: the smallest of all pruned trees that cover the same keys. */
import { ProofError } from "../../core/errors.ts";
import { isZeroNode } from "../../core/zero-nodes.ts";
import {
  BOTTOM,
  bottomAt,
  deepestLevel,
  descend,
  type HashedTree,
  INNER,
  levelsOf,
  mapTree,
  nodeAt,
  type PrunedTree,
  pruneTree,
} from "../pruned-tree/pruned-tree.ts";
import { type Key, keyPath, uncovered } from "./keys.ts";
import { decide } from "./look-up.ts";

/** Req: PROOF-SPARSE-003. Errors: malformed for a node below level `depth`. */
export function checkLeafLevel(tree: PrunedTree, depth: number): void {
  const deepest = deepestLevel(tree.shape);
  if (deepest > depth) {
    throw new ProofError("malformed", `a node is at level ${deepest}, below the leaves at level ${depth}`, {
      level: deepest,
      depth,
    });
  }
}

/**
 * Checks that a tree is canonical. The check needs no hash: if both children of an inner node are bottom nodes, they are not
 * both zero subtrees, and at least one of them is a leaf or a zero subtree.
 *
 * Req:    PROOF-SPARSE-004, PROOF-SPARSE-029.
 * Errors: non-canonical.
 */
export function checkCanonical(tree: PrunedTree, depth: number): void {
  const { shape } = tree;
  const { link } = mapTree(tree);
  const levels = levelsOf(shape);
  for (let position = 0; position < shape.length; position++) {
    const [left, right] = [position + 1, link[position]];
    if (shape[position] === BOTTOM || shape[left] === INNER || shape[right] === INNER) continue;
    const height = depth - levels[left];
    const zeros = [left, right].filter((child) => isZeroNode(bottomAt(tree, link[child]), height)).length;
    if (zeros === 2 || (zeros === 0 && height > 0)) {
      const what = zeros === 2 ? "splits a zero subtree" : "decides no key";
      throw new ProofError("non-canonical", `the node at position ${position}, level ${levels[position]}, ${what}`, {
        position,
        level: levels[position],
        fault: what,
      });
    }
  }
}

/**
 * Prunes a tree to the canonical tree that covers the same keys.
 *
 * A node stays open if it is not a zero subtree and covers a key. The loop visits every node after the nodes below it.
 *
 * Req: PROOF-SPARSE-031.
 */
export function normalise(tree: HashedTree, depth: number): PrunedTree {
  const { shape, link } = tree;
  const levels = levelsOf(shape);
  const open = new Uint8Array(shape.length);
  const decides = new Uint8Array(shape.length);
  for (let position = shape.length - 1; position >= 0; position--) {
    const height = depth - levels[position];
    const isZero = isZeroNode(nodeAt(tree, position), height);
    const opens = shape[position] === INNER && !isZero && (decides[position + 1] | decides[link[position]]) === 1;
    open[position] = opens ? 1 : 0;
    decides[position] = opens || isZero || height === 0 ? 1 : 0;
  }
  return pruneTree(tree, open);
}

/**
 * Prunes a tree to the canonical tree that covers `keys`: the leaf of each key, or the highest zero subtree above it.
 *
 * Req:    PROOF-SPARSE-031, PROOF-SPARSE-051, PROOF-SPARSE-052.
 * Errors: incomplete for the first key that the tree does not cover.
 */
export function pruneToKeys(tree: HashedTree, keys: readonly Key[], depth: number): PrunedTree {
  const open = new Uint8Array(tree.shape.length);
  for (const key of keys) {
    if (decide(tree, key, depth) === undefined) throw uncovered(key);
    const passed: number[] = [];
    descend(tree, keyPath(key, depth), (position) => passed.push(position));
    for (const [level, position] of passed.entries()) {
      if (isZeroNode(nodeAt(tree, position), depth - level)) break;
      open[position] = 1;
    }
  }
  return pruneTree(tree, open);
}
