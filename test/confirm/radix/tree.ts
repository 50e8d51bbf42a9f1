/**
 * Radix trees as sorted lists: the slow model of the naive `radix` backend.
 *
 * A proof is a list of items: the open leaves, and a *stub* for every node that is known only by its hash. A stub is named by
 * its path, with which all keys below it begin. Internal nodes are not items, because there is one wherever two neighbours
 * part. A tree is built again from its items whenever it is needed.
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { fail } from "../values.ts";

/** The first `length` bits of `bytes`; `last`, when set, replaces the last one. Paths may share `bytes`. */
export type Path = { bytes: Buffer; length: number; last?: Bit };
export type Bit = 0 | 1;

export type Leaf = { kind: "leaf"; path: Path; value: Buffer };
export type Stub = { kind: "stub"; path: Path; hash: Buffer };
export type Item = Leaf | Stub;
/** `path` ends before the branching bit. */
export type Inner = { kind: "inner"; path: Path; left: Node; right: Node };
export type Node = Item | Inner;

/** A node, its path (the prefixes and branching bits above it) and its distance from the root. */
export type Placed = { node: Node; place: Path; level: number };
export type Hashed = Placed & { hash: Buffer; hashed?: Buffer };

/** An open leaf or internal node with its preimage. */
export type Open = Hashed & { node: Leaf | Inner; hashed: Buffer };

export type Write = { key: Path; value: Buffer | null };

export const EMPTY_ROOT: Buffer = Buffer.alloc(32);

export const wholeKey = (bytes: Buffer): Path => ({ bytes, length: 8 * bytes.length });
export const NO_PATH: Path = wholeKey(Buffer.alloc(0));

export function hashOf(bytes: Buffer): Buffer {
  return Buffer.from(blake3(bytes));
}

function bitAt({ bytes, length, last }: Path, index: number): Bit {
  if (index === length - 1 && last !== undefined) return last;
  return (((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) as Bit;
}

/** The bits of a path from `from` on, as a string of "0" and "1". */
export function bitsFrom(path: Path, from: number): string {
  let bits = "";
  for (let index = from; index < path.length; index++) bits += bitAt(path, index);
  return bits;
}

export function packed(bits: string): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  for (let byte = 0; byte < bytes.length; byte++) {
    bytes[byte] = Number.parseInt(bits.slice(8 * byte, 8 * byte + 8).padEnd(8, "0"), 2);
  }
  return bytes;
}

function commonBits(a: Path, b: Path): number {
  const shorter = Math.min(a.length, b.length);
  // Without the last bit of either path, which `last` can replace.
  const bytes = Math.max(0, shorter - 1) >> 3;
  let byte = a.bytes === b.bytes ? bytes : 0;
  while (byte < bytes && a.bytes[byte] === b.bytes[byte]) byte++;
  let bit = 8 * byte;
  while (bit < shorter && bitAt(a, bit) === bitAt(b, bit)) bit++;
  return bit;
}

const beginsWith = (path: Path, start: Path): boolean => commonBits(path, start) === start.length;

function comparePaths(a: Path, b: Path): number {
  const common = commonBits(a, b);
  if (common === a.length || common === b.length) return a.length - b.length;
  return bitAt(a, common) - bitAt(b, common);
}

/** A stub comes before a leaf with the same path. */
const compareItems = (a: Item, b: Item): number =>
  comparePaths(a.path, b.path) || Number(b.kind === "stub") - Number(a.kind === "stub");

const nameOf = ({ bytes }: Path): string => bytes.toString("latin1");

/** The item that a key leads to: its leaf or a stub; `undefined` for an absent key. */
export function itemTowards(items: Item[], key: Path): Item | undefined {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (comparePaths((items[middle] as Item).path, key) <= 0) from = middle + 1;
    else to = middle;
  }
  const before = items[from - 1];
  if (before === undefined || !beginsWith(key, before.path)) return undefined;
  return before.kind === "leaf" && before.path.length < key.length ? undefined : before;
}

