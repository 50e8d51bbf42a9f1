/** Rebuilds a pruned tree from bottoms that are given by generalized index. */
import type { Bytes32 } from "../../core/bytes.ts";
import {
  childOf,
  compareTreeOrder,
  type Gindex,
  isAncestorOrSame,
  isRightChild,
  parentOf,
  ROOT_GINDEX,
  siblingOf,
} from "../../core/gindex.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { BOTTOM, INNER, type PrunedTree } from "./pruned-tree.ts";

/** A node of the tree and where it lies. */
export interface PlacedNode {
  readonly gindex: Gindex;
  readonly node: Bytes32;
}

/** Why nodes are not the bottoms of a pruned tree. The caller gives it the error class of its own format. */
export type CoverFault =
  | { readonly kind: "nested"; readonly outer: Gindex; readonly inner: Gindex }
  | { readonly kind: "gap"; readonly missing: Gindex };

/** The topmost node that begins right of the subtree at `gindex`; `undefined` when that subtree ends the tree. */
function nextSubtree(gindex: Gindex): Gindex | undefined {
  let node = gindex;
  while (isRightChild(node)) node = parentOf(node);
  return node === ROOT_GINDEX ? undefined : siblingOf(node);
}

/** The first pair of `sorted` (tree order) of which one is the other or lies beneath it. */
export function findNested(sorted: readonly Gindex[]): CoverFault | undefined {
  for (let i = 1; i < sorted.length; i++) {
    if (isAncestorOrSame(sorted[i - 1], sorted[i])) return { kind: "nested", outer: sorted[i - 1], inner: sorted[i] };
  }
  return undefined;
}

/**
 * Builds the tree whose bottoms are exactly those at `gindices`.
 *
 * A pre-order walk that takes each node for a bottom when it is the next of its level to be read, for an inner node
 * otherwise: every level is met from left to right, which is the order of the indices.
 *
 * Input:  `gindices` strictly ascending; `nodeOf(i)` the node at `gindices[i]`.
 * Output: the tree, or why there is none: two nodes are nested, or no node covers some subtree.
 * Cost:   one step a node of the tree; no hash. Sorting, where there is no tree.
 */
export function treeFromBottoms(
  gindices: readonly Gindex[],
  nodeOf: (index: number) => Uint8Array,
): PrunedTree | CoverFault {
  if (gindices.length === 0) return { kind: "gap", missing: ROOT_GINDEX };
  const unread = levelStarts(gindices);
  const shape = new Uint8Array(2 * gindices.length - 1);
  const bottoms = new Uint8Array(32 * gindices.length);
  let node = ROOT_GINDEX;
  let level = 0;
  let rank = 0;
  for (let position = 0; position < shape.length; position++) {
    const index = unread[level];
    if (gindices[index] !== node) {
      if (level === unread.length - 1) return coverFault(gindices);
      shape[position] = INNER;
      node = childOf(node, 0);
      level += 1;
      continue;
    }
    unread[level] += 1;
    shape[position] = BOTTOM;
    bottoms.set(nodeOf(index), 32 * rank);
    rank += 1;
    while (isRightChild(node)) {
      node = parentOf(node);
      level -= 1;
    }
    if (node === ROOT_GINDEX) break;
    node = siblingOf(node);
  }
  // There are no more positions than a tree of so many bottoms has, so one that holds them all has no gap either.
  return rank === gindices.length ? { shape, bottoms } : coverFault(gindices);
}

/** For each level down to the deepest one, the place in `gindices` of the first index that lies there or below. */
function levelStarts(gindices: readonly Gindex[]): number[] {
  const starts: number[] = [];
  let leftmost = ROOT_GINDEX;
  for (let index = 0; index < gindices.length; index++) {
    while (gindices[index] >= leftmost) {
      starts.push(index);
      leftmost = childOf(leftmost, 0);
    }
  }
  return starts;
}

/** What keeps `gindices` from being the bottoms of a tree; nested ones before a gap. */
function coverFault(gindices: readonly Gindex[]): CoverFault {
  const sorted = [...gindices].sort(compareTreeOrder);
  const nested = findNested(sorted);
  if (nested !== undefined) return nested;
  let expected = ROOT_GINDEX;
  for (const gindex of sorted) {
    let node = expected;
    while (node !== gindex) {
      const left = childOf(node, 0);
      const missing = !isAncestorOrSame(node, gindex) ? node : isAncestorOrSame(left, gindex) ? undefined : left;
      if (missing !== undefined) return { kind: "gap", missing };
      node = left;
    }
    // Only the last bottom of a whole tree leaves nothing to expect.
    expected = nextSubtree(gindex) as Gindex;
  }
  return { kind: "gap", missing: expected };
}

/** `treeFromBottoms` of nodes that are given one by one, in ascending order. */
export function treeFromPlaced(nodes: readonly PlacedNode[]): PrunedTree | CoverFault {
  return treeFromBottoms(
    nodes.map(({ gindex }) => gindex),
    (index) => nodes[index].node,
  );
}

/**
 * The bottoms that a proof of `claims` needs besides the claims themselves: every sibling on a path to the root that is
 * neither claimed nor computed from what lies below it. These are the consensus-specs "helper indices".
 *
 * Input:  claims in tree order, none nested, at least one. `most` bounds the answer: one more is never computed.
 * Output: helper gindices in tree order; longer than `most` when the claims need more.
 * Cost:   one step a node of the pruned tree.
 */
export function helpersNeeded(claims: readonly Gindex[], most: number): Gindex[] {
  const helpers: Gindex[] = [];
  let node: Gindex | undefined = ROOT_GINDEX;
  let next = 0;
  let steps = 0;
  while (node !== undefined && helpers.length <= most) {
    checkLimit("nodes of the pruned tree", ++steps, MAX_TREE_NODES);
    if (next < claims.length && claims[next] !== node && isAncestorOrSame(node, claims[next])) {
      node = childOf(node, 0);
      continue;
    }
    if (next < claims.length && claims[next] === node) next += 1;
    else helpers.push(node);
    node = nextSubtree(node);
  }
  return helpers;
}
