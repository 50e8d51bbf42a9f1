/**
 * `nodes`: a set of preimages, in ascending byte order.
 *
 *   count  u32-LE
 *   items  for each u32-LE length, and that number of bytes
 *
 * Hashes identify the items: no item says which node it is.
 *
 * Req: PROOF-RADIX-020, PROOF-RADIX-021, PROOF-RADIX-022.
 */
import { type Bytes32, compareBytes, sortedDistinct, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { checkLimit, MAX_PROOF_BYTES, MAX_TREE_NODES } from "../../core/limits.ts";
import { commonBits, copyBits, LAST_BIT, setBit } from "./keys.ts";
import {
  childOf,
  type Internal,
  isEmptyRoot,
  type Leaf,
  leafKey,
  malformed,
  type OpenNode,
  openNodes,
  PREFIX_BIT,
  readNode,
  type Side,
  setChild,
  subtreeRoot,
  type Tree,
} from "./node.ts";

/**
 * Encodes a tree.
 *
 * Req:    PROOF-RADIX-065.
 * Errors: malformed for a tree that a set cannot represent; limit-exceeded for more than 64 MiB.
 */
export function encodeNodes(tree: Tree): Uint8Array {
  const nodes = openNodes(tree);
  checkOnePathEach(nodes);
  const items = nodes.map(({ preimage }) => preimage);
  const length = items.reduce((sum, item) => sum + 4 + item.length, 4);
  checkLimit("bytes of the proof", length, MAX_PROOF_BYTES);
  const proof = new Uint8Array(length);
  const view = new DataView(proof.buffer);
  view.setUint32(0, items.length, true);
  let offset = 4;
  for (const item of items.sort(compareBytes)) {
    view.setUint32(offset, item.length, true);
    proof.set(item, offset + 4);
    offset += 4 + item.length;
  }
  return proof;
}

/**
 * Checks that each open node has one path. A node at two paths occurs only in a forged tree, and a set would open it at both.
 *
 * Req:    PROOF-RADIX-065.
 * Errors: malformed.
 */
function checkOnePathEach(nodes: readonly OpenNode[]): void {
  // The root need not be compared: no node can contain the hash of a node above it.
  const open = new HashMap<true>();
  for (const isOpen of [true, false]) {
    for (const node of nodes) {
      if (node.isLeaf) continue;
      for (const side of [0, 1] as const) {
        if ((childOf(node, side) !== undefined) !== isOpen) continue;
        const hash = subtreeRoot(node, side);
        if (open.get(hash)) throw malformed("an open node has two paths, which a set of nodes cannot represent");
        if (isOpen) open.add(hash, true);
      }
    }
  }
}

/**
 * Decodes a proof and authenticates it against `root`.
 *
 * Req:    PROOF-RADIX-021, PROOF-RADIX-022, PROOF-RADIX-066, PROOF-RADIX-069, PROOF-RADIX-071, PROOF-RADIX-072.
 * Errors: malformed, limit-exceeded (the list); invalid-proof; malformed (an open node); in the strict profile non-canonical.
 * Cost:   one hash for each different item.
 */
export function openNodeSet(proof: Uint8Array, root: Bytes32, hasher: NodeHasher, isStrict: boolean): Tree {
  const items = new Items(proof);
  const different = items.different();
  const byRoot = new HashMap<Uint8Array>();
  for (const item of different) byRoot.add(hasher.blake3(item), item);
  const { tree, count } = different.length === 0 ? unopened(root) : connect(byRoot, root);
  if (isStrict) {
    const unsorted = items.firstOutOfOrder();
    if (unsorted !== undefined) {
      throw new ProofError("non-canonical", `item ${unsorted} does not exceed the item before it`, { item: unsorted });
    }
    if (count < different.length) {
      throw new ProofError("non-canonical", `${different.length - count} items are not open nodes`);
    }
  }
  return tree;
}

/** The items of a proof, in its order. They are kept as offsets, because a proof can hold millions that are not nodes. */
class Items {
  readonly #proof: Uint8Array;
  readonly #begins: Uint32Array;
  readonly #ends: Uint32Array;

  /** Req: PROOF-RADIX-020. Errors: malformed; limit-exceeded. */
  constructor(proof: Uint8Array) {
    if (proof.length < 4) throw malformed(`${proof.length} bytes cannot hold the number of items`);
    const view = new DataView(proof.buffer, proof.byteOffset, proof.length);
    const count = view.getUint32(0, true);
    if (4 * count > proof.length - 4) throw malformed(`${count} items do not fit in ${proof.length - 4} bytes`);
    checkLimit("items of the proof", count, MAX_TREE_NODES);
    this.#proof = proof;
    this.#begins = new Uint32Array(count);
    this.#ends = new Uint32Array(count);
    let offset = 4;
    for (let index = 0; index < count; index++) {
      if (proof.length - offset < 4) throw malformed(`the proof ends before item ${index} of ${count}`);
      const length = view.getUint32(offset, true);
      const begin = offset + 4;
      if (length > proof.length - begin) {
        throw malformed(
          `the length of item ${index} is ${length}, but the proof has ${proof.length - begin} more bytes`,
        );
      }
      offset = begin + length;
      this.#begins[index] = begin;
      this.#ends[index] = offset;
    }
    if (offset < proof.length) throw malformed(`${proof.length - offset} bytes follow the last item`);
  }

  #item(index: number): Uint8Array {
    return this.#proof.subarray(this.#begins[index], this.#ends[index]);
  }

  /** The index of the first item that does not exceed the item before it. Cost: one comparison per item. */
  firstOutOfOrder(): number | undefined {
    for (let index = 1; index < this.#begins.length; index++) {
      if (compareBytes(this.#item(index - 1), this.#item(index)) >= 0) return index;
    }
    return undefined;
  }

  /** Each item once. */
  different(): Uint8Array[] {
    const items: Uint8Array[] = [];
    for (let index = 0; index < this.#begins.length; index++) {
      const item = this.#item(index);
      const last = items.at(-1);
      if (last === undefined || compareBytes(last, item) !== 0) items.push(item);
    }
    return this.firstOutOfOrder() === undefined ? items : sortedDistinct(items);
  }
}

/** A tree, and the number of its open nodes. */
interface Connected {
  readonly tree: Tree;
  readonly count: number;
}

function unopened(root: Bytes32): Connected {
  return { tree: { root, top: undefined }, count: 0 };
}

/**
 * Builds the tree of the open nodes.
 *
 * Req:    PROOF-RADIX-064, PROOF-RADIX-067, PROOF-RADIX-068.
 * Input:  preimages by their hash.
 * Errors: invalid-proof; malformed.
 * Cost:   one step per node and a few per byte of it, no hash.
 */
function connect(byRoot: HashMap<Uint8Array>, root: Bytes32): Connected {
  if (isEmptyRoot(root)) return unopened(root);
  const first = byRoot.get(root);
  if (first === undefined) {
    throw new ProofError("invalid-proof", `no item hashes to the root ${toHex(root)}`, { root: toHex(root) });
  }
  const top = readNode(first, 0);
  const met = new Set([first]);
  /** The bits above the visited node. Later bits may be left from a left subtree; they are overwritten before they are read. */
  const path = new Uint8Array((LAST_BIT + 1) / 8);
  const pending: { node: Leaf | Internal; start: number; side: Side }[] = [{ node: top, start: 0, side: 0 }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, start, side } = visit;
    if (start > 0) setBit(path, start - 1, side);
    if (node.isLeaf) {
      checkPath(node, path, start);
      continue;
    }
    copyBits(node.preimage, PREFIX_BIT, node.prefixLength, path, start);
    const below = start + node.prefixLength + 1;
    for (const toSide of [1, 0] as const) {
      const item = byRoot.get(subtreeRoot(node, toSide));
      if (item === undefined) continue;
      if (met.has(item)) throw malformed("an open node is reached by two paths");
      met.add(item);
      const child = readNode(item, below);
      setChild(node, toSide, child);
      pending.push({ node: child, start: below, side: toSide });
    }
  }
  return { tree: { root, top }, count: met.size };
}

/** Req: PROOF-RADIX-006. Errors: malformed for a leaf whose key does not begin with the bits of its path. */
function checkPath(leaf: Leaf, path: Uint8Array, start: number): void {
  const key = leafKey(leaf);
  if (8 * key.length < start || commonBits(key, 0, path, 0, start) < start) {
    throw malformed(`the key of a leaf does not begin with the ${start} bits of its path`);
  }
}
