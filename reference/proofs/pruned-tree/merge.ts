/** The union of pruned trees of one root: a node is opened if any of them opens it. */
import { equalBytes } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { BOTTOM, bottomAt, INNER, joinNodes, mapTree, type PrunedTree, treeRoot } from "./pruned-tree.ts";

/** A tree with what a walk needs: where right children lie, and every node's hash. */
interface OpenTree {
  readonly tree: PrunedTree;
  readonly link: Uint32Array;
  readonly innerHashes: Uint8Array;
}

/**
 * Merges two trees that both hash to the same root.
 *
 * Req:    PROOF-SSZ-053.
 * Errors: invalid-proof when they disagree on a node, which takes a collision of the hash function.
 * Cost:   the hashes of both trees, which their verification has to compute anyway; no recursion.
 */
export function mergeTrees(first: PrunedTree, second: PrunedTree, hasher: NodeHasher): PrunedTree {
  const [a, b] = [openTree(first, hasher), openTree(second, hasher)];
  const shape: number[] = [];
  const bottoms: Uint8Array[] = [];
  /** Positions of the same node in both trees; `undefined` where a tree is cut off above it. */
  const waiting: [number | undefined, number | undefined][] = [[0, 0]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [inA, inB] = pair;
    if (inA !== undefined && inB !== undefined && !equalBytes(nodeAt(a, inA), nodeAt(b, inB))) {
      throw new ProofError("invalid-proof", "the proofs to merge disagree on a node");
    }
    const [leftA, rightA] = childrenOf(a, inA);
    const [leftB, rightB] = childrenOf(b, inB);
    if (leftA === undefined && leftB === undefined) {
      shape.push(BOTTOM);
      bottoms.push(inA === undefined ? nodeAt(b, inB as number) : nodeAt(a, inA));
      continue;
    }
    shape.push(INNER);
    waiting.push([rightA, rightB], [leftA, leftB]);
  }
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(bottoms) };
}

function openTree(tree: PrunedTree, hasher: NodeHasher): OpenTree {
  const innerHashes = new Uint8Array(32 * tree.shape.length);
  treeRoot(tree, hasher, (position, hash) => innerHashes.set(hash, 32 * position));
  return { tree, link: mapTree(tree).link, innerHashes };
}

function nodeAt({ tree, link, innerHashes }: OpenTree, position: number): Uint8Array {
  return tree.shape[position] === BOTTOM
    ? bottomAt(tree, link[position])
    : innerHashes.subarray(32 * position, 32 * position + 32);
}

function childrenOf({ tree, link }: OpenTree, position: number | undefined): [number?, number?] {
  if (position === undefined || tree.shape[position] === BOTTOM) return [];
  return [position + 1, link[position]];
}
