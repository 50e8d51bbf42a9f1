/** Writing to the bottoms of a proof. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, gindexPath } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { BOTTOM, descend, type HashedTree, nodeAt, type PrunedTree, verifyTree } from "../pruned-tree/pruned-tree.ts";
import type { Session } from "../transact.ts";
import { belowBottom } from "./keys.ts";

/**
 * A verified tree and what has been written to it.
 *
 * A write makes the hashes above it stale, and no more is done before a hash is asked for: so a node is stale whenever one
 * below it is.
 *
 * Cost: a hash that is asked for takes one for each stale node beneath it, so none when nothing was written since.
 */
export class OpenProof implements Session<Gindex, Bytes32> {
  readonly tree: HashedTree;
  readonly #hasher: NodeHasher;
  /** 1 at the position of each inner node whose hash is not that of its children. */
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

  /** A node that may be written. Errors: incomplete below a bottom, invalid-argument above one. */
  getBottom(gindex: Gindex): Bytes32 {
    const position = this.#find(gindex);
    if (this.tree.shape[position] === BOTTOM) return this.#read(position);
    throw new ProofError("invalid-argument", `node ${gindex} is an inner node of the proof`);
  }

  set(gindex: Gindex, node: Bytes32): () => void {
    const position = this.#find(gindex);
    if (this.tree.shape[position] !== BOTTOM) {
      throw new ProofError(
        "invalid-argument",
        `node ${gindex} is an inner node of the proof; only bottoms are written`,
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

  /** `gindex` is a bottom. */
  #write(gindex: Gindex, node: Uint8Array): void {
    const { position } = descend(this.tree, gindexPath(gindex), (above) => {
      this.#stale[above] = 1;
    });
    this.tree.bottoms.set(node, 32 * this.tree.link[position]);
  }

  /** A copy, which later writes leave as it is. */
  #read(position: number): Bytes32 {
    this.#rehash(position);
    return Uint8Array.from(nodeAt(this.tree, position)) as Bytes32;
  }

  #rehash(top: number): void {
    const { link, innerHashes } = this.tree;
    const stale: number[] = [];
    const waiting = [top];
    for (let position = waiting.pop(); position !== undefined; position = waiting.pop()) {
      if (this.#stale[position] === 0) continue;
      stale.push(position);
      waiting.push(position + 1, link[position]);
    }
    // Met after its parent on the way down, so hashed before it on the way back.
    for (const position of stale.reverse()) {
      const [left, right] = [nodeAt(this.tree, position + 1), nodeAt(this.tree, link[position])];
      innerHashes.set(this.#hasher.hashPair(left, right), 32 * position);
      this.#stale[position] = 0;
    }
  }
}
