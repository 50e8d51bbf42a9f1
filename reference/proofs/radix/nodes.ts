/**
 * `nodes`: a set of preimages, in ascending byte order.
 *
 *   count  u32-LE
 *   items  for each u32-LE length, and so many bytes
 *
 * Which item is which node, their hashes say.
 *
 * Req: PROOF-RADIX-020 … PROOF-RADIX-022.
 */
import { type Bytes32, compareBytes, sortedDistinct, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { checkLimit, MAX_PROOF_BYTES, MAX_TREE_NODES } from "../../core/limits.ts";
import { commonBits, copyBits, LAST_BIT, setBit } from "./keys.ts";
import {
  type Internal,
  isEmptyRoot,
  type Leaf,
  leafKey,
  malformed,
  openNodes,
  PREFIX_BIT,
  readNode,
  type Side,
  setChild,
  subtreeRoot,
  type Tree,
} from "./node.ts";

/** Errors: limit-exceeded for more than 64 MiB. */
export function encodeNodes(tree: Tree): Uint8Array {
  const items = openNodes(tree).map(({ preimage }) => preimage);
  const length = items.reduce((sum, item) => sum + 4 + item.length, 4);
  checkLimit("bytes of the proof", length, MAX_PROOF_BYTES);
  const proof = new Uint8Array(length);
  const view = new DataView(proof.buffer);
  view.setUint32(0, items.length, true);
  let at = 4;
  for (const item of items.sort(compareBytes)) {
    view.setUint32(at, item.length, true);
    proof.set(item, at + 4);
    at += 4 + item.length;
  }
  return proof;
}

/**
 * Decodes a proof and authenticates it against `root`.
 *
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
      throw new ProofError("non-canonical", `item ${unsorted} is not above the one before it`, { item: unsorted });
    }
    if (count < different.length) {
      throw new ProofError("non-canonical", `${different.length - count} items are not open nodes`);
    }
  }
  return tree;
}

/** The items of a proof, as they lie in it. There may be millions that are no nodes. */
class Items {
  readonly #proof: Uint8Array;
  readonly #begins: Uint32Array;
  readonly #ends: Uint32Array;

  /** Errors: malformed; limit-exceeded. */
  constructor(proof: Uint8Array) {
    if (proof.length < 4) throw malformed(`${proof.length} bytes cannot hold the number of items`);
    const view = new DataView(proof.buffer, proof.byteOffset, proof.length);
    const count = view.getUint32(0, true);
    if (4 * count > proof.length - 4) throw malformed(`${count} items cannot lie in ${proof.length - 4} bytes`);
    checkLimit("items of the proof", count, MAX_TREE_NODES);
    this.#proof = proof;
    this.#begins = new Uint32Array(count);
    this.#ends = new Uint32Array(count);
    let at = 4;
    for (let index = 0; index < count; index++) {
      if (proof.length - at < 4) throw malformed(`the proof ends before item ${index} of ${count}`);
      const length = view.getUint32(at, true);
      const begin = at + 4;
      if (length > proof.length - begin) {
        throw malformed(`item ${index} is said to have ${length} bytes, of which ${proof.length - begin} are there`);
      }
      at = begin + length;
      this.#begins[index] = begin;
      this.#ends[index] = at;
    }
    if (at < proof.length) throw malformed(`${proof.length - at} bytes follow the last item`);
  }

  #at(index: number): Uint8Array {
    return this.#proof.subarray(this.#begins[index], this.#ends[index]);
  }

  /** The first item that is not above the one before it, if there is one. Cost: one comparison an item. */
  firstOutOfOrder(): number | undefined {
    for (let index = 1; index < this.#begins.length; index++) {
      if (compareBytes(this.#at(index - 1), this.#at(index)) >= 0) return index;
    }
    return undefined;
  }

  /** Each item once. */
  different(): Uint8Array[] {
    const items = Array.from(this.#begins.keys(), (index) => this.#at(index));
    return this.firstOutOfOrder() === undefined ? items : sortedDistinct(items);
  }
}

/** A tree, and how many open nodes it has. */
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
 * Input:  preimages by their hash.
 * Errors: invalid-proof; malformed.
 * Cost:   one step a node and a few for each of its bytes, no hash.
 */
function connect(byRoot: HashMap<Uint8Array>, root: Bytes32): Connected {
  if (isEmptyRoot(root)) return unopened(root);
  const first = byRoot.get(root);
  if (first === undefined) {
    throw new ProofError("invalid-proof", `no item hashes to the root ${toHex(root)}`, { root: toHex(root) });
  }
  const top = readNode(first, 0);
  const met = new Set([first]);
  /** The bits above the node that is visited. What a left subtree leaves behind its parent's branching bit is overwritten. */
  const path = new Uint8Array((LAST_BIT + 1) / 8);
  const waiting: { node: Leaf | Internal; start: number; side: Side }[] = [{ node: top, start: 0, side: 0 }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { node, start, side } = visit;
    if (start > 0) setBit(path, start - 1, side);
    if (node.isLeaf) {
      checkPath(node, path, start);
      continue;
    }
    copyBits(node.preimage, PREFIX_BIT, node.prefixLength, path, start);
    const below = start + node.prefixLength + 1;
    for (const at of [1, 0] as const) {
      const item = byRoot.get(subtreeRoot(node, at));
      if (item === undefined) continue;
      if (met.has(item)) throw malformed("a node is reached at two places");
      met.add(item);
      const child = readNode(item, below);
      setChild(node, at, child);
      waiting.push({ node: child, start: below, side: at });
    }
  }
  return { tree: { root, top }, count: met.size };
}

/** Errors: malformed for a leaf whose key does not begin with the bits above it. */
function checkPath(leaf: Leaf, path: Uint8Array, start: number): void {
  const key = leafKey(leaf);
  if (8 * key.length < start || commonBits(key, 0, path, 0, start) < start) {
    throw malformed(`the key of a leaf does not begin with the ${start} bits of its path`);
  }
}
