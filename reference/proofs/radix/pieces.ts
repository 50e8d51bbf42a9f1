/**
 * A tree cut up along the paths of what is written: the leaves and whole subtrees of the new tree, from left to right.
 *
 * Where neighbours part says everything about the tree over them, as it does of sorted keys: `build.ts` puts them together
 * again. So a batch is judged by the final map alone, and a chain of collapses takes no more steps than one.
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

/** The first bits of a key: as many as two neighbours share. */
export interface Shared {
  readonly bits: number;
  readonly key: Key;
}

/** What an old subtree hangs from: it is on `side` of the bit before its `start`, the bits above are those of `key`. */
export interface Place {
  readonly start: number;
  readonly key: Key | undefined;
  readonly side: Side;
}

/** A leaf or a subtree of the new tree. */
export interface Piece {
  /** What it shares with the piece before it; nothing, not even the root node, for the first one. */
  readonly shared: Shared | undefined;
  /** `undefined` where it is not open. */
  readonly node: OpenNode | undefined;
  /** `undefined` for a leaf that is new. */
  readonly root: Bytes32 | undefined;
  /** Where it was; `undefined` for a leaf that is new. */
  readonly place: Place | undefined;
}

/**
 * Cuts a tree up.
 *
 * Input:  `changes` by ascending key, each key once.
 * Errors: incomplete for a change of a key that the tree does not decide.
 * Cost:   O(bits) steps for each key and one for each node on its path; no hash, no recursion.
 */
export function cutTree(tree: Tree, changes: readonly Change[]): Piece[] {
  const cutter = new Cutter(changes);
  cutter.cut(tree);
  return cutter.pieces;
}

/** A subtree of the old tree and the changes below it: those from `from` to `to`. */
interface Subtree {
  readonly node: OpenNode | undefined;
  readonly root: Bytes32;
  readonly place: Place;
  readonly from: number;
  readonly to: number;
}

/** What is to come, from left to right: a subtree, new leaves, or a bit at which what is left of it parts from what is right. */
type Task = Subtree | { readonly leaves: readonly [from: number, to: number] } | { readonly parts: Shared };

class Cutter {
  readonly pieces: Piece[] = [];
  readonly #changes: readonly Change[];
  /** The least that neighbours have shared since the last piece: so much the next one shares with it. */
  #shared: Shared | undefined;

  constructor(changes: readonly Change[]) {
    this.#changes = changes;
  }

  cut({ top, root }: Tree): void {
    const whole = { node: top, root, place: { start: 0, key: undefined, side: 0 }, from: 0, to: this.#changes.length };
    const waiting: Task[] = [whole as Subtree];
    for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
      if ("parts" in task) this.#part(task.parts);
      else if ("leaves" in task) this.#leaves(...task.leaves);
      else waiting.push(...this.#subtree(task).reverse());
    }
  }

  #part(shared: Shared): void {
    if (this.#shared === undefined || shared.bits < this.#shared.bits) this.#shared = shared;
  }

  #emit(piece: Omit<Piece, "shared">): void {
    this.pieces.push({ ...piece, shared: this.pieces.length === 0 ? undefined : this.#shared });
    this.#shared = undefined;
  }

  #keep({ node, root, place }: Subtree): void {
    this.#emit({ node, root, place });
  }

  /** New leaves, and keys that are deleted or stay absent: these part their neighbours no less. */
  #leaves(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const { key, value } = this.#changes[index];
      if (index > from) this.#part(sharedBits(this.#changes[index - 1].key, key));
      if (value !== null) this.#emit({ node: createLeaf(key, value), root: undefined, place: undefined });
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

  /** The changes left of a leaf, the leaf unless one of them is its own, the changes right of it. */
  #besideLeaf(leaf: Subtree, key: Key): void {
    const { from, to } = leaf;
    let at = from;
    while (at < to && compareBytes(this.#changes[at].key, key) < 0) at += 1;
    if (at < to && compareBytes(this.#changes[at].key, key) === 0) {
      this.#leaves(from, to);
      return;
    }
    this.#leaves(from, at);
    if (from < at) this.#part(sharedBits(this.#changes[at - 1].key, key));
    this.#keep(leaf);
    if (at < to) this.#part(sharedBits(key, this.#changes[at].key));
    this.#leaves(at, to);
  }

  /**
   * What comes of an internal node: the changes left of everything below it, those below, those right of everything.
   *
   * A key that runs out before the branching bit lies left of everything below, as a prefix does.
   */
  #below(subtree: Subtree): Task[] {
    const { node, place, from, to } = subtree;
    if (node === undefined || node.isLeaf) throw new TypeError("not an internal node");
    const { start } = place;
    const branch = start + node.prefixLength;
    /** How many bits a key shares with everything below. */
    const agreed = (index: number): number => {
      const { key } = this.#changes[index];
      const most = Math.min(node.prefixLength, 8 * key.length - start);
      return start + commonBits(key, start, node.preimage, PREFIX_BIT, most);
    };
    /** Where a key lies: −1 left of everything below, 0 and 1 below, 2 right of everything. */
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
        place: { start: branch + 1, key, side },
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
