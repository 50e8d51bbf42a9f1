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
 * The tree after a batch of writes, the last one of a key counting: what was open and is still there, and what is new.
 *
 * Req:    PROOF-RADIX-003, PROOF-RADIX-031 … PROOF-RADIX-033.
 * Errors: incomplete for a key that the tree does not decide; invalid-argument for a key that is a prefix of another;
 *         incomplete for a sibling that is not open.
 * Cost:   O(bits) steps for each key; one hash for each node on the paths, and for each sibling that moves.
 */
export function writeChanges(tree: Tree, writes: readonly Change[], hasher: NodeHasher): Tree {
  const changes = lastChanges(writes);
  return changes.length === 0 ? tree : buildTree(cutTree(tree, changes), hasher);
}

/**
 * A verified tree and what has been written over it.
 *
 * A root is worked out from the one before. It asks for the same nodes as if it were from the verified tree: what is not
 * open keeps its place under every root, since it cannot move.
 *
 * Req:  PROOF-RADIX-034. A write needs no node of the proof; the root after it does.
 * Cost: a root takes a hash for each node on the paths of the keys that were written, or taken back, since the one before.
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

  /** What a key is to hold again. A write that was taken back asks nothing of the proof: what it does not decide stays. */
  #proven(key: Key): Change | undefined {
    const value = decide(this.#tree, key);
    return value === undefined ? undefined : { key, value };
  }

  /** Whether the last root says the same already. */
  #holds({ key, value }: Change): boolean {
    const rooted = decide(this.#rooted, key);
    if (rooted === undefined || rooted === null || value === null) return rooted === value;
    return equalBytes(rooted, value);
  }
}
