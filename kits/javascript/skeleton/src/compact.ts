/**
 * Stands in for your library: the root of a `compact` proof (CONFORMANCE.md, chapter 7).
 * Once adapter.ts calls your own code, delete this file.
 */
import { createHash } from "node:crypto";
import { Rejection } from "proofhouse/adapter";

const MAX_PROOF_BYTES = 64 * 2 ** 20;
const MAX_NODES = 2 ** 22;
const MAX_DEPTH = 1023;

/** The root of the pruned tree in `proof`: its shape in bits, then its bottoms, 32 bytes each. */
export function compactRoot(proof: Uint8Array): Uint8Array {
  if (proof.length > MAX_PROOF_BYTES) throw new Rejection("limit-exceeded", `more than ${MAX_PROOF_BYTES} bytes`);
  const nodes = countNodes(proof);
  const shapeBytes = Math.ceil(nodes / 8);
  const padding = (1 << (8 * shapeBytes - nodes)) - 1;
  if (proof[shapeBytes - 1] & padding) throw new Rejection("malformed", "the padding of the shape is not zero");
  const length = shapeBytes + 32 * Math.ceil(nodes / 2);
  if (proof.length !== length) throw new Rejection("malformed", `${proof.length} bytes, expected ${length}`);
  return fold(proof, nodes, shapeBytes);
}

/** How many bits the shape has: they end when the bottoms exceed the inner nodes by one. */
function countNodes(proof: Uint8Array): number {
  let nodes = 0;
  for (let missing = 1; missing > 0; nodes++) {
    if (nodes === 8 * proof.length) throw new Rejection("malformed", `no end of the shape in ${nodes} bits`);
    if (nodes === MAX_NODES) throw new Rejection("limit-exceeded", `more than ${MAX_NODES} nodes`);
    missing += isBottom(proof, nodes) ? -1 : 1;
  }
  return nodes;
}

/** Hashes the tree in the order of its shape, from left to right and without recursion. */
function fold(proof: Uint8Array, nodes: number, bottomsAt: number): Uint8Array {
  // The inner nodes above the present one, each with its left child once it is known.
  const above: (Uint8Array | undefined)[] = [];
  let node: Uint8Array = new Uint8Array();
  let end = bottomsAt;
  for (let index = 0; index < nodes; index++) {
    if (!isBottom(proof, index)) {
      above.push(undefined);
      if (above.length > MAX_DEPTH) throw new Rejection("limit-exceeded", `deeper than ${MAX_DEPTH} levels`);
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

/** Bits are counted from the most significant one of the first byte. */
function isBottom(shape: Uint8Array, index: number): boolean {
  return ((shape[index >> 3] >> (7 - (index & 7))) & 1) === 1;
}

function hash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash("sha256").update(left).update(right).digest();
}
