/**
 * A pruned full binary tree: what every binary multiproof encodes, whatever its bytes look like.
 *
 * Some subtrees of a full binary tree are cut off and stand for themselves by their root. What is left has m bottom
 * nodes (leaves and cut-off roots alike, 32 bytes each) and m − 1 inner nodes, each the hash of its two children.
 */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { childOf, type Gindex, ROOT_GINDEX } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { checkLimit, MAX_GINDEX_BITS, MAX_TREE_NODES } from "../../core/limits.ts";

export const INNER = 0;
export const BOTTOM = 1;

/** A node's position: its rank in a pre-order walk (root, left subtree, right subtree), the root being 0. */
export interface PrunedTree {
  /** INNER or BOTTOM for each of the 2m − 1 positions. */
  readonly shape: Uint8Array;
  /** The m bottom nodes, left to right, 32 bytes each. */
  readonly bottoms: Uint8Array;
}

export function bottomCount(tree: PrunedTree): number {
  return tree.bottoms.length / 32;
}

/** Bottom number `rank`, counted from the left. */
export function bottomAt(tree: PrunedTree, rank: number): Bytes32 {
  return tree.bottoms.subarray(32 * rank, 32 * rank + 32) as Bytes32;
}

/** Walks a shape in pre-order and keeps the one thing that every walk needs: which ancestors still wait for a right child. */
class ShapeWalk {
  /** Positions of the open ancestors, the root first. */
  readonly ancestors: number[] = [];
  /** For each open ancestor, the side we are on: 0 left, 1 right. */
  readonly sides: (0 | 1)[] = [];

  /** Enters an inner node: what follows is its left subtree. */
  enter(position: number): void {
    this.ancestors.push(position);
    this.sides.push(0);
  }

  /** Leaves a finished subtree; `onComplete` hears of each inner node whose right subtree ended with it. */
  leave(onComplete?: (position: number) => void): void {
    while (this.sides.at(-1) === 1) {
      this.sides.pop();
      const position = this.ancestors.pop() as number;
      onComplete?.(position);
    }
    if (this.sides.length > 0) this.sides[this.sides.length - 1] = 1;
  }
}

/**
 * Checks the bounds that hold for a tree from any source.
 *
 * Req:    PROOF-GEN-008.
 * Errors: limit-exceeded, for the number of nodes, then for a node deeper than a generalized index may say.
 */
export function checkTreeLimits(shape: Uint8Array): void {
  checkLimit("nodes of the pruned tree", shape.length, MAX_TREE_NODES);
  const walk = new ShapeWalk();
  for (const [position, kind] of shape.entries()) {
    if (kind === INNER) walk.enter(position);
    else walk.leave();
    checkLimit("depth of the pruned tree", walk.sides.length, MAX_GINDEX_BITS - 1);
  }
}

/** Depth of the deepest bottom; 0 for a tree that is its root alone. */
export function treeDepth(tree: PrunedTree): number {
  const walk = new ShapeWalk();
  let deepest = 0;
  for (const [position, kind] of tree.shape.entries()) {
    if (kind === INNER) walk.enter(position);
    else {
      deepest = Math.max(deepest, walk.sides.length);
      walk.leave();
    }
  }
  return deepest;
}

/**
 * Computes the root that a pruned tree implies.
 *
 * Input:  `onInner`, when given, hears position and hash of every inner node, children before parents.
 * Output: 32-byte root; for m = 1 the only bottom itself.
 * Cost:   exactly m − 1 hashes; memory for one node per level, no recursion.
 */
export function treeRoot(
  tree: PrunedTree,
  hasher: NodeHasher,
  onInner?: (position: number, hash: Bytes32) => void,
): Bytes32 {
  const walk = new ShapeWalk();
  const leftSiblings: Bytes32[] = [];
  let rank = 0;
  let node = bottomAt(tree, 0);
  for (const [position, kind] of tree.shape.entries()) {
    if (kind === INNER) {
      walk.enter(position);
      continue;
    }
    node = bottomAt(tree, rank++);
    walk.leave((completed) => {
      node = hasher.hashPair(leftSiblings.pop() as Bytes32, node);
      onInner?.(completed, node);
    });
    leftSiblings.push(node);
  }
  return node;
}

