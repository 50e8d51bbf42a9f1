/** The union of pruned trees with the same root: a node is open if it is open in any of them. */
import { equalBytes } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { BOTTOM, type HashedTree, INNER, joinNodes, mapTree, nodeAt } from "./pruned-tree.ts";

/** A node in one of the trees. */
interface NodeInTree {
  readonly tree: HashedTree;
  readonly position: number;
}

/**
 * Merges one or more trees that all hash to the same root.
 *
 * Req:    PROOF-SSZ-100, PROOF-SPARSE-049.
 * Errors: invalid-proof if they disagree on a node, which requires a collision of the hash function.
 * Cost:   one step for each node of every tree; no hash, no recursion.
 */
export function mergeTrees(trees: readonly HashedTree[]): HashedTree {
  const shape: number[] = [];
  const nodes: Uint8Array[] = [];
  /** For each unvisited node, its occurrences in the trees that reach it. */
  const pending: NodeInTree[][] = [trees.map((tree) => ({ tree, position: 0 }))];
  for (let occurrences = pending.pop(); occurrences !== undefined; occurrences = pending.pop()) {
    const node = nodeAt(occurrences[0].tree, occurrences[0].position);
    if (occurrences.some(({ tree, position }) => !equalBytes(nodeAt(tree, position), node))) {
      throw new ProofError("invalid-proof", "the proofs to merge disagree on a node");
    }
    nodes.push(node);
    const opened = occurrences.filter(({ tree, position }) => tree.shape[position] === INNER);
    if (opened.length === 0) {
      shape.push(BOTTOM);
      continue;
    }
    shape.push(INNER);
    pending.push(
      opened.map(({ tree, position }) => ({ tree, position: tree.link[position] })),
      opened.map(({ tree, position }) => ({ tree, position: position + 1 })),
    );
  }
  const bottoms = joinNodes(nodes.filter((_, position) => shape[position] === BOTTOM));
  const merged = { shape: Uint8Array.from(shape), bottoms };
  return { ...merged, ...mapTree(merged), innerHashes: joinNodes(nodes) };
}
