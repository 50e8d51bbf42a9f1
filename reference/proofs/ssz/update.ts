/** Writes to the bottom nodes of a proof. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { BOTTOM, descend, type HashedTree, nodeAt, type PrunedTree, verifyTree } from "../pruned-tree/pruned-tree.ts";
import type { Session } from "../transact.ts";
import { belowBottom } from "./keys.ts";

/**
 * A verified tree and the writes to it.
 *
 * A write marks the nodes above it as stale. They are hashed again only when a hash is read, so a node is stale whenever a
 * node below it is stale.
 *
 * Cost: reading a hash takes one hash for each stale node below it, and none if nothing was written since.
 */
export class OpenProof implements Session<Gindex, Bytes32> {
  readonly tree: HashedTree;
  readonly #hasher: NodeHasher;
  /** 1 at the position of each inner node whose hash is stale. */
  readonly #stale: Uint8Array;

  constructor(tree: PrunedTree, root: Bytes32, hasher: NodeHasher) {
    this.tree = { ...verifyTree(tree, root, hasher), bottoms: Uint8Array.from(tree.bottoms) };
    this.#hasher = hasher;
    this.#stale = new Uint8Array(tree.shape.length);
  }

  root(): Bytes32 {
    return this.#read(0);
  }

  get(gindex: Gindex): Bytes32 {
    return this.#read(this.#find(gindex));
  }

  /** A node that may be written. Errors: incomplete below a bottom node, invalid-argument at an inner node. */
  getBottom(gindex: Gindex): Bytes32 {
    const position = this.#find(gindex);
    if (this.tree.shape[position] === BOTTOM) return this.#read(position);
    throw new ProofError("invalid-argument", `node ${gindex} is an inner node of the proof`);
  }

  /** Req: PROOF-SSZ-051, PROOF-SSZ-091. Errors: incomplete below a bottom node, invalid-argument at an inner node. */
  set(gindex: Gindex, node: Bytes32): () => void {
    const position = this.#find(gindex);
    if (this.tree.shape[position] !== BOTTOM) {
      throw new ProofError(
        "invalid-argument",
        `node ${gindex} is an inner node of the proof; only bottom nodes can be written`,
      );
    }
    const before = Uint8Array.from(nodeAt(this.tree, position));
    this.#write(gindex, node);
    return () => this.#write(gindex, before);
  }

  #find(gindex: Gindex): number {
    const { position, levelsBelow } = descend(this.tree, gindexPath(gindex));
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
    return position;
  }

  /** Input: `gindex` is a bottom node. */
  #write(gindex: Gindex, node: Uint8Array): void {
    const { position } = descend(this.tree, gindexPath(gindex), (above) => {
      this.#stale[above] = 1;
    });
    this.tree.bottoms.set(node, 32 * this.tree.link[position]);
  }

  /** A copy, which later writes do not change. */
  #read(position: number): Bytes32 {
    this.#rehash(position);
    return Uint8Array.from(nodeAt(this.tree, position)) as Bytes32;
  }

  #rehash(top: number): void {
    const { link, innerHashes } = this.tree;
    const stale: number[] = [];
    const pending = [top];
    for (let position = pending.pop(); position !== undefined; position = pending.pop()) {
      if (this.#stale[position] === 0) continue;
      stale.push(position);
      pending.push(position + 1, link[position]);
    }
    // A node is found after its parent, and so hashed before it in reverse order.
    for (const position of stale.reverse()) {
      const [left, right] = [nodeAt(this.tree, position + 1), nodeAt(this.tree, link[position])];
      innerHashes.set(this.#hasher.hashPair(left, right), 32 * position);
      this.#stale[position] = 0;
    }
  }
}
