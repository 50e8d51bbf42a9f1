/** Nodes of a trie that are written to: an extension and the branch below it are one draft. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { encodeList, encodeString } from "../../core/rlp.ts";
import { encodeHexPrefix } from "./hex-prefix.ts";
import { BRANCH_CHILDREN, HASHED_LENGTH, type Node } from "./node.ts";

/** A child of a draft: none, a node that is not open, an unchanged open node, or a draft. */
export type Slot = null | Bytes32 | Node | Draft;

/** A node's Keccak-256. */
export type HashNode = (rlp: Uint8Array) => Bytes32;

/**
 * A path and the content below it: a value, children, both, or a branch that is not open.
 * A draft with an empty path and such a branch is the branch itself.
 */
export class Draft {
  path: Uint8Array;
  value: Uint8Array | null;
  /** Sixteen of a branch; `null` in a leaf. */
  children: Slot[] | null;
  /** The branch below the path when it is not open. The draft then has neither value nor children. */
  closedBranch: Bytes32 | null = null;
  /** `undefined` from a change at or below the draft until the next root. */
  encoded: { readonly rlp: Uint8Array; readonly reference: Uint8Array } | undefined;

  constructor(path: Uint8Array, value: Uint8Array | null, children: Slot[] | null = null) {
    this.path = path;
    this.value = value;
    this.children = children;
  }

  /** Whether deletions have left neither value nor children. */
  get isNothing(): boolean {
    return this.value === null && this.children === null && this.closedBranch === null;
  }

  /**
   * Splits the draft where `rest` leaves its path after `shared` nibbles: the draft becomes a child of a new branch.
   *
   * Req:    PROOF-PATRICIA-034, PROOF-PATRICIA-089.
   * Output: the branch, which replaces the draft in its parent.
   */
  split(shared: number, rest: Uint8Array, value: Uint8Array): Draft {
    const branch = new Draft(this.path.slice(0, shared), null, noChildren());
    const nibble = this.path[shared];
    this.path = this.path.slice(shared + 1);
    const children = branch.children as Slot[];
    // An extension that has lost its last nibble leaves its branch, which is known to be one if the insertion is undone.
    children[nibble] = this;
    if (rest.length === shared) branch.value = value;
    else children[rest[shared]] = new Draft(rest.slice(shared + 1), value);
    return branch;
  }

  /**
   * Closes the gaps that deletions have left.
   *
   * Req:    PROOF-PATRICIA-031, PROOF-PATRICIA-080, PROOF-PATRICIA-088.
   * Input:  a draft below which all gaps are closed; `onSurvivor` is called with the only child left if it is open and was not
   *         written to.
   * Errors: incomplete when the only child left is not open.
   */
  close(onSurvivor: (node: Node) => void): void {
    const { children } = this;
    if (children === null) return;
    const positions: number[] = [];
    for (const [position, child] of children.entries()) {
      if (child instanceof Draft && child.isNothing) children[position] = null;
      if (children[position] !== null) positions.push(position);
    }
    if (positions.length === 0) this.children = null;
    if (positions.length !== 1 || this.value !== null) return;
    const [position] = positions;
    const child = children[position] as Bytes32 | Node | Draft;
    if (child instanceof Uint8Array) throw closedSurvivor();
    if (!(child instanceof Draft)) onSurvivor(child);
    const survivor = toDraft(child);
    this.path = joinPaths(this.path, position, survivor.path);
    this.value = survivor.value;
    this.children = survivor.children;
    this.closedBranch = survivor.closedBranch;
  }

  /** Input: a draft that is not empty, has no gaps, and whose children are encoded. Cost: one hash for each hashed node. */
  encode(hash: HashNode): void {
    if (this.closedBranch !== null && this.path.length === 0) {
      const reference = encodeString(this.closedBranch);
      this.encoded = { rlp: reference, reference };
      return;
    }
    const rlp = this.#rlp(hash);
    this.encoded = { rlp, reference: referenceTo(rlp, hash) };
  }

  #rlp(hash: HashNode): Uint8Array {
    const { path, value, children, closedBranch } = this;
    if (closedBranch !== null) return extension(path, encodeString(closedBranch));
    if (children === null) {
      return encodeList([encodeString(encodeHexPrefix(path, true)), encodeString(value as Uint8Array)]);
    }
    const branch = encodeList([...children.map(encodeSlot), encodeString(value ?? new Uint8Array())]);
    return path.length === 0 ? branch : extension(path, referenceTo(branch, hash));
  }
}

export function noChildren(): Slot[] {
  return new Array<Slot>(BRANCH_CHILDREN).fill(null);
}

/** The draft of an open node. Input: a node of a canonical trie. */
export function toDraft(slot: Node | Draft): Draft {
  if (slot instanceof Draft) return slot;
  if (slot.kind !== "extension")
    return new Draft(slot.path, slot.value, slot.kind === "leaf" ? null : [...slot.children]);
  const [below] = slot.children;
  const draft = new Draft(slot.path, null);
  if (below instanceof Uint8Array) {
    draft.closedBranch = below;
  } else {
    const branch = below as Node;
    draft.value = branch.value;
    draft.children = [...branch.children];
  }
  return draft;
}

function encodeSlot(slot: Slot): Uint8Array {
  if (slot === null) return encodeString(new Uint8Array());
  if (slot instanceof Uint8Array) return encodeString(slot);
  if (slot instanceof Draft) return (slot.encoded as { reference: Uint8Array }).reference;
  return slot.hash === undefined ? slot.rlp : encodeString(slot.hash);
}

/** A node as its parent holds it: embedded, or by its hash. */
function referenceTo(rlp: Uint8Array, hash: HashNode): Uint8Array {
  return rlp.length < HASHED_LENGTH ? rlp : encodeString(hash(rlp));
}

function extension(path: Uint8Array, child: Uint8Array): Uint8Array {
  return encodeList([encodeString(encodeHexPrefix(path, false)), child]);
}

function joinPaths(above: Uint8Array, nibble: number, below: Uint8Array): Uint8Array {
  const path = new Uint8Array(above.length + 1 + below.length);
  path.set(above, 0);
  path[above.length] = nibble;
  path.set(below, above.length + 1);
  return path;
}

function closedSurvivor(): ProofError {
  return new ProofError("incomplete", "a deletion leaves a branch with one child that is not in the proof");
}
