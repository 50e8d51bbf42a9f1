/** Reads nodes through a proof. */
import type { Bytes32 } from "../../core/bytes.ts";
import { type Gindex, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { BOTTOM, bottomAt, descend, mapTree, type PrunedTree, verifyRoot } from "../pruned-tree/pruned-tree.ts";
import { belowBottom } from "./keys.ts";

/**
 * Verifies a tree and reads some of its nodes: bottom nodes, or the computed hashes of inner nodes. Other hashes are not
 * kept.
 *
 * Req:    PROOF-SSZ-002, PROOF-SSZ-003.
 * Errors: invalid-proof; then incomplete for the first index below a bottom node.
 * Cost:   m − 1 hashes, and O(depth) steps per index.
 */
export function readNodes(
  pruned: PrunedTree,
  root: Bytes32,
  gindices: readonly Gindex[],
  hasher: NodeHasher,
): Bytes32[] {
  const tree = { ...pruned, ...mapTree(pruned) };
  const found = gindices.map((gindex) => descend(tree, gindexPath(gindex)));
  const innerHashes = new Map<number, Bytes32 | undefined>(found.map(({ position }) => [position, undefined]));
  verifyRoot(tree, root, hasher, (position, hash) => {
    if (innerHashes.has(position)) innerHashes.set(position, hash);
  });
  return found.map(({ position, levelsBelow }, index) => {
    if (levelsBelow > 0) throw belowBottom(gindices[index], levelsBelow);
    return tree.shape[position] === BOTTOM
      ? bottomAt(tree, tree.link[position])
      : (innerHashes.get(position) as Bytes32);
  });
}
