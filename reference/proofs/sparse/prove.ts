/** `prove`: builds the smallest proof of some keys from all leaves of a tree. */
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
 * A node stays open if it has both a present leaf and a requested key below it. A closed subtree is hashed at once, so that
 * the whole tree, which may have 256 levels, is never built.
 *
 * Req:    PROOF-SPARSE-005, PROOF-SPARSE-031, PROOF-SPARSE-032, PROOF-SPARSE-035, PROOF-SPARSE-036.
 * Input:  `leaves` in any order, the last one of a key counts; `keys` are the keys to cover.
 * Cost:   one hash for each inner node of the whole tree above a present leaf, except the nodes that stay open: the
 *         computation of the root hashes these.
 */
export function provePruned(
  leaves: readonly Leaf[],
  keys: readonly Key[],
  depth: number,
  hasher: NodeHasher,
): PrunedTree {
  const entries = lastLeaves(leaves).filter((leaf): leaf is Entry => leaf.value !== null);
  const requested = lastLeaves(keys.map((key) => ({ key, value: null })));
  const shape: number[] = [];
  const bottoms: Bytes32[] = [];
  const pending = [{ level: 0, entries: [0, entries.length], requested: [0, requested.length] }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { level } = node;
    const [fromEntry, toEntry] = node.entries;
    const [fromRequested, toRequested] = node.requested;
    checkLimit("nodes of the pruned tree", shape.length + 1, MAX_TREE_NODES);
    if (level === depth || fromEntry === toEntry || fromRequested === toRequested) {
      shape.push(BOTTOM);
      bottoms.push(subtreeRoot(entries.slice(fromEntry, toEntry), level, depth, hasher));
      continue;
    }
    const entryMiddle = leftHalf(entries, fromEntry, toEntry, level);
    const requestedMiddle = leftHalf(requested, fromRequested, toRequested, level);
    shape.push(INNER);
    pending.push(
      { level: level + 1, entries: [entryMiddle, toEntry], requested: [requestedMiddle, toRequested] },
      { level: level + 1, entries: [fromEntry, entryMiddle], requested: [fromRequested, requestedMiddle] },
    );
  }
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(bottoms) };
}

/** A finished subtree whose right neighbour is not finished. */
interface PendingSubtree {
  readonly level: number;
  readonly node: Bytes32;
}

/**
 * The root of the subtree at `level` with exactly `entries`, sorted by key.
 *
 * The loop hashes from each leaf up to where the path of the next leaf joins; that node is a left child and is kept. On the
 * way, the sibling is a kept left neighbour or an empty subtree.
 */
function subtreeRoot(entries: readonly Entry[], level: number, depth: number, hasher: NodeHasher): Bytes32 {
  if (entries.length === 0) return ZERO_NODES[depth - level];
  const pending: PendingSubtree[] = [];
  for (const [index, { key, value }] of entries.entries()) {
    const next = entries[index + 1];
    const target = next === undefined ? level : firstDifferentBit(key, next.key) + 1;
    let node = value;
    for (let nodeLevel = depth; nodeLevel > target; nodeLevel--) {
      if (pending.at(-1)?.level === nodeLevel) node = hasher.hashPair((pending.pop() as PendingSubtree).node, node);
      else if (bitAt(key, nodeLevel - 1) === 0) node = hasher.hashPair(node, ZERO_NODES[depth - nodeLevel]);
      else node = hasher.hashPair(ZERO_NODES[depth - nodeLevel], node);
    }
    pending.push({ level: target, node });
  }
  return pending[0].node;
}

/** The first bit in which two different keys differ. */
function firstDifferentBit(a: Key, b: Key): number {
  let index = 0;
  while (a[index] === b[index]) index += 1;
  return 8 * index + Math.clz32(a[index] ^ b[index]) - 24;
}
