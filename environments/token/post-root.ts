/** Computes the root of the tree with the current values of the touched leaves. Hashes only the nodes on their paths. */
import { sha256OfPair } from "../hash/sha256";
import { allocate } from "../memory/allocate";
import { bitOf, countOfBottoms, DEPTH, hashAt, leftOf } from "./pruned-tree";
import { countOfLeaves, leafKey, leafValue } from "./touched-leaves";
import { zeroNode } from "./zero-nodes";

const NODE: usize = 32;
const PAIR: usize = 64;

/** For each level, the two children of the current node, and its hash. */
let pairs: usize = 0;
let nodes: usize = 0;

function setLeft(level: u32, node: usize): void {
  memory.copy(pairs + PAIR * level, node, NODE);
}

/** Sets the right child of a node whose left child is set, and returns its hash. */
function withRight(level: u32, node: usize): usize {
  const pair = pairs + PAIR * level;
  const to = nodes + NODE * level;
  memory.copy(pair + NODE, node, NODE);
  sha256OfPair(pair, to);
  return to;
}

/** Returns the first of the leaves [from, to) in the right subtree at this level, or `to` if there is none. */
function firstToTheRight(from: u32, to: u32, level: u32): u32 {
  let leaf = from;
  while (leaf < to && bitOf(leafKey(leaf), level) === 0) leaf++;
  return leaf;
}

/** Returns the root of a subtree whose only leaves are [from, to). */
function rootOfLeaves(level: u32, from: u32, to: u32): usize {
  if (from === to) return zeroNode(DEPTH - level);
  if (level === DEPTH) return leafValue(from);
  const middle = firstToTheRight(from, to, level);
  setLeft(level, rootOfLeaves(level + 1, from, middle));
  return withRight(level, rootOfLeaves(level + 1, middle, to));
}

/** Returns the root of the subtree of `count` bottom nodes at (inner, bottom), in which the leaves [from, to) were touched. */
function rootOf(inner: u32, bottom: u32, count: u32, level: u32, from: u32, to: u32): usize {
  if (from === to) return hashAt(inner, bottom, count);
  if (count === 1) return rootOfLeaves(level, from, to);
  const left = leftOf(inner);
  const middle = firstToTheRight(from, to, level);
  setLeft(level, rootOf(inner + 1, bottom, left, level + 1, from, middle));
  return withRight(level, rootOf(inner + left, bottom + left, count - left, level + 1, middle, to));
}

export function postRoot(): usize {
  pairs = allocate(PAIR * DEPTH);
  nodes = allocate(NODE * DEPTH);
  return rootOf(0, 0, countOfBottoms(), 0, 0, countOfLeaves());
}
