/**
 * The nodes of a radix tree and their preimages. The first byte of a preimage tells the two kinds of nodes apart.
 *
 *   leaf      00 ‖ key ‖ value
 *   internal  01 ‖ u16-BE ℓ ‖ ℓ prefix bits, zero-padded to a byte ‖ root of the left subtree ‖ root of the right subtree
 *
 * Req: PROOF-RADIX-002.
 */
import { packedLength, paddingIsZero } from "../../core/bits.ts";
import { type Bytes32, equalBytes, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { isKeyLength, type Key, LAST_BIT } from "./keys.ts";

const LEAF_TAG = 0x00;
const INTERNAL_TAG = 0x01;

/** Offset of the prefix bits in the preimage of an internal node. */
const PREFIX_BYTE = 3;
export const PREFIX_BIT = 8 * PREFIX_BYTE;

export type Side = 0 | 1;

export interface Leaf {
  readonly isLeaf: true;
  readonly preimage: Uint8Array;
}

export interface Internal {
  readonly isLeaf: false;
  readonly preimage: Uint8Array;
  /** ℓ, in bits. */
  readonly prefixLength: number;
  /** The children that are open. */
  left: OpenNode | undefined;
  right: OpenNode | undefined;
}

/** A node whose contents are known. */
export type OpenNode = Leaf | Internal;

/** A tree whose open nodes are known, and every other subtree only by its root. */
export interface Tree {
  readonly root: Bytes32;
  /** The root node when it is open; never set in the empty tree. */
  readonly top: OpenNode | undefined;
}

/** The root of the empty tree, and of nothing else. */
export const EMPTY_ROOT = new Uint8Array(32) as Bytes32;

export function isEmptyRoot(root: Uint8Array): boolean {
  return equalBytes(root, EMPTY_ROOT);
}

export function createLeaf(key: Uint8Array, value: Uint8Array): Leaf {
  const preimage = new Uint8Array(1 + key.length + 32);
  preimage.set(key, 1);
  preimage.set(value, 1 + key.length);
  return { isLeaf: true, preimage };
}

/** Leaves the prefix bits and the roots of the subtrees zero; the caller fills them in. */
export function createInternal(prefixLength: number): Internal {
  const preimage = new Uint8Array(PREFIX_BYTE + packedLength(prefixLength) + 64);
  preimage[0] = INTERNAL_TAG;
  preimage[1] = prefixLength >> 8;
  preimage[2] = prefixLength & 0xff;
  return { isLeaf: false, preimage, prefixLength, left: undefined, right: undefined };
}

/**
 * Reads the preimage of a node whose prefix begins at bit `start` of the keys below it.
 *
 * Req:    PROOF-RADIX-050, PROOF-RADIX-052, PROOF-RADIX-054, PROOF-RADIX-063.
 * Errors: malformed.
 */
export function readNode(preimage: Uint8Array, start: number): OpenNode {
  if (preimage[0] === LEAF_TAG) {
    if (isKeyLength(preimage.length - 33)) return { isLeaf: true, preimage };
    throw malformed(`a leaf of ${preimage.length} bytes has no key of 1 to 8192 bytes`);
  }
  if (preimage[0] !== INTERNAL_TAG) throw malformed(`a node begins with ${toHex(preimage.subarray(0, 1))}`);
  const prefixLength = (preimage[1] << 8) | preimage[2];
  const expected = PREFIX_BYTE + packedLength(prefixLength) + 64;
  if (preimage.length !== expected) {
    throw malformed(
      `an internal node has ${preimage.length} bytes, not the ${expected} of ${prefixLength} prefix bits`,
    );
  }
  checkBranch(start + prefixLength);
  if (!paddingIsZero(preimage.subarray(PREFIX_BYTE), prefixLength)) throw malformed("prefix padding is not zero");
  const node: Internal = { isLeaf: false, preimage, prefixLength, left: undefined, right: undefined };
  checkSubtreeRoot(subtreeRoot(node, 0));
  checkSubtreeRoot(subtreeRoot(node, 1));
  return node;
}

/** Req: PROOF-RADIX-051. Errors: malformed for a branching bit beyond the longest key. */
export function checkBranch(bit: number): void {
  if (bit > LAST_BIT) throw malformed(`an internal node branches at bit ${bit}, beyond bit ${LAST_BIT}`);
}

/** Req: PROOF-RADIX-053. Errors: malformed for 32 zero bytes, which are the root of no subtree. */
export function checkSubtreeRoot(root: Bytes32): void {
  if (isEmptyRoot(root)) throw malformed("the root of a subtree is 32 zero bytes");
}

export function malformed(message: string): ProofError {
  return new ProofError("malformed", message);
}

export function leafKey({ preimage }: Leaf): Key {
  return preimage.subarray(1, preimage.length - 32) as Key;
}

export function leafValue({ preimage }: Leaf): Bytes32 {
  return preimage.subarray(preimage.length - 32) as Bytes32;
}

/** Offset of the root of a subtree in the preimage. */
function subtreeByte({ preimage }: Internal, side: Side): number {
  return preimage.length - 64 + 32 * side;
}

export function subtreeRoot(node: Internal, side: Side): Bytes32 {
  const byte = subtreeByte(node, side);
  return node.preimage.subarray(byte, byte + 32) as Bytes32;
}

export function setSubtreeRoot(node: Internal, side: Side, root: Uint8Array): void {
  node.preimage.set(root, subtreeByte(node, side));
}

export function childOf(node: Internal, side: Side): OpenNode | undefined {
  return side === 0 ? node.left : node.right;
}

export function setChild(node: Internal, side: Side, child: OpenNode | undefined): void {
  if (side === 0) node.left = child;
  else node.right = child;
}

/** The open nodes in pre-order: a node, then the left subtree, then the right one. */
export function openNodes({ top }: Tree): OpenNode[] {
  const nodes: OpenNode[] = [];
  const pending: (OpenNode | undefined)[] = [top];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node === undefined) continue;
    nodes.push(node);
    if (!node.isLeaf) pending.push(node.right, node.left);
  }
  return nodes;
}

/**
 * Hashes all open nodes and fills in the roots of open subtrees.
 *
 * The order from the last node to the first visits a node after everything below it, so its children's roots are on the stack.
 *
 * Input:  open nodes in pre-order, at least one.
 * Output: the root of the first node.
 * Cost:   one hash per node and memory for one root per level; no recursion.
 */
export function hashNodes(nodes: readonly OpenNode[], hasher: NodeHasher): Bytes32 {
  const pending: Bytes32[] = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (!node.isLeaf) {
      if (node.left !== undefined) setSubtreeRoot(node, 0, pending.pop() as Bytes32);
      if (node.right !== undefined) setSubtreeRoot(node, 1, pending.pop() as Bytes32);
    }
    pending.push(hasher.blake3(node.preimage));
  }
  return pending[0];
}

/** The number of steps from the root node down to the deepest open node. */
export function depthOf({ top }: Tree): number {
  let deepest = 0;
  const pending = [{ node: top, level: 0 }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, level } = visit;
    if (node === undefined) continue;
    deepest = Math.max(deepest, level);
    if (!node.isLeaf) pending.push({ node: node.right, level: level + 1 }, { node: node.left, level: level + 1 });
  }
  return deepest;
}
