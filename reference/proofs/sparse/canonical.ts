/**
 * The canonical form: of all pruned trees that decide the same keys, the smallest.
 *
 * Req: PROOF-SPARSE-003, PROOF-SPARSE-004.
 */
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

/** Errors: malformed for a node below level `depth`. */
export function checkLeafLevel(tree: PrunedTree, depth: number): void {
  const deepest = deepestLevel(tree.shape);
  if (deepest > depth) {
    throw new ProofError("malformed", `a node lies at level ${deepest}, below the leaves at level ${depth}`, {
      level: deepest,
      depth,
    });
  }
}

/**
 * Checks that a tree is canonical, by the rule that needs no hash: of an inner node whose children are both bottoms, not
 * both are zero subtrees and at least one is a leaf or a zero subtree.
 *
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
 * Cuts a tree down to what decides the same keys.
 *
 * A node stays open when it is no zero subtree and something below it is decided. Every node is met after those below it.
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
 * Cuts a tree down to what decides `keys`: for each its leaf, or the highest zero subtree above it.
 *
 * Errors: incomplete for the first key that the tree does not decide.
 */
export function pruneToKeys(tree: HashedTree, keys: readonly Key[], depth: number): PrunedTree {
  const open = new Uint8Array(tree.shape.length);
  for (const key of keys) {
    if (decide(tree, key, depth) === undefined) throw uncovered(key);
    const passed: number[] = [];
    descend(tree, keyPath(key, depth), (at) => passed.push(at));
    for (const [level, at] of passed.entries()) {
      if (isZeroNode(nodeAt(tree, at), depth - level)) break;
      open[at] = 1;
    }
  }
  return pruneTree(tree, open);
}
