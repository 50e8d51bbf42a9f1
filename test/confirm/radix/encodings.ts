/**
 * Reads and writes the encodings of a radix proof, from docs/spec/radix.md.
 *
 * A reader checks only what it needs to read. Every other fault shows when the tree is built from the items: it is then not
 * written as the same bytes (`kmm`), or has another root (`nodes`).
 */
import { checkProofLimit } from "../pruned-encodings.ts";
import { fail, hex } from "../values.ts";
import {
  type Bit,
  bitsFrom,
  EMPTY_ROOT,
  type Hashed,
  hashedTree,
  hashOf,
  type Item,
  type Leaf,
  NO_PATH,
  openNodes,
  packed,
  rootOf,
  type Stub,
  wholeKey,
} from "./tree.ts";

export const RADIX_ENCODINGS = ["kmm", "nodes"] as const;
export type RadixEncoding = (typeof RADIX_ENCODINGS)[number];

/** `carried` is the number of different nodes of the encoding, open or not. */
export type Decoded = { items: Item[]; tree: Hashed[]; carried: number };

export const MAX_KEY_BYTES = 8192;
const MAX_BRANCHING_BIT = 8 * MAX_KEY_BYTES - 1;
const MAX_NODES = 2 ** 22;

/** An open internal node that is being read. The bytes of its path are those of any key or path below it. */
type Branch = { bit: number; above: Place | undefined; bytes?: Buffer };
type Place = { branch: Branch; side: Bit };

