/**
 * The root of the tree with the current values of the touched leaves.
 * Nodes beside their paths are not hashed again.
 */
import { sha256OfPair } from "../hash/sha256";
import { allocate } from "../memory/allocate";
import { bitOf, countOfBottoms, DEPTH, hashAt, leftOf } from "./pruned-tree";
import { countOfLeaves, leafKey, leafValue } from "./touched-leaves";
import { zeroNode } from "./zero-nodes";

const NODE: usize = 32;
const PAIR: usize = 64;

/** For each level: the two children of the current node, and their hash. */
let pairs: usize = 0;
let nodes: usize = 0;

function setLeft(level: u32, node: usize): void {
  memory.copy(pairs + PAIR * level, node, NODE);
}

/** Hashes the node of this level from the left child that was set and this right child. */
function withRight(level: u32, node: usize): usize {
  const pair = pairs + PAIR * level;
  const to = nodes + NODE * level;
  memory.copy(pair + NODE, node, NODE);
  sha256OfPair(pair, to);
  return to;
}

/** The first of the leaves [from, to) that belongs to the right child at this level; `to` when there is none. */
function firstToTheRight(from: u32, to: u32, level: u32): u32 {
  let leaf = from;
  while (leaf < to && bitOf(leafKey(leaf), level) === 0) leaf++;
  return leaf;
}

/** The root of a subtree whose only leaves are [from, to). */
function rootOfLeaves(level: u32, from: u32, to: u32): usize {
  if (from === to) return zeroNode(DEPTH - level);
  if (level === DEPTH) return leafValue(from);
  const middle = firstToTheRight(from, to, level);
  setLeft(level, rootOfLeaves(level + 1, from, middle));
  return withRight(level, rootOfLeaves(level + 1, middle, to));
}

/**
 * The root of the subtree of `count` bottom nodes that begins at (inner, bottom).
 * Its touched leaves are [from, to).
 */
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
