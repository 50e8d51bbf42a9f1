/**
 * The tree over pieces that lie side by side.
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

/** A subtree in its place. */
interface Placed {
  readonly node: OpenNode | undefined;
  readonly root: Bytes32;
}

/** A subtree that waits for its right neighbour, and what it shares with the one on its left. */
interface Waiting extends Placed {
  readonly shared: Shared | undefined;
}

/** Less than what any two pieces share: what there is before the first one and after the last one. */
const NOTHING = -1;

const bitsOf = (shared: Shared | undefined): number => shared?.bits ?? NOTHING;

/**
 * Puts pieces together. Two neighbours part in an internal node that branches behind the bits they share.
 *
 * Errors: invalid-argument where a key is a prefix of another; incomplete where a subtree that is not open would have to
 *         take the place of its parent.
 * Cost:   one hash for each new leaf, for each node between two pieces and for each internal node with another prefix.
 */
export function buildTree(pieces: readonly Piece[], hasher: NodeHasher): Tree {
  checkPrefixes(pieces);
  const waiting: Waiting[] = [];
  for (const [index, piece] of pieces.entries()) {
    const next = bitsOf(pieces[index + 1]?.shared);
    waiting.push({ ...place(piece, startOf(pieces, index), hasher), shared: piece.shared });
    while (bitsOf(waiting.at(-1)?.shared) > next) {
      const right = waiting.pop() as Waiting;
      const left = waiting.pop() as Waiting;
      const start = Math.max(bitsOf(left.shared), next) + 1;
      waiting.push({ ...join(start, right.shared as Shared, left, right, hasher), shared: left.shared });
    }
  }
  const [whole] = waiting;
  return whole === undefined ? { root: EMPTY_ROOT, top: undefined } : { root: whole.root, top: whole.node };
}

/**
 * The open nodes that take the place of their parent.
 *
 * Errors: incomplete where such a one is not open.
 */
export function movedUp(pieces: readonly Piece[]): OpenNode[] {
  const moved: OpenNode[] = [];
  for (const [index, { node, place }] of pieces.entries()) {
    if (place === undefined || startOf(pieces, index) >= place.start) continue;
    if (node === undefined) throw unopened(place.start);
    moved.push(node);
  }
  return moved;
}

/** Where the prefix of a piece begins: behind the bit at which it parts from the nearer of its neighbours. */
function startOf(pieces: readonly Piece[], index: number): number {
  return Math.max(bitsOf(pieces[index].shared), bitsOf(pieces[index + 1]?.shared)) + 1;
}

/** Errors: invalid-argument. Whatever begins with a key lies right behind it. */
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
  return new ProofError("incomplete", `${where} would take the place of its parent, and is not open`, { bit: start });
}

function place({ node, root, place: old }: Piece, start: number, hasher: NodeHasher): Placed {
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

/** Its parents' prefixes and branching bits come before its own prefix. */
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

/** The internal node at which two neighbours part. */
function join(start: number, { bits, key }: Shared, left: Placed, right: Placed, hasher: NodeHasher): Placed {
  const node = createInternal(bits - start);
  copyBits(key, start, node.prefixLength, node.preimage, PREFIX_BIT);
  setSubtreeRoot(node, 0, left.root);
  setSubtreeRoot(node, 1, right.root);
  node.left = left.node;
  node.right = right.node;
  return { node, root: hasher.blake3(node.preimage) };
}
