/**
 * A pruned full binary tree: every encoding of a binary multiproof represents one.
 *
 * Some subtrees of a full binary tree are cut off, and each is represented by its root. The pruned tree has m bottom
 * nodes (leaves and roots of cut-off subtrees, 32 bytes each) and m − 1 inner nodes, each the hash of its two children.
 */
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { childOf, type Gindex, ROOT_GINDEX } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { checkLimit, MAX_GINDEX_BITS, MAX_TREE_NODES } from "../../core/limits.ts";

export const INNER = 0;
export const BOTTOM = 1;

/** The position of a node is its rank in a pre-order walk (root, left subtree, right subtree); the root has 0. */
export interface PrunedTree {
  /** INNER or BOTTOM for each of the 2m − 1 positions. */
  readonly shape: Uint8Array;
  /** The m bottom nodes, left to right, 32 bytes each. */
  readonly bottoms: Uint8Array;
}

export function bottomCount(tree: PrunedTree): number {
  return tree.bottoms.length / 32;
}

/** The bottom node with this rank, counted from the left. */
export function bottomAt(tree: PrunedTree, rank: number): Bytes32 {
  return tree.bottoms.subarray(32 * rank, 32 * rank + 32) as Bytes32;
}

/**
 * The level of every position: 0 for the root, and one more than the parent's level for every other node.
 *
 * Cost: one step for each node; memory for one level more than the tree has.
 */
export function levelsOf(shape: Uint8Array): Uint32Array {
  const levels = new Uint32Array(shape.length);
  const pending = [0];
  for (let position = 0; position < shape.length; position++) {
    const level = pending.pop() as number;
    levels[position] = level;
    if (shape[position] === INNER) pending.push(level + 1, level + 1);
  }
  return levels;
}

/**
 * Checks the limits of a tree from any source.
 *
 * Req:    PROOF-GEN-008.
 * Errors: limit-exceeded for the number of nodes, then for a node whose generalized index has too many bits.
 */
export function checkTreeLimits(shape: Uint8Array): void {
  checkLimit("nodes of the pruned tree", shape.length, MAX_TREE_NODES);
  checkLimit("depth of the pruned tree", deepestLevel(shape), MAX_GINDEX_BITS - 1);
}

/** The level of the deepest node; 0 for a tree of only the root. */
export function deepestLevel(shape: Uint8Array): number {
  let deepest = 0;
  for (const level of levelsOf(shape)) if (level > deepest) deepest = level;
  return deepest;
}

/**
 * Computes the root of a pruned tree.
 *
 * The loop runs from the last position to the first, so that it visits a node after all nodes below it.
 *
 * Input:  `onInner` is called with the position and hash of every inner node, children before parents.
 * Output: the 32-byte root; for m = 1 the only bottom node itself.
 * Cost:   exactly m − 1 hashes; memory for one node per level, no recursion.
 */
