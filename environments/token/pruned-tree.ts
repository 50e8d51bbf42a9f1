/**
 * A multiproof of the backend `sparse` at depth 256 in the encoding `offsets64`.
 * It is read in place, without a copy and without host functions.
 *
 * A bottom node is a node whose children the proof does not hold.
 * An inner node is identified by its index in pre-order, a bottom node by its index from the left.
 * In a subtree of `count` bottom nodes that begins at (inner, bottom), the left child begins at (inner + 1, bottom)
 * and has `left` bottom nodes.
 * The right child begins at (inner + left, bottom + left).
 */
import { sha256OfPair } from "../hash/sha256";
import { allocate } from "../memory/allocate";
import { equal32 } from "../memory/equal-32";
import { zeroNode } from "./zero-nodes";

export const DEPTH: u32 = 256;
const NODE: usize = 32;
const COUNT: usize = 8;

/** The addresses of the counts, of the bottom nodes and of the hashes of the inner nodes. */
let counts: usize = 0;
let bottoms: usize = 0;
let inners: usize = 0;
let bottomCount: u32 = 0;

const pair: usize = memory.data(64);

/** Bit `level` of a key, counted from the most significant bit of the first byte. */
export function bitOf(key: usize, level: u32): u32 {
  return (u32(load<u8>(key + (level >> 3))) >> (7 - (level & 7))) & 1;
}

export function countOfBottoms(): u32 {
  return bottomCount;
}

/** The number of bottom nodes in the left subtree of an inner node. The proof must have been verified. */
export function leftOf(inner: u32): u32 {
  return u32(load<u64>(counts + COUNT * inner));
}

/** The hash, in the proof, of the subtree of `count` bottom nodes that begins at (inner, bottom). */
export function hashAt(inner: u32, bottom: u32, count: u32): usize {
  return count === 1 ? bottoms + NODE * bottom : inners + NODE * inner;
}

/** Checks the counts of a subtree and hashes its inner nodes. The depth of the tree bounds the recursion. */
function hash(inner: u32, bottom: u32, count: u32, level: u32): void {
  if (count === 1) return;
  assert(level < DEPTH);
  const stated = load<u64>(counts + COUNT * inner);
  assert(stated >= 1 && stated < count);
  const left = u32(stated);
  hash(inner + 1, bottom, left, level + 1);
  hash(inner + left, bottom + left, count - left, level + 1);
  memory.copy(pair, hashAt(inner + 1, bottom, left), NODE);
  memory.copy(pair + NODE, hashAt(inner + left, bottom + left, count - left), NODE);
  sha256OfPair(pair, inners + NODE * inner);
}

/** Verifies the proof at `start` against `root` and returns its end. Traps for a proof that does not verify. */
export function openProof(start: usize, end: usize, root: usize): usize {
  assert(end - start >= COUNT);
  const stated = load<u64>(start);
  // The bottom nodes, one count fewer, and the count of the bottom nodes itself.
  assert(stated >= 1 && stated <= (end - start) / (COUNT + NODE));
  bottomCount = u32(stated);
  counts = start + COUNT;
  bottoms = start + COUNT * bottomCount;
  inners = allocate(NODE * (bottomCount - 1));
  hash(0, 0, bottomCount, 0);
  assert(equal32(hashAt(0, 0, bottomCount), root));
  return bottoms + NODE * bottomCount;
}

/** Copies the leaf of the key to `to`, or zeros for an absent leaf. Traps for a key that the proof does not cover. */
export function copyLeaf(key: usize, to: usize): void {
  let inner: u32 = 0;
  let bottom: u32 = 0;
  let count = bottomCount;
  let level: u32 = 0;
  for (; count > 1; level++) {
    const left = leftOf(inner);
    if (bitOf(key, level) === 0) {
      inner += 1;
      count = left;
    } else {
      inner += left;
      bottom += left;
      count -= left;
    }
  }
  const node = bottoms + NODE * bottom;
  if (level === DEPTH) {
    memory.copy(to, node, NODE);
  } else {
    assert(equal32(node, zeroNode(DEPTH - level)));
    memory.fill(to, 0, NODE);
  }
}
