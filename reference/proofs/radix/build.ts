/**
 * Builds a tree over pieces that are next to each other.
 *
 * Req: PROOF-RADIX-002, PROOF-RADIX-003, PROOF-RADIX-031.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { copyBits, type Key, setBit, show } from "./keys.ts";
import {
  createInternal,
  EMPTY_ROOT,
  type Internal,
  leafKey,
  type OpenNode,
  PREFIX_BIT,
  setSubtreeRoot,
  subtreeRoot,
  type Tree,
} from "./node.ts";
import type { Piece, Shared } from "./pieces.ts";

/** A subtree whose prefix begins where it must in the new tree. */
interface Subtree {
  readonly node: OpenNode | undefined;
  readonly root: Bytes32;
}

/** A subtree whose right neighbour is not known yet, and the bits that it shares with its left neighbour. */
interface Pending extends Subtree {
  readonly shared: Shared | undefined;
}

/** Fewer bits than any two pieces share: used before the first piece and after the last one. */
const NOTHING = -1;

const bitsOf = (shared: Shared | undefined): number => shared?.bits ?? NOTHING;

/**
 * Joins the pieces. Two neighbours part in an internal node that branches after the bits that they share.
 *
 * Req:    PROOF-RADIX-002, PROOF-RADIX-031.
 * Errors: invalid-argument when a key is a prefix of another; incomplete when a subtree that is not open would replace its
 *         parent.
 * Cost:   one hash for each new leaf, each node between two pieces and each internal node whose prefix changes.
 */
export function buildTree(pieces: readonly Piece[], hasher: NodeHasher): Tree {
  checkPrefixes(pieces);
  const pending: Pending[] = [];
  for (const [index, piece] of pieces.entries()) {
    const next = bitsOf(pieces[index + 1]?.shared);
    pending.push({ ...place(piece, startOf(pieces, index), hasher), shared: piece.shared });
    while (bitsOf(pending.at(-1)?.shared) > next) {
      const right = pending.pop() as Pending;
      const left = pending.pop() as Pending;
      const start = Math.max(bitsOf(left.shared), next) + 1;
      pending.push({ ...join(start, right.shared as Shared, left, right, hasher), shared: left.shared });
    }
  }
  const [whole] = pending;
  return whole === undefined ? { root: EMPTY_ROOT, top: undefined } : { root: whole.root, top: whole.node };
}

/**
 * The nodes that replace their parent in the new tree.
 *
 * Req:    PROOF-RADIX-031, PROOF-RADIX-078, PROOF-RADIX-093.
 * Errors: incomplete when such a node is not open.
 */
export function movedUp(pieces: readonly Piece[]): OpenNode[] {
  const moved: OpenNode[] = [];
  for (const [index, { node, position }] of pieces.entries()) {
    if (position === undefined || startOf(pieces, index) >= position.start) continue;
    if (node === undefined) throw unopened(position.start);
    moved.push(node);
  }
  return moved;
}

/** The bit at which the prefix of a piece begins: after the bit at which it parts from its closer neighbour. */
function startOf(pieces: readonly Piece[], index: number): number {
  return Math.max(bitsOf(pieces[index].shared), bitsOf(pieces[index + 1]?.shared)) + 1;
}

/**
 * Pieces are sorted, so a piece that begins with a key directly follows the key.
 *
 * Req:    PROOF-RADIX-003, PROOF-RADIX-043, PROOF-RADIX-044, PROOF-RADIX-046.
 * Errors: invalid-argument.
 */
function checkPrefixes(pieces: readonly Piece[]): void {
  for (const [index, { node }] of pieces.entries()) {
    if (!node?.isLeaf) continue;
    const key = leafKey(node);
    if (bitsOf(pieces[index + 1]?.shared) < 8 * key.length) continue;
    throw new ProofError("invalid-argument", `key ${show(key)} is a prefix of another key`, { key: show(key) });
  }
}

function unopened(start: number): ProofError {
  const where = `the subtree that begins at bit ${start}`;
  return new ProofError("incomplete", `${where} would replace its parent, and is not open`, { bit: start });
}

/** Returns a piece with its prefix beginning at bit `start`. */
function place({ node, root, position: old }: Piece, start: number, hasher: NodeHasher): Subtree {
  if (old === undefined || root === undefined) {
    const leaf = node as OpenNode;
    return { node: leaf, root: hasher.blake3(leaf.preimage) };
  }
  if (start === old.start) return { node, root };
  if (node === undefined) throw unopened(old.start);
  if (node.isLeaf) return { node, root };
  const moved = start < old.start ? prolonged(node, old.start, start, old) : shortened(node, start - old.start);
  for (const side of [0, 1] as const) setSubtreeRoot(moved, side, subtreeRoot(node, side));
  moved.left = node.left;
  moved.right = node.right;
  return { node: moved, root: hasher.blake3(moved.preimage) };
}

/** The prefixes and branching bits of the removed parents come before the node's own prefix. */
function prolonged(
  { preimage, prefixLength }: Internal,
  oldStart: number,
  start: number,
  { key, side }: { readonly key: Key | undefined; readonly side: 0 | 1 },
): Internal {
  const added = oldStart - start;
  const node = createInternal(added + prefixLength);
  copyBits(key as Key, start, added - 1, node.preimage, PREFIX_BIT);
  setBit(node.preimage, PREFIX_BIT + added - 1, side);
  copyBits(preimage, PREFIX_BIT, prefixLength, node.preimage, PREFIX_BIT + added);
  return node;
}

function shortened({ preimage, prefixLength }: Internal, removed: number): Internal {
  const node = createInternal(prefixLength - removed);
  copyBits(preimage, PREFIX_BIT + removed, node.prefixLength, node.preimage, PREFIX_BIT);
  return node;
}

/** Returns the internal node at which two neighbours part. */
function join(start: number, { bits, key }: Shared, left: Subtree, right: Subtree, hasher: NodeHasher): Subtree {
  const node = createInternal(bits - start);
  copyBits(key, start, node.prefixLength, node.preimage, PREFIX_BIT);
  setSubtreeRoot(node, 0, left.root);
  setSubtreeRoot(node, 1, right.root);
  node.left = left.node;
  node.right = right.node;
  return { node, root: hasher.blake3(node.preimage) };
}