export function treeRoot(
  tree: PrunedTree,
  hasher: NodeHasher,
  onInner?: (position: number, hash: Bytes32) => void,
): Bytes32 {
  const pending: Bytes32[] = [];
  let rank = bottomCount(tree);
  for (let position = tree.shape.length - 1; position >= 0; position--) {
    if (tree.shape[position] === BOTTOM) {
      rank -= 1;
      pending.push(bottomAt(tree, rank));
      continue;
    }
    const left = pending.pop() as Bytes32;
    const right = pending.pop() as Bytes32;
    const node = hasher.hashPair(left, right);
    onInner?.(position, node);
    pending.push(node);
  }
  return pending[0];
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

/** Positions of children and ranks of bottom nodes: built in O(m), so that a lookup takes one step per level. */
export interface TreeMap {
  /** An inner node's right child (its left child has the next position); a bottom node's rank. */
  readonly link: Uint32Array;
}

export function mapTree(tree: PrunedTree): TreeMap {
  const link = new Uint32Array(tree.shape.length);
  const pending: number[] = [];
  let rank = bottomCount(tree);
  for (let position = tree.shape.length - 1; position >= 0; position--) {
    if (tree.shape[position] === BOTTOM) {
      rank -= 1;
      link[position] = rank;
    } else {
      pending.pop();
      link[position] = pending.pop() as number;
    }
    pending.push(position);
  }
  return { link };
}

/** A tree with the position and the hash of every node. */
export interface HashedTree extends PrunedTree, TreeMap {
  /** 32 bytes for every position; those of bottom nodes are not used. */
  readonly innerHashes: Uint8Array;
}

/** Cost: m − 1 hashes. */
export function hashTree(tree: PrunedTree, hasher: NodeHasher): HashedTree {
  const innerHashes = new Uint8Array(32 * tree.shape.length);
  treeRoot(tree, hasher, (position, hash) => innerHashes.set(hash, 32 * position));
  return { ...tree, ...mapTree(tree), innerHashes };
}

/** `hashTree` of a proof that authenticates against `root`. Errors: invalid-proof. */
export function verifyTree(tree: PrunedTree, root: Bytes32, hasher: NodeHasher): HashedTree {
  const innerHashes = new Uint8Array(32 * tree.shape.length);
  verifyRoot(tree, root, hasher, (position, hash) => innerHashes.set(hash, 32 * position));
  return { ...tree, ...mapTree(tree), innerHashes };
}

/** The node at `position`; position 0 is the root. */
export function nodeAt(tree: HashedTree, position: number): Bytes32 {
  if (tree.shape[position] === BOTTOM) return bottomAt(tree, tree.link[position]);
  return tree.innerHashes.subarray(32 * position, 32 * position + 32) as Bytes32;
}

/** The node that `descend` has reached, and the number of levels of the path that are left (0 at the end of the path). */
export interface Found {
  readonly position: number;
  readonly levelsBelow: number;
}

/**
 * Follows `path` from the root as far as the tree is open.
 *
 * Input:  one side per level, 0 left and 1 right. `onInner` is called with the position of every inner node on the way.
 * Cost:   O(depth) steps, no hash.
 */
export function descend(tree: PrunedTree & TreeMap, path: Uint8Array, onInner?: (position: number) => void): Found {
  let position = 0;
  for (let level = 0; level < path.length; level++) {
    if (tree.shape[position] === BOTTOM) return { position, levelsBelow: path.length - level };
    onInner?.(position);
    position = path[level] === 0 ? position + 1 : tree.link[position];
  }
  return { position, levelsBelow: 0 };
}

/**
 * Prunes a tree to some of its inner nodes; every other subtree becomes a bottom node.
 *
 * Input:  `open` is 1 at each position that stays an inner node, 0 elsewhere; nodes below a closed node are ignored.
 */
export function pruneTree(tree: HashedTree, open: Uint8Array): PrunedTree {
  const shape: number[] = [];
  const bottoms: Uint8Array[] = [];
  const pending = [0];
  for (let position = pending.pop(); position !== undefined; position = pending.pop()) {
    if (open[position] === 1) {
      shape.push(INNER);
      pending.push(tree.link[position], position + 1);
    } else {
      shape.push(BOTTOM);
      bottoms.push(nodeAt(tree, position));
    }
  }
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(bottoms) };
}

/** Concatenates 32-byte nodes. */
export function joinNodes(nodes: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(32 * nodes.length);
  for (let index = 0; index < nodes.length; index++) joined.set(nodes[index], 32 * index);
  return joined;
}

/** The generalized index of every bottom node, left to right. */
export function bottomGindices(tree: PrunedTree): Gindex[] {
  const gindices: Gindex[] = [];
  const pending: Gindex[] = [ROOT_GINDEX];
  for (const kind of tree.shape) {
    const gindex = pending.pop() as Gindex;
    if (kind === INNER) pending.push(childOf(gindex, 1), childOf(gindex, 0));
    else gindices.push(gindex);
  }
  return gindices;
}