export function valueAt(items: Item[], key: Path): Buffer | null {
  const item = itemTowards(items, key);
  if (item?.kind === "stub")
    fail("incomplete", `the proof does not open the nodes below bit ${item.path.length} of the key`);
  return item === undefined ? null : item.value;
}

/** The leaves of a whole map, in order. The last entry of a key counts. */
export function leavesOf(entries: Iterable<{ key: Path; value: Buffer }>): Leaf[] {
  const leaves = new Map<string, Leaf>();
  for (const { key, value } of entries) leaves.set(nameOf(key), { kind: "leaf", path: key, value });
  const sorted = [...leaves.values()].sort(compareItems);
  checkPrefixes(sorted);
  return sorted;
}

/** A leaf that is a prefix of any item is a prefix of its successor. */
function checkPrefixes(sorted: Item[]): void {
  sorted.forEach(({ kind, path }, i) => {
    const next = sorted[i + 1];
    if (kind === "leaf" && next !== undefined && beginsWith(next.path, path)) {
      fail("invalid-argument", `a key of ${path.length} bits is a prefix of another`);
    }
  });
}

/** The items of the final map. Open items stay open, and new items are open too. */
export function written(items: Item[], writes: Iterable<Write>): Item[] {
  const lastWrites = new Map<string, Write>();
  for (const write of writes) lastWrites.set(nameOf(write.key), write);
  const stubs = items.filter((item) => item.kind === "stub");
  const leaves = new Map<string, Leaf>();
  for (const item of items) if (item.kind === "leaf") leaves.set(nameOf(item.path), item);

  const entered = new Set<Item>();
  // Stubs below which a key is deleted, so that nothing may be left below them.
  const thinned = new Set<Item>();
  for (const [name, { key, value }] of lastWrites) {
    const item = itemTowards(items, key);
    if (item?.kind === "stub") (value === null ? thinned : entered).add(item);
    if (value === null) leaves.delete(name);
    else leaves.set(name, { kind: "leaf", path: key, value });
  }

  const final = [...stubs, ...leaves.values()].sort(compareItems);
  checkPrefixes(final.filter((item) => !thinned.has(item)));
  if (entered.size + thinned.size > 0) fail("incomplete", "a written key lies below a node that is not open");
  final.forEach(({ kind, path }, i) => {
    if (kind === "leaf" || path.length === 0) return;
    const neighbours = [final[i - 1], final[i + 1]].filter((item) => item !== undefined);
    if (!neighbours.some((neighbour) => commonBits(path, neighbour.path) === path.length - 1)) {
      fail("incomplete", `a node that is not open has lost its sibling at bit ${path.length - 1}`);
    }
  });
  return final;
}

/** The union of trees with the same root: a stub is dropped when another tree opens it. */
export function united(trees: Item[][]): Item[] {
  const sorted = trees.flat().sort(compareItems);
  return sorted.filter(({ path }, i) => {
    const next = sorted[i + 1];
    return next === undefined || !beginsWith(next.path, path);
  });
}

/** The root node of the tree of these items, `undefined` for no items. Input: items in order, none a prefix of another. */
export function treeOf(items: Item[]): Node | undefined {
  // The nodes on the right edge, whose right subtrees are not known yet.
  const edge: { path: Path; left: Node }[] = [];
  const closeDownTo = (length: number, last: Node): Node => {
    let node = last;
    for (let above = edge.at(-1); above !== undefined && above.path.length > length; above = edge.at(-1)) {
      edge.pop();
      node = { kind: "inner", ...above, right: node };
    }
    return node;
  };
  items.slice(1).forEach((item, i) => {
    const before = items[i] as Item;
    const length = commonBits(before.path, item.path);
    const isInOrder = length < Math.min(before.path.length, item.path.length) && bitAt(item.path, length) === 1;
    if (!isInOrder) fail("malformed", "the keys and paths of the proof contradict each other");
    edge.push({ left: closeDownTo(length, before), path: { bytes: before.path.bytes, length } });
  });
  const last = items.at(-1);
  return last && closeDownTo(-1, last);
}

