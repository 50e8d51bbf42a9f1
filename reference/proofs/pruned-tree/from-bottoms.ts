/** Builds a pruned tree from bottom nodes with generalized indices. */
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

/** A node of the tree and its generalized index. */
export interface PlacedNode {
  readonly gindex: Gindex;
  readonly node: Bytes32;
}

/** Why nodes are not the bottom nodes of a pruned tree. The caller chooses the error class of its format. */
export type CoverFault =
  | { readonly kind: "nested"; readonly outer: Gindex; readonly inner: Gindex }
  | { readonly kind: "gap"; readonly missing: Gindex };

/** The topmost node that begins right of the subtree at `gindex`; `undefined` if the subtree is the last one. */
function nextSubtree(gindex: Gindex): Gindex | undefined {
  let node = gindex;
  while (isRightChild(node)) node = parentOf(node);
  return node === ROOT_GINDEX ? undefined : siblingOf(node);
}

/** The first pair of `sorted` (in tree order) of which one node equals the other or is below it. */
export function findNested(sorted: readonly Gindex[]): CoverFault | undefined {
  for (let i = 1; i < sorted.length; i++) {
    if (isAncestorOrSame(sorted[i - 1], sorted[i])) return { kind: "nested", outer: sorted[i - 1], inner: sorted[i] };
  }
  return undefined;
}

/**
 * Builds the tree whose bottom nodes are exactly the nodes at `gindices`.
 *
 * The walk is in pre-order and visits each level from left to right, which is the order of the indices. So a node is a
 * bottom node if it is the next unread index of its level, and an inner node otherwise.
 *
 * Input:  `gindices` strictly ascending; `nodeOf(i)` the node at `gindices[i]`.
 * Output: the tree, or the fault: two nodes are nested, or no node covers a subtree.
 * Cost:   one step for each node of the tree, no hash; sorting in case of a fault.
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
  // The walk ends after the positions of a tree with so many bottom nodes, so a tree that has read them all has no gap.
  return rank === gindices.length ? { shape, bottoms } : coverFault(gindices);
}

/** For each level down to the deepest one, the first position in `gindices` of an index at this level or below. */
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

/** Why `gindices` are not the bottom nodes of a tree. Nested nodes are reported before a gap. */
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
    // Only the last bottom node of a complete tree has no next subtree.
    expected = nextSubtree(gindex) as Gindex;
  }
  return { kind: "gap", missing: expected };
}

/** `treeFromBottoms` for a list of nodes in ascending order. */
export function treeFromPlaced(nodes: readonly PlacedNode[]): PrunedTree | CoverFault {
  return treeFromBottoms(
    nodes.map(({ gindex }) => gindex),
    (index) => nodes[index].node,
  );
}

/**
 * The "helper indices" of the consensus specifications: every sibling on a path from a claim to the root that is neither
 * claimed nor computed from the nodes below it.
 *
 * Input:  at least one claim, in tree order, none nested. The computation stops after `most` + 1 helpers.
 * Output: helper gindices in tree order; more than `most` if the claims need more.
 * Cost:   one step for each node of the pruned tree.
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
