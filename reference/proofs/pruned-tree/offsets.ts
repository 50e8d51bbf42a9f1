/**
 * `offsets64` (quilt's `imp`) and `offsets16` (the tree-offset proof of @chainsafe/persistent-merkle-tree): each inner
 * node has the number of bottom nodes in its left subtree, so that a reader can follow a path in place.
 *
 *   tag      0x01, only in offsets16
 *   m        number of bottom nodes, u64-LE or u16-LE
 *   offsets  m − 1 left counts of the same width, pre-order over the inner nodes
 *   bottoms  m × 32 bytes, left to right
 */
import { decodeUintLE, encodeUintLE } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { BOTTOM, bottomCount, checkTreeLimits, INNER, mapTree, type PrunedTree } from "./pruned-tree.ts";

/** One of the two layouts: the width of a count in bytes, and the tag if there is one. */
interface OffsetLayout {
  readonly width: 2 | 8;
  readonly tag: readonly number[];
}

const OFFSETS64: OffsetLayout = { width: 8, tag: [] };
const OFFSETS16: OffsetLayout = { width: 2, tag: [0x01] };

/** The largest number of bottom nodes that offsets16 can count. */
const MAX_BOTTOMS_16 = 2 ** 16 - 1;

export function encodeOffsets64(tree: PrunedTree): Uint8Array {
  return encodeOffsets(tree, OFFSETS64);
}

/** Req: PROOF-SSZ-066. Errors: limit-exceeded for a tree of more than 65 535 bottom nodes. */
export function encodeOffsets16(tree: PrunedTree): Uint8Array {
  checkLimit("bottoms of an offsets16 proof", bottomCount(tree), MAX_BOTTOMS_16);
  return encodeOffsets(tree, OFFSETS16);
}

export function decodeOffsets64(proof: Uint8Array): PrunedTree {
  return decodeOffsets(proof, OFFSETS64);
}

export function decodeOffsets16(proof: Uint8Array): PrunedTree {
  return decodeOffsets(proof, OFFSETS16);
}

/** Req: PROOF-SSZ-020, PROOF-SSZ-064, PROOF-SSZ-023. */
function encodeOffsets(tree: PrunedTree, { width, tag }: OffsetLayout): Uint8Array {
  const counts = [bottomCount(tree), ...leftCounts(tree)];
  const head = tag.length + width * counts.length;
  const proof = new Uint8Array(head + tree.bottoms.length);
  proof.set(tag, 0);
  for (const [index, count] of counts.entries())
    proof.set(encodeUintLE(BigInt(count), width), tag.length + width * index);
  proof.set(tree.bottoms, head);
  return proof;
}

/** For each inner node, in pre-order, the number of bottom nodes in its left subtree. */
function leftCounts(tree: PrunedTree): number[] {
  const { link } = mapTree(tree);
  const counts: number[] = [];
  for (const [position, kind] of tree.shape.entries()) {
    // The left subtree has the positions between the node and its right child: 2n − 1 of them for n bottom nodes.
    if (kind === INNER) counts.push((link[position] - position) / 2);
  }
  return counts;
}

/**
 * Decodes an offset proof.
 *
 * Req:    PROOF-SSZ-020, PROOF-SSZ-064, PROOF-SSZ-021, PROOF-SSZ-065, PROOF-SSZ-022, PROOF-SSZ-023.
 * Errors: malformed (no tag, truncated, m = 0, not the length that m requires, a left count of 0 or not less than the
 *         number of bottom nodes of its subtree); limit-exceeded.
 */
function decodeOffsets(proof: Uint8Array, { width, tag }: OffsetLayout): PrunedTree {
  const head = tag.length + width;
  if (proof.length < head) {
    throw new ProofError("malformed", `${proof.length} bytes cannot hold the number of bottom nodes (${head} bytes)`, {
      actual: proof.length,
      expected: head,
    });
  }
  if (tag.some((byte, index) => proof[index] !== byte)) {
    throw new ProofError("malformed", `the proof begins with byte ${proof[0]}, not with the tag ${tag[0]}`, {
      tag: proof[0],
    });
  }
  // An integer of any size, so that a count which wraps in 32 or 64 bits does not match the length.
  const declared = decodeUintLE(proof.subarray(tag.length, head));
  const expected = BigInt(tag.length) + declared * BigInt(width + 32);
  if (declared === 0n || expected !== BigInt(proof.length)) {
    throw new ProofError(
      "malformed",
      `${declared} bottom nodes need ${expected} bytes, the proof has ${proof.length}`,
      {
        bottoms: declared.toString(),
        actual: proof.length,
      },
    );
  }
  const bottoms = Number(declared);
  checkLimit("nodes of the pruned tree", 2 * bottoms - 1, MAX_TREE_NODES);

  const offsets = proof.subarray(head, head + width * (bottoms - 1));
  const shape = shapeFromOffsets(offsets, width, bottoms);
  checkTreeLimits(shape);
  return { shape, bottoms: proof.subarray(head + offsets.length) };
}

/** The shape for the left counts. A pending subtree is its number of bottom nodes. */
function shapeFromOffsets(offsets: Uint8Array, width: number, bottoms: number): Uint8Array {
  const shape = new Uint8Array(2 * bottoms - 1);
  const pending = [bottoms];
  let nextOffset = 0;
  for (let position = 0; position < shape.length; position++) {
    const size = pending.pop() as number;
    if (size === 1) {
      shape[position] = BOTTOM;
      continue;
    }
    const left = decodeUintLE(offsets.subarray(width * nextOffset, width * (nextOffset + 1)));
    if (left < 1n || left >= BigInt(size)) {
      throw new ProofError(
        "malformed",
        `offset ${nextOffset} counts ${left} bottom nodes on the left, of ${size} in total`,
        {
          offset: nextOffset,
          left: left.toString(),
          size,
        },
      );
    }
    nextOffset += 1;
    shape[position] = INNER;
    pending.push(size - Number(left), Number(left));
  }
  return shape;
}
