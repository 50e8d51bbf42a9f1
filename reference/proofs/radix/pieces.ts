/**
 * Cuts a tree along the paths of the changed keys into pieces: the leaves and whole subtrees of the new tree, left to right.
 *
 * The bits at which neighbours part determine the tree over them, as for sorted keys, and `build.ts` joins them again. So only
 * the final map of a batch matters, and a chain of collapses takes as many steps as one collapse.
 */
import { bitAt } from "../../core/bits.ts";
import { type Bytes32, compareBytes } from "../../core/bytes.ts";
import { type Change, commonBits, type Key, uncovered } from "./keys.ts";
import {
  createLeaf,
  isEmptyRoot,
  leafKey,
  type OpenNode,
  PREFIX_BIT,
  type Side,
  subtreeRoot,
  type Tree,
} from "./node.ts";

/** The first `bits` bits of a key, which two neighbours share. */
export interface Shared {
  readonly bits: number;
  readonly key: Key;
}

/** Where a subtree was in the old tree: on `side` of the bit before its `start`, below the bits of `key`. */
export interface Position {
  readonly start: number;
  readonly key: Key | undefined;
  readonly side: Side;
}

/** A leaf or a subtree of the new tree. */
export interface Piece {
  /** What it shares with the piece before it; `undefined` for the first piece. */
  readonly shared: Shared | undefined;
  /** `undefined` when it is not open. */
  readonly node: OpenNode | undefined;
  /** `undefined` for a new leaf. */
  readonly root: Bytes32 | undefined;
  /** Its position in the old tree; `undefined` for a new leaf. */
  readonly position: Position | undefined;
}

/**
 * Cuts a tree into pieces.
 *
 * Req:    PROOF-RADIX-082, PROOF-RADIX-083.
 * Input:  `changes` by ascending key, each key once.
 * Errors: incomplete for a change of a key that the tree does not decide.
 * Cost:   O(bits) steps for each key and one for each node on its path; no hash, no recursion.
 */
export function cutTree(tree: Tree, changes: readonly Change[]): Piece[] {
  const cutter = new Cutter(changes);
  cutter.cut(tree);
  return cutter.pieces;
}

/** A subtree of the old tree and the changes below it, from index `from` to `to`. */
interface Subtree {
  readonly node: OpenNode | undefined;
  readonly root: Bytes32;
  readonly position: Position;
  readonly from: number;
  readonly to: number;
}

/** The remaining work, from left to right: a subtree, new leaves, or a bit at which its two neighbours part. */
type Task = Subtree | { readonly leaves: readonly [from: number, to: number] } | { readonly parts: Shared };

class Cutter {
  readonly pieces: Piece[] = [];
  readonly #changes: readonly Change[];
  /** The fewest bits that neighbours have shared since the last piece: the bits that the next piece shares with that piece. */
  #shared: Shared | undefined;

  constructor(changes: readonly Change[]) {
    this.#changes = changes;
  }

  cut({ top, root }: Tree): void {
    const whole = {
      node: top,
      root,
      position: { start: 0, key: undefined, side: 0 },
      from: 0,
      to: this.#changes.length,
    };
    const pending: Task[] = [whole as Subtree];
    for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
      if ("parts" in task) this.#part(task.parts);
      else if ("leaves" in task) this.#leaves(...task.leaves);
      else pending.push(...this.#subtree(task).reverse());
    }
  }

  #part(shared: Shared): void {
    if (this.#shared === undefined || shared.bits < this.#shared.bits) this.#shared = shared;
  }

  #emit(piece: Omit<Piece, "shared">): void {
    this.pieces.push({ ...piece, shared: this.pieces.length === 0 ? undefined : this.#shared });
    this.#shared = undefined;
  }

  #keep({ node, root, position }: Subtree): void {
    this.#emit({ node, root, position });
  }

  /** Emits new leaves. Keys that are deleted or stay absent emit nothing, but their bits count between their neighbours. */
  #leaves(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const { key, value } = this.#changes[index];
      if (index > from) this.#part(sharedBits(this.#changes[index - 1].key, key));
      if (value !== null) this.#emit({ node: createLeaf(key, value), root: undefined, position: undefined });
    }
  }

  #subtree(subtree: Subtree): Task[] {
    const { node, root, from, to } = subtree;
    if (isEmptyRoot(root)) this.#leaves(from, to);
    else if (from === to) this.#keep(subtree);
    else if (node === undefined) throw uncovered(this.#changes[from].key);
    else if (node.isLeaf) this.#besideLeaf(subtree, leafKey(node));
    else return this.#below(subtree);
    return [];
  }

  /** Emits the changes left of a leaf, the leaf unless it is changed itself, and the changes right of it. */
  #besideLeaf(leaf: Subtree, key: Key): void {
    const { from, to } = leaf;
    let index = from;
    while (index < to && compareBytes(this.#changes[index].key, key) < 0) index += 1;
    if (index < to && compareBytes(this.#changes[index].key, key) === 0) {
      this.#leaves(from, to);
      return;
    }
    this.#leaves(from, index);
    if (from < index) this.#part(sharedBits(this.#changes[index - 1].key, key));
    this.#keep(leaf);
    if (index < to) this.#part(sharedBits(key, this.#changes[index].key));
    this.#leaves(index, to);
  }

  /**
   * Returns the tasks of an internal node: the changes left of everything below it, the changes below it, and the changes right
   * of everything below it.
   *
   * A key that ends before the branching bit is left of everything below, as a prefix is.
   */
  #below(subtree: Subtree): Task[] {
    const { node, position, from, to } = subtree;
    if (node === undefined || node.isLeaf) throw new TypeError("not an internal node");
    const { start } = position;
    const branch = start + node.prefixLength;
    /** The number of bits that a key shares with everything below. */
    const agreed = (index: number): number => {
      const { key } = this.#changes[index];
      const most = Math.min(node.prefixLength, 8 * key.length - start);
      return start + commonBits(key, start, node.preimage, PREFIX_BIT, most);
    };
    /** The order of a key: −1 left of everything below, 0 or 1 for its side below, 2 right of everything below. */
    const whereIs = (index: number): number => {
      const { key } = this.#changes[index];
      const parting = agreed(index);
      if (parting === 8 * key.length) return -1;
      const bit = bitAt(key, parting);
      if (parting === branch) return bit;
      return bit === 0 ? -1 : 2;
    };
    const ends = [from, from, from, to];
    for (let index = from; index < to; index++) {
      for (let where = whereIs(index) + 1; where < 3; where++) ends[where] = index + 1;
    }
    const [left, middle, right] = ends;
    const tasks: Task[] = [];
    if (from < left) tasks.push({ leaves: [from, left] }, { parts: this.#sharedWith(left - 1, agreed(left - 1)) });
    if (left === right) {
      tasks.push({ ...subtree, from: left, to: left });
    } else {
      const { key } = this.#changes[left];
      const child = (side: Side, begin: number, end: number): Subtree => ({
        node: side === 0 ? node.left : node.right,
        root: subtreeRoot(node, side),
        position: { start: branch + 1, key, side },
        from: begin,
        to: end,
      });
      tasks.push(child(0, left, middle), { parts: { bits: branch, key } }, child(1, middle, right));
    }
    if (right < to) tasks.push({ parts: this.#sharedWith(right, agreed(right)) }, { leaves: [right, to] });
    return tasks;
  }

  #sharedWith(index: number, bits: number): Shared {
    return { bits, key: this.#changes[index].key };
  }
}

function sharedBits(a: Key, b: Key): Shared {
  return { bits: commonBits(a, 0, b, 0, 8 * Math.min(a.length, b.length)), key: a };
}
