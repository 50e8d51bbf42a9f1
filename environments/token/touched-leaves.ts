/** The leaves that a block has touched, with their current values, by ascending key. */
import { allocate } from "../memory/allocate";
import { copyLeaf } from "./pruned-tree";

const NODE: usize = 32;
/** Key and value. */
const LEAF: usize = 64;

let leaves: usize = 0;
let room: u32 = 0;
let count: u32 = 0;

export function countOfLeaves(): u32 {
  return count;
}

export function leafKey(leaf: u32): usize {
  return leaves + LEAF * leaf;
}

export function leafValue(leaf: u32): usize {
  return leafKey(leaf) + NODE;
}

/** Allocates memory for the largest number of leaves that a block can touch. */
export function expectLeaves(most: u32): void {
  leaves = allocate(LEAF * most);
  room = most;
}

/** Whether the key at `a` is less than the key at `b`. */
function isBefore(a: usize, b: usize): bool {
  for (let at: usize = 0; at < NODE; at += 8) {
    const left = bswap<u64>(load<u64>(a + at));
    const right = bswap<u64>(load<u64>(b + at));
    if (left !== right) return left < right;
  }
  return false;
}

/** The index of the key, or the index at which it would be inserted. */
function positionOf(key: usize): u32 {
  let from: u32 = 0;
  let to = count;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isBefore(leafKey(middle), key)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The leaf of this key. The first touch copies it from the proof. Traps for a key that the proof does not cover. */
export function touch(key: usize): u32 {
  const leaf = positionOf(key);
  if (leaf < count && !isBefore(key, leafKey(leaf))) return leaf;
  assert(count < room);
  memory.copy(leafKey(leaf + 1), leafKey(leaf), LEAF * (count - leaf));
  count += 1;
  memory.copy(leafKey(leaf), key, NODE);
  copyLeaf(key, leafValue(leaf));
  return leaf;
}
