/** Rebuilds a pruned tree from bottoms that are given by generalized index, in any order. */
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
import { BOTTOM, INNER, joinNodes, type PrunedTree } from "./pruned-tree.ts";

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
 * Builds the tree whose bottoms are exactly `nodes`.
 *
 * Output: the tree, or why there is none: two nodes are the same or nested, or no node covers some subtree.
 * Cost:   one step a node of the tree after sorting; no hash.
 */
export function treeFromBottoms(nodes: readonly PlacedNode[]): PrunedTree | CoverFault {
  const sorted = [...nodes].sort((a, b) => compareTreeOrder(a.gindex, b.gindex));
  const nested = findNested(sorted.map(({ gindex }) => gindex));
  if (nested !== undefined) return nested;

  const shape: number[] = [];
  let expected: Gindex | undefined = ROOT_GINDEX;
  for (const { gindex } of sorted) {
    // Not nested and in order, so `expected` exists here: only the last bottom of a whole tree leaves nothing to expect.
    let node = expected as Gindex;
    while (node !== gindex) {
      const left = childOf(node, 0);
      const missing = !isAncestorOrSame(node, gindex) ? node : isAncestorOrSame(left, gindex) ? undefined : left;
      if (missing !== undefined) return { kind: "gap", missing };
      shape.push(INNER);
      node = left;
    }
    shape.push(BOTTOM);
    expected = nextSubtree(gindex);
  }
  if (expected !== undefined) return { kind: "gap", missing: expected };
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(sorted.map(({ node }) => node)) };
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
