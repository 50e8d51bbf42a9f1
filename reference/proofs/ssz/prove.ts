/** Builds the smallest proof of some nodes from all bottom nodes of a tree. */
import { toBytes32, toQuantity } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { compareGindex, type Gindex, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import type { RawKey } from "../backend.ts";
import { type PlacedNode, treeFromPlaced } from "../pruned-tree/from-bottoms.ts";
import {
  checkTreeLimits,
  descend,
  type HashedTree,
  hashTree,
  type PrunedTree,
  pruneTree,
} from "../pruned-tree/pruned-tree.ts";
import { belowBottom, toKey } from "./keys.ts";

/**
 * Builds the whole tree.
 *
 * Req:    PROOF-SSZ-004, PROOF-SSZ-055, PROOF-SSZ-056, PROOF-SSZ-057, PROOF-SSZ-058, PROOF-SSZ-082.
 * Input:  its bottom nodes in any order; the last entry of a gindex counts.
 * Errors: invalid-argument (an index of 0, a value that is not 32 bytes, nested entries); incomplete (the entries leave a
 *         gap); limit-exceeded.
 * Cost:   one hash for each inner node.
 */
export function wholeTree(entries: readonly (readonly [RawKey, Uint8Array])[], hasher: NodeHasher): HashedTree {
  const tree = treeFromPlaced(lastOfEach(entries.map(([key, value], index) => toEntry(key, value, index))));
  if ("kind" in tree) {
    if (tree.kind === "nested") {
      throw new ProofError(
        "invalid-argument",
        `entry ${toQuantity(tree.inner)} is below entry ${toQuantity(tree.outer)}`,
      );
    }
    throw new ProofError("incomplete", `no entry covers the subtree at ${toQuantity(tree.missing)}`);
  }
  checkTreeLimits(tree.shape);
  return hashTree(tree, hasher);
}

function toEntry(key: RawKey, value: Uint8Array, index: number): PlacedNode {
  const gindex = toKey(key);
  const node = toBytes32(value);
  if (node !== undefined) return { gindex, node };
  throw new ProofError("invalid-argument", `entry ${index} has ${value.length} bytes, not 32`, { index });
}

/** The last entry of each gindex, in ascending order. */
function lastOfEach(entries: readonly PlacedNode[]): PlacedNode[] {
  const sorted = [...entries].sort((a, b) => compareGindex(a.gindex, b.gindex));
  return sorted.filter(({ gindex }, index) => gindex !== sorted[index + 1]?.gindex);
}

/**
 * Prunes `tree` to the smallest tree in which every claim is a node.
 *
 * Req:    PROOF-SSZ-005, PROOF-SSZ-059, PROOF-SSZ-080, PROOF-SSZ-006, PROOF-SSZ-081.
 * Errors: incomplete for a claim below a bottom node.
 */
export function pruneToClaims(tree: HashedTree, claims: readonly Gindex[]): PrunedTree {
  const open = new Uint8Array(tree.shape.length);
  for (const gindex of claims) {
    const { levelsBelow } = descend(tree, gindexPath(gindex), (position) => {
      open[position] = 1;
    });
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
  }
  return pruneTree(tree, open);
}
