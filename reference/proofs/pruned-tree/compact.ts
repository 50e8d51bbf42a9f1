/**
 * `compact`, the canonical encoding of a pruned tree: its shape in bits, then its bottom nodes.
 *
 *   shape    2m − 1 bits in pre-order, most significant bit first, 1 = bottom node, 0 = inner node; zero padding to a byte
 *   bottoms  m × 32 bytes, left to right
 */
import { bitAt, packBits, packedLength, paddingIsZero, unpackBits } from "../../core/bits.ts";
import { ProofError } from "../../core/errors.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { checkTreeLimits, INNER, type PrunedTree } from "./pruned-tree.ts";

/** Req: PROOF-SSZ-010, PROOF-SSZ-060. */
export function encodeCompact(tree: PrunedTree): Uint8Array {
  const shape = packBits(tree.shape);
  const proof = new Uint8Array(shape.length + tree.bottoms.length);
  proof.set(shape, 0);
  proof.set(tree.bottoms, shape.length);
  return proof;
}

/**
 * Decodes a compact proof.
 *
 * Req:    PROOF-SSZ-010, PROOF-SSZ-011, PROOF-SSZ-061, PROOF-SSZ-062, PROOF-SSZ-063.
 * Errors: malformed (truncated shape, padding that is not zero, too few or too many bytes of bottom nodes);
 *         limit-exceeded.
 */
export function decodeCompact(proof: Uint8Array): PrunedTree {
  const shape = unpackBits(proof, shapeLength(proof));
  const shapeBytes = packedLength(shape.length);
  if (!paddingIsZero(proof, shape.length)) {
    throw new ProofError("malformed", `the shape's padding, after bit ${shape.length}, is not zero`, {
      bits: shape.length,
    });
  }
  const bottoms = (shape.length + 1) / 2;
  const expected = shapeBytes + 32 * bottoms;
  if (proof.length !== expected) {
    throw new ProofError("malformed", `${bottoms} bottom nodes need ${expected} bytes, the proof has ${proof.length}`, {
      expected,
      actual: proof.length,
    });
  }
  checkTreeLimits(shape);
  return { shape, bottoms: proof.subarray(shapeBytes) };
}

/** The length in bits: a tree is complete when it has one bottom node more than inner nodes. */
function shapeLength(proof: Uint8Array): number {
  let length = 0;
  let missing = 1;
  while (missing > 0) {
    if (length === 8 * proof.length) {
      throw new ProofError("malformed", `the shape ends after ${length} bits with ${missing} nodes missing`, {
        bits: length,
        missing,
      });
    }
    checkLimit("nodes of the pruned tree", length + 1, MAX_TREE_NODES);
    missing += bitAt(proof, length) === INNER ? 1 : -1;
    length += 1;
  }
  return length;
}