/** Every node in pre-order, the left subtree before the right one. */
export function preorder(root: Node | undefined): Placed[] {
  const placed: Placed[] = [];
  const pending: Placed[] = root === undefined ? [] : [{ node: root, place: NO_PATH, level: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    placed.push(next);
    if (next.node.kind !== "inner") continue;
    const { left, path, right } = next.node;
    const place = { bytes: path.bytes, length: path.length + 1 };
    const level = next.level + 1;
    pending.push(
      { node: right, place: { ...place, last: 1 }, level },
      { node: left, place: { ...place, last: 0 }, level },
    );
  }
  return placed;
}

/** The same with hashes. Lower nodes are hashed before higher ones. */
export function hashedTree(items: Item[]): Hashed[] {
  const hashes = new Map<Node, Buffer>();
  const hashed = preorder(treeOf(items))
    .reverse()
    .map((placed): Hashed => {
      const { node } = placed;
      const preimage = node.kind === "stub" ? undefined : hashedFor(node, placed.place, hashes);
      const hash = node.kind === "stub" ? node.hash : hashOf(preimage as Buffer);
      hashes.set(node, hash);
      return preimage === undefined ? { ...placed, hash } : { ...placed, hash, hashed: preimage };
    });
  return hashed.reverse();
}

function hashedFor(node: Leaf | Inner, place: Path, hashes: Map<Node, Buffer>): Buffer {
  if (node.kind === "leaf") return Buffer.concat([Buffer.of(0), node.path.bytes, node.value]);
  const prefix = bitsFrom(node.path, place.length);
  const head = Buffer.of(1, prefix.length >> 8, prefix.length & 0xff);
  const [left, right] = [hashes.get(node.left), hashes.get(node.right)] as [Buffer, Buffer];
  return Buffer.concat([head, packed(prefix), left, right]);
}

export const rootOf = ([root]: Hashed[]): Buffer => root?.hash ?? EMPTY_ROOT;

export const openNodes = (tree: Hashed[]): Open[] =>
  tree.filter((placed): placed is Open => placed.node.kind !== "stub");

/**
 * The items of the smallest proof. It opens every node that a key leads to, and every node that the `deletes` leave without a
 * sibling.
 */
export function smallestOpening(tree: Hashed[], keys: Path[], deletes: Path[]): Item[] {
  const gone = new Set(deletes.map(nameOf));
  const keepsSomething = new Set<Node>();
  for (const { node } of tree.toReversed()) {
    const keeps =
      node.kind === "inner"
        ? keepsSomething.has(node.left) || keepsSomething.has(node.right)
        : node.kind === "stub" || !gone.has(nameOf(node.path));
    if (keeps) keepsSomething.add(node);
  }
  const leftAlone = new Set<Node>();
  for (const { node } of tree) {
    if (node.kind !== "inner") continue;
    const left = keepsSomething.has(node.left);
    const right = keepsSomething.has(node.right);
    if (left && !right) leftAlone.add(node.left);
    if (right && !left) leftAlone.add(node.right);
  }

  const hashes = new Map(tree.map(({ node, hash }) => [node, hash]));
  const leadingTo = new Map<Node, Path[]>();
  const items: Item[] = [];
  for (const { node, place } of tree) {
    const fromAbove = leadingTo.get(node) ?? (place.length === 0 ? [...keys, ...deletes] : undefined);
    // The proof holds no node below a node that is not open.
    if (fromAbove === undefined) continue;
    const towards = fromAbove.filter((key) => beginsWith(key, place));
    if (towards.length === 0 && !leftAlone.has(node)) {
      items.push({ kind: "stub", path: place, hash: hashes.get(node) as Buffer });
      continue;
    }
    if (node.kind === "stub") fail("incomplete", `a node below bit ${place.length} is needed and not open`);
    if (node.kind === "leaf") items.push(node);
    else leadingTo.set(node.left, towards).set(node.right, towards);
  }
  return items;
}