/**
 * Checks that a proof authenticates against `root`.
 *
 * Req:    PROOF-GEN-002.
 * Errors: invalid-proof.
 */
export function verifyRoot(
  tree: PrunedTree,
  root: Bytes32,
  hasher: NodeHasher,
  onInner?: (position: number, hash: Bytes32) => void,
): void {
  const computed = treeRoot(tree, hasher, onInner);
  if (!equalBytes(computed, root)) {
    throw new ProofError("invalid-proof", `the proof hashes to ${toHex(computed)}, not to the root ${toHex(root)}`, {
      computed: toHex(computed),
      root: toHex(root),
    });
  }
}

/** Where everything lies: built once in O(m), so that a lookup takes one step a level. */
export interface TreeMap {
  /** For an inner node the position of its right child (its left child is the next position); for a bottom its rank. */
  readonly link: Uint32Array;
}

export function mapTree(tree: PrunedTree): TreeMap {
  const link = new Uint32Array(tree.shape.length);
  const walk = new ShapeWalk();
  let rank = 0;
  for (const [position, kind] of tree.shape.entries()) {
    if (kind === INNER) {
      walk.enter(position);
      continue;
    }
    link[position] = rank++;
    walk.leave();
    const parent = walk.ancestors.at(-1);
    if (parent !== undefined) link[parent] = position + 1;
  }
  return { link };
}

/** A node found by `descend`: where it is, and how many levels of the path lie below it (0: it is the node asked for). */
export interface Found {
  readonly position: number;
  readonly levelsBelow: number;
}

/**
 * Follows `path` from the root as far as the tree is open.
 *
 * Input:  one side a level, 0 left and 1 right. `onInner` hears the inner nodes that are walked through.
 * Cost:   O(depth) steps, no hash.
 */
export function descend(tree: PrunedTree, map: TreeMap, path: Uint8Array, onInner?: (position: number) => void): Found {
  let position = 0;
  for (let level = 0; level < path.length; level++) {
    if (tree.shape[position] === BOTTOM) return { position, levelsBelow: path.length - level };
    onInner?.(position);
    position = path[level] === 0 ? position + 1 : map.link[position];
  }
  return { position, levelsBelow: 0 };
}

/**
 * Cuts a tree down to the inner nodes in `open` (positions; with each its parent); every other subtree becomes a bottom.
 *
 * Input:  `innerHashes`, 32 bytes for every position, filled by `treeRoot`'s `onInner`.
 * Output: the smallest pruned tree in which those nodes are inner.
 */
export function pruneTree(
  tree: PrunedTree,
  map: TreeMap,
  open: ReadonlySet<number>,
  innerHashes: Uint8Array,
): PrunedTree {
  const shape: number[] = [];
  const bottoms: Uint8Array[] = [];
  const waiting = [0];
  while (waiting.length > 0) {
    const position = waiting.pop() as number;
    if (open.has(position)) {
      shape.push(INNER);
      waiting.push(map.link[position], position + 1);
      continue;
    }
    shape.push(BOTTOM);
    bottoms.push(
      tree.shape[position] === BOTTOM
        ? bottomAt(tree, map.link[position])
        : innerHashes.subarray(32 * position, 32 * position + 32),
    );
  }
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(bottoms) };
}

/** Concatenates 32-byte nodes. */
export function joinNodes(nodes: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(32 * nodes.length);
  for (const [index, node] of nodes.entries()) joined.set(node, 32 * index);
  return joined;
}

/** The generalized index of every bottom, left to right. */
export function bottomGindices(tree: PrunedTree): Gindex[] {
  const gindices: Gindex[] = [];
  const waiting: Gindex[] = [ROOT_GINDEX];
  for (const kind of tree.shape) {
    const gindex = waiting.pop() as Gindex;
    if (kind === INNER) waiting.push(childOf(gindex, 1), childOf(gindex, 0));
    else gindices.push(gindex);
  }
  return gindices;
}