/** Reads bytes from the front. */
class Reader {
  readonly bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  take(length: number): Buffer {
    if (length > this.left) fail("malformed", `${length} bytes are needed, ${this.left} are left`);
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  u16(): number {
    return this.take(2).readUInt16LE();
  }

  /** Reads a u32 length and that number of bytes. */
  section(): Buffer {
    return this.take(this.take(4).readUInt32LE());
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }
}

export function decodeRadix(encoding: RadixEncoding, bytes: Buffer, strict: boolean, root?: Buffer): Decoded {
  if (encoding === "nodes") return decodeNodes(bytes, strict, root as Buffer);
  const items = readKmm(bytes);
  const tree = hashedTree(items);
  if (!writeKmm(tree).equals(bytes))
    fail("malformed", "the proof differs from the proof that its labels and keys determine");
  const found = rootOf(tree);
  if (root?.equals(found) === false) fail("invalid-proof", `the proof's root is ${hex(found)}`);
  return { items, tree, carried: openNodes(tree).length };
}

export function encodeRadix(encoding: RadixEncoding, tree: Hashed[]): string {
  return hex(encoding === "kmm" ? writeKmm(tree) : writeNodes(tree));
}

function branchBelow(above: Place | undefined, prefixLength: number): Branch {
  const bit = (above === undefined ? 0 : above.branch.bit + 1) + prefixLength;
  if (bit > MAX_BRANCHING_BIT) fail("malformed", `branching bit ${bit} is beyond ${MAX_BRANCHING_BIT}`);
  return { bit, above };
}

function setBytesAbove(place: Place | undefined, bytes: Buffer): void {
  for (let at = place; at !== undefined && at.branch.bytes === undefined; at = at.branch.above) at.branch.bytes = bytes;
}

function leafOf(key: Buffer, value: Buffer): Leaf {
  if (key.length < 1 || key.length > MAX_KEY_BYTES) fail("malformed", `a leaf's key has ${key.length} bytes`);
  return { kind: "leaf", path: wholeKey(key), value };
}

/** Called after the whole proof has been read, when every path is known. */
function stubAt(place: Place | undefined, hash: Buffer): Stub {
  if (hash.equals(EMPTY_ROOT)) fail("malformed", "a subtree has the root of the empty tree");
  if (place === undefined) return { kind: "stub", path: NO_PATH, hash };
  const { branch, side } = place;
  return { kind: "stub", path: { bytes: branch.bytes as Buffer, length: branch.bit + 1, last: side }, hash };
}

function readKmm(bytes: Buffer): Item[] {
  const proof = new Reader(bytes);
  const sections = [1, 2, 3, 4].map(() => new Reader(proof.section())) as [Reader, Reader, Reader, Reader];
  const [labels, prefixLengths, terminals, hashes] = sections;
  if (labels.bytes.length === 0 && hashes.bytes.length === 0) return [];
  let bit = 0;
  const nextLabel = (): boolean => {
    if (bit >= 8 * labels.bytes.length) fail("malformed", "the labels end before the open nodes");
    return (((labels.bytes[bit >> 3] as number) >> (7 - (bit++ & 7))) & 1) === 1;
  };

  const items: (() => Item)[] = [];
  const pending: { place: Place | undefined; isOpen: boolean }[] = [
    { place: undefined, isOpen: labels.bytes.length > 0 },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { place, isOpen } = next;
    if (!isOpen) {
      const hash = hashes.take(32);
      items.push(() => stubAt(place, hash));
    } else if (nextLabel()) {
      const [left, right] = [nextLabel(), nextLabel()];
      const branch = branchBelow(place, prefixLengths.u16());
      if (!left && !right) setBytesAbove({ branch, side: 0 }, terminals.take(Math.ceil(branch.bit / 8)));
      pending.push({ place: { branch, side: 1 }, isOpen: right }, { place: { branch, side: 0 }, isOpen: left });
    } else {
      const leaf = leafOf(terminals.take(terminals.u16()), terminals.take(32));
      setBytesAbove(place, leaf.path.bytes);
      items.push(() => leaf);
    }
  }
  return items.map((item) => item());
}

function writeKmm(tree: Hashed[]): Buffer {
  let labels = "";
  const prefixLengths: Buffer[] = [];
  const terminals: Buffer[] = [];
  const hashes: Buffer[] = [];
  let size = 0;
  const add = (section: Buffer[], ...parts: Buffer[]): void => {
    section.push(...parts);
    for (const part of parts) size += part.length;
    checkProofLimit(size);
  };
  for (const { node, place } of tree) {
    switch (node.kind) {
      case "stub":
        add(hashes, node.hash);
        break;
      case "leaf":
        labels += "0";
        add(terminals, u16(node.path.bytes.length), node.path.bytes, node.value);
        break;
      case "inner": {
        const opens = [node.left, node.right].map(({ kind }) => (kind === "stub" ? "0" : "1")).join("");
        labels += `1${opens}`;
        add(prefixLengths, u16(node.path.length - place.length));
        if (opens === "00") add(terminals, packed(bitsFrom(node.path, 0)));
      }
    }
  }
  const sections = [[packed(labels)], prefixLengths, terminals, hashes].map((parts) => Buffer.concat(parts));
  const proof = Buffer.concat(sections.flatMap((section) => [u32(section.length), section]));
  checkProofLimit(proof.length);
  return proof;
}

function decodeNodes(bytes: Buffer, strict: boolean, root: Buffer): Decoded {
  const proof = new Reader(bytes);
  const count = proof.take(4).readUInt32LE();
  const byHash = new Map<string, Buffer>();
  const known = new Set<string>();
  for (let i = 0; i < count; i++) {
    const item = proof.section();
    if (known.has(hex(item))) continue;
    known.add(hex(item));
    byHash.set(hex(hashOf(item)), item);
  }
  if (proof.left > 0) fail("malformed", `${proof.left} bytes follow the last node`);
  if (count > MAX_NODES) fail("limit-exceeded", `${count} nodes are more than 2^22`);
  const items = root.equals(EMPTY_ROOT) ? [] : readNodes(byHash, root);
  const tree = hashedTree(items);
  if (!rootOf(tree).equals(root)) fail("malformed", "an open node contradicts the path to it");
  if (strict && !writeNodes(tree).equals(bytes)) fail("non-canonical", "the proof is not the sorted set of open nodes");
  return { items, tree, carried: byHash.size };
}

/** The items that can be reached from the root. */
function readNodes(byHash: Map<string, Buffer>, root: Buffer): Item[] {
  if (byHash.size > 0 && !byHash.has(hex(root))) fail("invalid-proof", "no node hashes to the root");
  const items: (() => Item)[] = [];
  const reached = new Set<string>();
  const pending: { place: Place | undefined; hash: Buffer; path: string }[] = [
    { place: undefined, hash: root, path: "" },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { place, hash, path } = next;
    const node = byHash.get(hex(hash));
    if (node === undefined) {
      items.push(() => stubAt(place, hash));
      continue;
    }
    if (reached.has(hex(hash))) fail("malformed", `the node ${hex(hash)} is reached twice`);
    reached.add(hex(hash));
    if (node[0] === 0) {
      const leaf = leafOf(node.subarray(1, -32), node.subarray(-32));
      setBytesAbove(place, leaf.path.bytes);
      items.push(() => leaf);
    } else if (node[0] === 1) {
      const { prefix, left, right } = readInner(node);
      const branch = branchBelow(place, prefix.length);
      const below = path + prefix;
      const isOpen = [left, right].some((child) => byHash.has(hex(child)));
      if (!isOpen) setBytesAbove({ branch, side: 0 }, packed(below));
      pending.push({ place: { branch, side: 1 }, hash: right, path: `${below}1` });
      pending.push({ place: { branch, side: 0 }, hash: left, path: `${below}0` });
    } else {
      fail("malformed", "an open node begins with neither 00 nor 01");
    }
  }
  return items.map((item) => item());
}

function readInner(node: Buffer): { prefix: string; left: Buffer; right: Buffer } {
  const reader = new Reader(node.subarray(1));
  const length = reader.take(2).readUInt16BE();
  const prefix = reader.take(Math.ceil(length / 8));
  const [left, right] = [reader.take(32), reader.take(32)];
  return { prefix: bitsFrom({ bytes: prefix, length }, 0), left, right };
}

function writeNodes(tree: Hashed[]): Buffer {
  const open = new Map(openNodes(tree).map(({ hash, hashed }) => [hex(hash), hashed]));
  const places = tree.filter(({ hash }) => open.has(hex(hash))).length;
  if (places > open.size) fail("malformed", "an open node is at two paths, which this encoding cannot represent");
  const parts = [...open.values()].sort(Buffer.compare).flatMap((node) => [u32(node.length), node]);
  checkProofLimit(parts.reduce((sum, { length }) => sum + length, 4));
  return Buffer.concat([u32(open.size), ...parts]);
}

function u16(value: number): Buffer {
  return Buffer.of(value & 0xff, value >> 8);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
