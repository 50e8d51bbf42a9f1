/** `update` and `transact`: writes through a proof. */
import { type Bytes32, toHex } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { checkLimit, MAX_TREE_NODES } from "../../core/limits.ts";
import { ZERO_NODES } from "../../core/zero-nodes.ts";
import {
  BOTTOM,
  bottomAt,
  type HashedTree,
  hashTree,
  INNER,
  joinNodes,
  nodeAt,
  type PrunedTree,
} from "../pruned-tree/pruned-tree.ts";
import type { Session } from "../transact.ts";
import { Overlay } from "../writes.ts";
import { normalise } from "./canonical.ts";
import { type Key, type Leaf, lastLeaves, leftHalf } from "./keys.ts";
import { decide, lookUp } from "./look-up.ts";
import { WrittenTree } from "./written-tree.ts";

/**
 * The tree after a batch of writes, in canonical form. The last write of a key counts.
 *
 * Req:    PROOF-SPARSE-007, PROOF-SPARSE-031, PROOF-SPARSE-040, PROOF-SPARSE-042, PROOF-SPARSE-044.
 * Errors: incomplete for the first write to a key that the tree does not cover; limit-exceeded.
 * Cost:   one hash for each inner node of the new tree.
 */
export function writeLeaves(
  tree: HashedTree,
  writes: readonly Leaf[],
  depth: number,
  hasher: NodeHasher,
): { root: Bytes32; tree: PrunedTree } {
  const before = new Map(writes.map(({ key }) => [toHex(key), lookUp(tree, key, depth)]));
  const changes = lastLeaves(writes).filter(({ key, value }) => value !== null || before.get(toHex(key)) !== null);
  const written = hashTree(rebuild(tree, changes, depth), hasher);
  return { root: nodeAt(written, 0), tree: normalise(written, depth) };
}

/** The tree with `changes` applied. Req: PROOF-SPARSE-041. */
function rebuild(tree: HashedTree, changes: readonly Leaf[], depth: number): PrunedTree {
  const shape: number[] = [];
  const bottoms: Uint8Array[] = [];
  /** Unvisited nodes; nodes below an expanded zero subtree have no position. */
  const pending: { position: number | undefined; level: number; from: number; to: number }[] = [
    { position: 0, level: 0, from: 0, to: changes.length },
  ];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { position, level, from, to } = visit;
    checkLimit("nodes of the pruned tree", shape.length + 1, MAX_TREE_NODES);
    const isInner = position !== undefined && tree.shape[position] === INNER;
    if (!isInner && (from === to || level === depth)) {
      shape.push(BOTTOM);
      if (from < to) bottoms.push(changes[from].value ?? ZERO_NODES[0]);
      else bottoms.push(position === undefined ? ZERO_NODES[depth - level] : bottomAt(tree, tree.link[position]));
      continue;
    }
    const middle = leftHalf(changes, from, to, level);
    const [left, right] = isInner ? [position + 1, tree.link[position]] : [];
    shape.push(INNER);
    pending.push(
      { position: right, level: level + 1, from: middle, to },
      { position: left, level: level + 1, from, to: middle },
    );
  }
  return { shape: Uint8Array.from(shape), bottoms: joinNodes(bottoms) };
}

/**
 * A verified tree and the writes over it. A write needs no node of the proof, but the root after it does.
 *
 * Req:  PROOF-SPARSE-045, PROOF-SPARSE-046, PROOF-SPARSE-047.
 * Cost: a root takes at most `depth` hashes for each write, and for each undone write, since the root before.
 */
export class OpenProof implements Session<Key, Bytes32 | null> {
  readonly #tree: HashedTree;
  readonly #depth: number;
  readonly #overlay = new Overlay<Key, Bytes32 | null>((key) => key);
  /** The tree at the time of the last root. */
  readonly #rooted: WrittenTree;

  constructor(tree: HashedTree, depth: number, hasher: NodeHasher) {
    this.#tree = tree;
    this.#depth = depth;
    this.#rooted = new WrittenTree(tree, depth, hasher);
  }

  get(key: Key): Bytes32 | null {
    const written = this.#overlay.get(key);
    return written === undefined ? lookUp(this.#tree, key, this.#depth) : written.value;
  }

  set(key: Key, value: Bytes32 | null): () => void {
    return this.#overlay.set(key, value);
  }

  root(): Bytes32 {
    for (const key of this.#overlay.takeTouched()) {
      const written = this.#overlay.get(key);
      // An undone write needs nothing from the proof.
      if (written === undefined && decide(this.#tree, key, this.#depth) === undefined) continue;
      const proven = lookUp(this.#tree, key, this.#depth);
      this.#rooted.write(key, written === undefined ? proven : written.value);
    }
    return this.#rooted.root();
  }
}
