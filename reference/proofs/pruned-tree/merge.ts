/** The union of pruned trees of one root: a node is opened if any of them opens it. */
import { equalBytes } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { BOTTOM, type HashedTree, INNER, joinNodes, mapTree, nodeAt } from "./pruned-tree.ts";

/** A node as one of the trees has it. */
interface Place {
  readonly tree: HashedTree;
  readonly position: number;
}

/**
 * Merges trees, at least one, that all hash to the same root.
 *
 * Req:    PROOF-SSZ-053, PROOF-SPARSE-009.
 * Errors: invalid-proof when they disagree on a node, which takes a collision of the hash function.
 * Cost:   one step a node of every tree; no hash, no recursion.
 */
export function mergeTrees(trees: readonly HashedTree[]): HashedTree {
  const shape: number[] = [];
  const nodes: Uint8Array[] = [];
  /** For each node still to be visited, the places of it in the trees that reach so far down. */
  const waiting: Place[][] = [trees.map((tree) => ({ tree, position: 0 }))];
  for (let places = waiting.pop(); places !== undefined; places = waiting.pop()) {
    const node = nodeAt(places[0].tree, places[0].position);
    if (places.some(({ tree, position }) => !equalBytes(nodeAt(tree, position), node))) {
      throw new ProofError("invalid-proof", "the proofs to merge disagree on a node");
    }
    nodes.push(node);
    const opened = places.filter(({ tree, position }) => tree.shape[position] === INNER);
    if (opened.length === 0) {
      shape.push(BOTTOM);
      continue;
    }
    shape.push(INNER);
    waiting.push(
      opened.map(({ tree, position }) => ({ tree, position: tree.link[position] })),
      opened.map(({ tree, position }) => ({ tree, position: position + 1 })),
    );
  }
  const bottoms = joinNodes(nodes.filter((_, position) => shape[position] === BOTTOM));
  const merged = { shape: Uint8Array.from(shape), bottoms };
  return { ...merged, ...mapTree(merged), innerHashes: joinNodes(nodes) };
}
