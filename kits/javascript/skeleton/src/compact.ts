/**
 * A placeholder for your library: the root of a `compact` proof.
 * The encoding is specified by PROOF-SSZ-010 and PROOF-SSZ-011 (docs/spec/binary-trees.md).
 * Delete this file once adapter.ts calls your own code.
 */
import { createHash } from "node:crypto";
import { Rejection } from "proofhouse/adapter";

const MAX_PROOF_BYTES = 64 * 2 ** 20;
const MAX_NODES = 2 ** 22;
const MAX_DEPTH = 1023;

/** Computes the root of `proof`: the bits of a shape, then the bottom nodes, 32 bytes each. */
export function compactRoot(proof: Uint8Array): Uint8Array {
  if (proof.length > MAX_PROOF_BYTES)
    throw new Rejection("limit-exceeded", `proof: more than ${MAX_PROOF_BYTES} bytes`);
  const nodes = countNodes(proof);
  const shapeBytes = Math.ceil(nodes / 8);
  const padding = (1 << (8 * shapeBytes - nodes)) - 1;
  if (proof[shapeBytes - 1] & padding) throw new Rejection("malformed", "the padding bits of the shape are not zero");
  const length = shapeBytes + 32 * Math.ceil(nodes / 2);
  if (proof.length !== length) throw new Rejection("malformed", `proof: ${proof.length} bytes, expected ${length}`);
  return fold(proof, nodes, shapeBytes);
}

/** Counts the bits of the shape, until bottom nodes exceed inner nodes by one. */
function countNodes(proof: Uint8Array): number {
  let nodes = 0;
  for (let missing = 1; missing > 0; nodes++) {
    if (nodes === 8 * proof.length) throw new Rejection("malformed", `the shape has no end within ${nodes} bits`);
    if (nodes === MAX_NODES) throw new Rejection("limit-exceeded", `proof: more than ${MAX_NODES} nodes`);
    missing += isBottom(proof, nodes) ? -1 : 1;
  }
  return nodes;
}

/** Hashes the tree in pre-order, without recursion. */
function fold(proof: Uint8Array, nodes: number, bottomsOffset: number): Uint8Array {
  // The inner nodes above the current node, each with its left child once it is known.
  const above: (Uint8Array | undefined)[] = [];
  let node: Uint8Array = new Uint8Array();
  let end = bottomsOffset;
  for (let index = 0; index < nodes; index++) {
    if (!isBottom(proof, index)) {
      above.push(undefined);
      if (above.length > MAX_DEPTH) throw new Rejection("limit-exceeded", `proof: deeper than ${MAX_DEPTH} levels`);
      continue;
    }
    node = proof.subarray(end, end + 32);
    end += 32;
    for (let left = above.at(-1); left !== undefined; left = above.at(-1)) {
      node = hash(left, node);
      above.pop();
    }
    if (above.length > 0) above[above.length - 1] = node;
  }
  return node;
}

/** The most significant bit of a byte is the first. */
function isBottom(shape: Uint8Array, index: number): boolean {
  return ((shape[index >> 3] >> (7 - (index & 7))) & 1) === 1;
}

function hash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash("sha256").update(left).update(right).digest();
}
