/** A verified tree with writes, which is hashed again only along the paths of the writes. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { ZERO_NODES } from "../../core/zero-nodes.ts";
import { BOTTOM, type HashedTree, nodeAt } from "../pruned-tree/pruned-tree.ts";
import { type Key, keyPath } from "./keys.ts";

/** A node on the path to a written leaf. */
interface Patch {
  /** Its position in the verified tree; `undefined` below an expanded zero subtree. */
  readonly position: number | undefined;
  readonly children: [Patch | undefined, Patch | undefined];
  /** `undefined` while it is stale; every node above is stale then, too. */
  hash: Bytes32 | undefined;
}

export class WrittenTree {
  readonly #tree: HashedTree;
  readonly #depth: number;
  readonly #hasher: NodeHasher;
  readonly #top: Patch;

  constructor(tree: HashedTree, depth: number, hasher: NodeHasher) {
    this.#tree = tree;
    this.#depth = depth;
    this.#hasher = hasher;
    this.#top = { position: 0, children: [undefined, undefined], hash: nodeAt(tree, 0) };
  }

  /** Input: a key that the verified tree covers. */
  write(key: Key, value: Bytes32 | null): void {
    let patch = this.#top;
    for (const side of keyPath(key, this.#depth)) {
      patch.hash = undefined;
      patch.children[side] ??= {
        position: this.#childPosition(patch, side),
        children: [undefined, undefined],
        hash: undefined,
      };
      patch = patch.children[side];
    }
    patch.hash = value ?? ZERO_NODES[0];
  }

  /** Cost: one hash for each node above a leaf that was written since the last root. */
  root(): Bytes32 {
    const stale: { patch: Patch; level: number }[] = [];
    const pending: { patch: Patch | undefined; level: number }[] = [{ patch: this.#top, level: 0 }];
    for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
      const { patch, level } = visit;
      if (patch === undefined || patch.hash !== undefined) continue;
      stale.push({ patch, level });
      for (const child of patch.children) pending.push({ patch: child, level: level + 1 });
    }
    // A node is found after its parent, and so hashed before it in reverse order.
    for (const { patch, level } of stale.reverse()) {
      const [left, right] = [this.#childHash(patch, 0, level + 1), this.#childHash(patch, 1, level + 1)];
      patch.hash = this.#hasher.hashPair(left, right);
    }
    return this.#top.hash as Bytes32;
  }

  #childPosition({ position }: Patch, side: number): number | undefined {
    if (position === undefined || this.#tree.shape[position] === BOTTOM) return undefined;
    return side === 0 ? position + 1 : this.#tree.link[position];
  }

  /** `level` is the level of the child. */
  #childHash(patch: Patch, side: number, level: number): Bytes32 {
    const written = patch.children[side];
    if (written !== undefined) return written.hash as Bytes32;
    const position = this.#childPosition(patch, side);
    return position === undefined ? ZERO_NODES[this.#depth - level] : nodeAt(this.#tree, position);
  }
}
