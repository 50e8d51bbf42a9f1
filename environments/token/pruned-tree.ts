/**
 * A multiproof of the backend `sparse` at depth 256 in its encoding `offsets64`, read in place: nothing of it is copied, and
 * the host knows nothing of it.
 *
 * An inner node is known by its place in pre-order, a bottom by its place from the left. Below a subtree of `count` bottoms
 * that begins at (inner, bottom), the left child begins at (inner + 1, bottom) and has `left` of them, the right child at
 * (inner + left, bottom + left).
 */
import { sha256OfPair } from "../hash/sha256";
import { allocate } from "../memory/allocate";
import { equal32 } from "../memory/equal-32";
import { zeroNode } from "./zero-nodes";

export const DEPTH: u32 = 256;
const NODE: usize = 32;
const COUNT: usize = 8;

/** Where the counts, the bottoms and the hashes of the inner nodes begin. */
let counts: usize = 0;
let bottoms: usize = 0;
let inners: usize = 0;
let bottomCount: u32 = 0;

const pair: usize = memory.data(64);

/** Bit `level` of a key, from the most significant of its first byte. */
export function bitOf(key: usize, level: u32): u32 {
  return (u32(load<u8>(key + (level >> 3))) >> (7 - (level & 7))) & 1;
}

export function countOfBottoms(): u32 {
  return bottomCount;
}

/** How many bottoms the left subtree of an inner node has, once the proof has been checked. */
export function leftOf(inner: u32): u32 {
  return u32(load<u64>(counts + COUNT * inner));
}

/** The hash of the subtree of `count` bottoms that begins at (inner, bottom), as the proof has it. */
export function hashAt(inner: u32, bottom: u32, count: u32): usize {
  return count === 1 ? bottoms + NODE * bottom : inners + NODE * inner;
}

/** Checks the counts of a subtree and hashes its inner nodes. The recursion ends at the depth of the tree. */
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

/** Reads the proof at `start`, which must be one under `root`, and returns where it ends. */
export function openProof(start: usize, end: usize, root: usize): usize {
  assert(end - start >= COUNT);
  const stated = load<u64>(start);
  // The bottoms and one count less, and the count of the bottoms itself.
  assert(stated >= 1 && stated <= (end - start) / (COUNT + NODE));
  bottomCount = u32(stated);
  counts = start + COUNT;
  bottoms = start + COUNT * bottomCount;
  inners = allocate(NODE * (bottomCount - 1));
  hash(0, 0, bottomCount, 0);
  assert(equal32(hashAt(0, 0, bottomCount), root));
  return bottoms + NODE * bottomCount;
}

/** Copies the leaf under the key to `to`, zeros where there is none. A key that the proof does not cover traps. */
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
