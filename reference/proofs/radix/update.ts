/** `update` and `transact`: writing through a proof. */
import { type Bytes32, equalBytes } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import type { Session } from "../transact.ts";
import { Overlay } from "../writes.ts";
import { buildTree } from "./build.ts";
import { type Change, type Key, lastChanges } from "./keys.ts";
import { decide, lookUp } from "./look-up.ts";
import type { Tree } from "./node.ts";
import { cutTree } from "./pieces.ts";

/**
 * Returns the tree after a batch of writes. Open are the new nodes and the old open nodes that are still in the tree.
 *
 * Req:    PROOF-RADIX-031, PROOF-RADIX-032, PROOF-RADIX-033, PROOF-RADIX-079, PROOF-RADIX-080, PROOF-RADIX-081.
 * Errors: incomplete for a key that the tree does not decide; invalid-argument for a key that is a prefix of another;
 *         incomplete for a sibling that is not open.
 * Cost:   O(bits) steps for each key; one hash for each node on the paths and for each sibling that moves.
 */
export function writeChanges(tree: Tree, writes: readonly Change[], hasher: NodeHasher): Tree {
  const changes = lastChanges(writes);
  return changes.length === 0 ? tree : buildTree(cutTree(tree, changes), hasher);
}

/**
 * A verified tree and the writes over it.
 *
 * Each root is computed from the tree of the last root. It needs the same nodes as if it were computed from the verified tree,
 * because a node that is not open cannot move.
 *
 * Req:  PROOF-RADIX-084, PROOF-RADIX-085, PROOF-RADIX-086, PROOF-RADIX-087.
 * Cost: a root takes a hash for each node on the paths of the keys that were written or undone since the last root.
 */
export class OpenProof implements Session<Key, Bytes32 | null> {
  readonly #tree: Tree;
  readonly #hasher: NodeHasher;
  readonly #overlay = new Overlay<Key, Bytes32 | null>((key) => key);
  /** The tree as of the last root. */
  #rooted: Tree;

  constructor(tree: Tree, hasher: NodeHasher) {
    this.#tree = tree;
    this.#rooted = tree;
    this.#hasher = hasher;
  }

  get(key: Key): Bytes32 | null {
    const written = this.#overlay.get(key);
    return written === undefined ? lookUp(this.#tree, key) : written.value;
  }

  set(key: Key, value: Bytes32 | null): () => void {
    return this.#overlay.set(key, value);
  }

  root(): Bytes32 {
    const changes = this.#overlay.takeTouched().map((key) => this.#overlay.get(key) ?? this.#proven(key));
    const needed = changes.filter((change) => change !== undefined && !this.#holds(change)) as Change[];
    this.#rooted = writeChanges(this.#rooted, needed, this.#hasher);
    return this.#rooted.root;
  }

  /** The value of a key whose write was undone. `undefined` when the proof does not decide it: then the tree did not change. */
  #proven(key: Key): Change | undefined {
    const value = decide(this.#tree, key);
    return value === undefined ? undefined : { key, value };
  }

  /** Whether the tree of the last root holds the value already. */
  #holds({ key, value }: Change): boolean {
    const rooted = decide(this.#rooted, key);
    if (rooted === undefined || rooted === null || value === null) return rooted === value;
    return equalBytes(rooted, value);
  }
}
