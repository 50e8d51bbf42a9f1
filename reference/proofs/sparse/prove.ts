/** `prove`: from all leaves of a tree to the smallest proof of some keys. */

import { bitAt } from "../../core/bits.ts";
import type { Bytes32 } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { ZERO_NODES } from "../../core/zero-nodes.ts";
import { BOTTOM, INNER, joinNodes, type PrunedTree } from "../pruned-tree/pruned-tree.ts";
import { type Key, type Leaf, lastLeaves, leftHalf } from "./keys.ts";

/** A present leaf. */
type Entry = Leaf & { readonly value: Bytes32 };

/**
 * Builds the canonical proof.
 *
 * A node stays open while it holds both a leaf and a key that is asked for; what is closed is hashed at once, so that the
 * tree, which may have 256 levels, is never built.
 *
 * Req:    PROOF-SPARSE-005.
 * Input:  `leaves` in any order, the last one of a key counts; `keys` to be decided.
 * Cost:   one hash for each inner node of the whole tree that lies above a present leaf, less those that stay open: they
 *         are hashed by whoever computes the root.
 */
export function provePruned(
  leaves: readonly Leaf[],
  keys: readonly Key[],
  depth: number,
  hasher: NodeHasher,
): PrunedTree {
  const entries = lastLeaves(leaves).filter((leaf): leaf is Entry => leaf.value !== null);
  const asked = lastLeaves(keys.map((key) => ({ key, value: null })));
  const shape: number[] = [];
  const bottoms: Bytes32[] = [];
  const waiting = [{ level: 0, entries: [0, entries.length], asked: [0, asked.length] }];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { level } = node;
    const [fromEntry, toEntry] = node.entries;
    const [fromAsked, toAsked] = node.asked;
    checkLimit("nodes of the pruned tree", shape.length + 1, MAX_TREE_NODES);
    if (level === depth || fromEntry === toEntry || fromAsked === toAsked) {
      shape.push(BOTTOM);
      bottoms.push(subtreeRoot(entries.slice(fromEntry, toEntry), level, depth, hasher));
      continue;
    }
    const entryMiddle = leftHalf(entries, fromEntry, toEntry, level);
    const askedMiddle = leftHalf(asked, fromAsked, toAsked, level);
    shape.push(INNER);
    waiting.push(
      { level: level + 1, entries: [entryMiddle, toEntry], asked: [askedMiddle, toAsked] },
      { level: level + 1, entries: [fromEntry, entryMiddle], asked: [fromAsked, askedMiddle] },
    );
  }
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(bottoms) };
}

/** A finished subtree that waits for its right neighbour. */
interface Waiting {
  readonly level: number;
  readonly node: Bytes32;
}

/**
 * The root of the subtree at `level` that holds exactly `entries`, sorted by key.
 *
 * Each leaf climbs until it meets the path of the next one; there it waits as a left child. On its way it meets a left
 * neighbour that waits, or an empty subtree.
 */
function subtreeRoot(entries: readonly Entry[], level: number, depth: number, hasher: NodeHasher): Bytes32 {
  if (entries.length === 0) return ZERO_NODES[depth - level];
  const waiting: Waiting[] = [];
  for (const [index, { key, value }] of entries.entries()) {
    const next = entries[index + 1];
    const target = next === undefined ? level : firstDifferentBit(key, next.key) + 1;
    let node = value;
    for (let at = depth; at > target; at--) {
      if (waiting.at(-1)?.level === at) node = hasher.hashPair((waiting.pop() as Waiting).node, node);
      else if (bitAt(key, at - 1) === 0) node = hasher.hashPair(node, ZERO_NODES[depth - at]);
      else node = hasher.hashPair(ZERO_NODES[depth - at], node);
    }
    waiting.push({ level: target, node });
  }
  return waiting[0].node;
}

/** The level at which two different keys part. */
function firstDifferentBit(a: Key, b: Key): number {
  let index = 0;
  while (a[index] === b[index]) index += 1;
  return 8 * index + Math.clz32(a[index] ^ b[index]) - 24;
}
