/**
 * `kmm`, the canonical encoding: four sections, each preceded by its length in bytes as u32-LE.
 *
 *   labels          for each open node in pre-order `0` for a leaf, `1` and two bits for an internal node: which children are open
 *   prefix lengths  u16-LE for each open internal node
 *   terminals       for each open leaf u16-LE key length, key, value; for each internal node without an open child its path and
 *                   prefix in bits
 *   hashes          the root of each subtree that is not open, left before right
 *
 * Prefixes are read from the terminals below. Bits are packed most significant bit first and zero-padded to a byte.
 *
 * Req: PROOF-RADIX-010, PROOF-RADIX-012.
 */
import { bitAt, packedLength, paddingIsZero } from "../../core/bits.ts";
import type { Bytes32 } from "../../core/bytes.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import { commonBits, copyBits, isKeyLength, LAST_BIT, setBit } from "./keys.ts";
import {
  checkBranch,
  checkSubtreeRoot,
  childOf,
  createInternal,
  createLeaf,
  EMPTY_ROOT,
  type Internal,
  isEmptyRoot,
  leafKey,
  malformed,
  type OpenNode,
  PREFIX_BIT,
  type Side,
  setChild,
  setSubtreeRoot,
  subtreeRoot,
  type Tree,
} from "./node.ts";

const SECTIONS = ["labels", "prefix lengths", "terminals", "hashes"] as const;

/** A decoded proof, in which the roots of open subtrees are not filled in yet. */
export type Decoded =
  /** The open nodes in pre-order, at least one. */
  | { readonly nodes: readonly OpenNode[] }
  /** A tree whose root node is not open, or the empty tree. */
  | { readonly root: Bytes32 };

/**
 * Decodes a proof.
 *
 * Req:    PROOF-RADIX-010.
 * Errors: malformed.
 * Cost:   one step per node and a few per byte of a terminal; allocated memory is bounded by the number of bytes read so far.
 */
export function decodeKmm(proof: Uint8Array): Decoded {
  const reader = new Reader(proof);
  return reader.isUnopened ? { root: reader.unopenedRoot() } : { nodes: new Walk(reader).nodes };
}

/**
 * Reads each of the four sections from its beginning to its end.
 *
 * Req: PROOF-RADIX-010, PROOF-RADIX-055, PROOF-RADIX-056, PROOF-RADIX-057, PROOF-RADIX-058, PROOF-RADIX-059.
 */
class Reader {
  readonly #sections: readonly Uint8Array[];
  /** The next bit of the labels. */
  #label = 0;
  /** The next byte of each other section. */
  #length = 0;
  #terminal = 0;
  #hash = 0;

  constructor(proof: Uint8Array) {
    const view = new DataView(proof.buffer, proof.byteOffset, proof.length);
    let offset = 0;
    this.#sections = SECTIONS.map((name) => {
      if (proof.length - offset < 4) throw malformed(`the proof ends before the length of its ${name}`);
      const length = view.getUint32(offset, true);
      const begin = offset + 4;
      if (length > proof.length - begin) {
        throw malformed(`the length of the ${name} is ${length} bytes, but the proof has ${proof.length - begin} more`);
      }
      offset = begin + length;
      return proof.subarray(begin, offset);
    });
    if (offset < proof.length) throw malformed(`${proof.length - offset} bytes follow the hashes`);
  }

  get isUnopened(): boolean {
    return this.#sections[0].length === 0;
  }

  /** Returns the root in a proof without labels. Req: PROOF-RADIX-059. Errors: malformed. */
  unopenedRoot(): Bytes32 {
    const root = this.#sections[3].length === 0 ? EMPTY_ROOT : this.hash();
    this.checkEnd();
    return root;
  }

  label(): 0 | 1 {
    const [labels] = this.#sections;
    if (this.#label === 8 * labels.length) throw malformed("the labels end before every open child has been read");
    return bitAt(labels, this.#label++) as 0 | 1;
  }

  prefixLength(): number {
    const [, lengths] = this.#sections;
    const index = this.#length;
    this.#length += 2;
    if (this.#length > lengths.length) throw malformed("there are fewer prefix lengths than open internal nodes");
    return lengths[index] | (lengths[index + 1] << 8);
  }

  terminal(length: number): Uint8Array {
    const [, , terminals] = this.#sections;
    const begin = this.#terminal;
    this.#terminal += length;
    if (this.#terminal > terminals.length) throw malformed("the terminals end before the last open node");
    return terminals.subarray(begin, begin + length);
  }

  hash(): Bytes32 {
    const [, , , hashes] = this.#sections;
    const begin = this.#hash;
    this.#hash += 32;
    if (this.#hash > hashes.length) throw malformed("there are fewer hashes than children that are not open");
    const hash = hashes.subarray(begin, begin + 32) as Bytes32;
    checkSubtreeRoot(hash);
    return hash;
  }

  /** Req: PROOF-RADIX-055, PROOF-RADIX-057, PROOF-RADIX-058. Errors: malformed when a section has unread bytes. */
  checkEnd(): void {
    const [labels] = this.#sections;
    if (packedLength(this.#label) !== labels.length) throw malformed("there are more labels than open nodes");
    if (!paddingIsZero(labels, this.#label)) throw malformed("the padding of the labels is not zero");
    const read = [labels.length, this.#length, this.#terminal, this.#hash];
    for (const [index, name] of SECTIONS.entries()) {
      const surplus = this.#sections[index].length - read[index];
      if (surplus > 0) throw malformed(`${surplus} bytes of the ${name} belong to no open node`);
    }
  }
}

/** A node that the walk has not visited yet. */
interface Visit {
  readonly parent: Internal | undefined;
  readonly side: Side;
  readonly isOpen: boolean;
  /** The bit at which its prefix begins. */
  readonly start: number;
}

/** An internal node whose prefix no terminal has filled in yet. */
interface Unfilled {
  readonly node: Internal;
  readonly start: number;
  /** The side of the next terminal; `undefined` when the node is closed off. */
  readonly side: Side | undefined;
}

/** The pre-order walk of a proof. It builds the nodes. */
class Walk {
  readonly nodes: OpenNode[] = [];
  readonly #reader: Reader;
  #unfilled: Unfilled[] = [];
  /** The terminal that was read last. */
  #terminal: Uint8Array | undefined;
  /** The branching bit at which the next terminal parts from the last one. */
  #parting = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
    const pending: Visit[] = [{ parent: undefined, side: 0, isOpen: true, start: 0 }];
    for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
      const { parent, side, isOpen, start } = visit;
      if (!isOpen) {
        setSubtreeRoot(parent as Internal, side, reader.hash());
        continue;
      }
      if (side === 1 && parent?.left !== undefined) this.#parting = start - 1;
      const node = reader.label() === 0 ? this.#leaf(start) : this.#internal(start, pending);
      if (parent !== undefined) setChild(parent, side, node);
      this.nodes.push(node);
    }
    reader.checkEnd();
  }

  /** Req: PROOF-RADIX-006, PROOF-RADIX-050, PROOF-RADIX-061. */
  #leaf(start: number): OpenNode {
    const head = this.#reader.terminal(2);
    const length = head[0] | (head[1] << 8);
    if (!isKeyLength(length)) throw malformed(`a leaf has a key of ${length} bytes`);
    const body = this.#reader.terminal(length + 32);
    if (8 * length < start) throw malformed(`a leaf is below bit ${start}, but its key has ${length} bytes`);
    const key = body.subarray(0, length);
    this.#addTerminal(key);
    return createLeaf(key, body.subarray(length));
  }

  #internal(start: number, pending: Visit[]): OpenNode {
    const [leftOpen, rightOpen] = [this.#reader.label() === 1, this.#reader.label() === 1];
    const node = createInternal(this.#reader.prefixLength());
    const branch = start + node.prefixLength;
    checkBranch(branch);
    const isClosedOff = !leftOpen && !rightOpen;
    this.#unfilled.push({ node, start, side: isClosedOff ? undefined : leftOpen ? 0 : 1 });
    if (isClosedOff) {
      const path = this.#reader.terminal(packedLength(branch));
      if (!paddingIsZero(path, branch)) throw malformed("the padding of a path is not zero");
      this.#addTerminal(path);
    }
    pending.push(
      { parent: node, side: 1, isOpen: rightOpen, start: branch + 1 },
      { parent: node, side: 0, isOpen: leftOpen, start: branch + 1 },
    );
    return node;
  }

  /**
   * Checks a terminal that is long enough for every node above it, and fills in prefixes from it.
   *
   * It is enough to compare it with the terminal before it: that terminal agrees with all earlier ones.
   *
   * Req:    PROOF-RADIX-011, PROOF-RADIX-060.
   * Errors: malformed.
   */
  #addTerminal(terminal: Uint8Array): void {
    const before = this.#terminal;
    if (before !== undefined) {
      if (commonBits(before, 0, terminal, 0, this.#parting) < this.#parting || bitAt(terminal, this.#parting) === 0) {
        throw malformed(`two terminals do not part at bit ${this.#parting}, where an internal node branches`);
      }
    }
    for (const { node, start, side } of this.#unfilled) {
      const branch = start + node.prefixLength;
      if (side !== undefined && bitAt(terminal, branch) !== side) {
        throw malformed(`a terminal is on the wrong side of the internal node that branches at bit ${branch}`);
      }
      copyBits(terminal, start, node.prefixLength, node.preimage, PREFIX_BIT);
    }
    this.#unfilled = [];
    this.#terminal = terminal;
  }
}

/**
 * Encodes a tree.
 *
 * Req:    PROOF-RADIX-012.
 * Errors: limit-exceeded for more than 64 MiB. The paths of internal nodes that are closed off are written in full, and can
 *         be much longer than the nodes themselves.
 */
export function encodeKmm(tree: Tree): Uint8Array {
  const sizes = sectionSizes(tree);
  const length = sizes.reduce((sum, size) => sum + 4 + size, 0);
  checkLimit("bytes of the proof", length, MAX_PROOF_BYTES);
  const proof = new Uint8Array(length);
  const view = new DataView(proof.buffer);
  let offset = 0;
  const sections = sizes.map((size) => {
    view.setUint32(offset, size, true);
    const begin = offset + 4;
    offset = begin + size;
    return proof.subarray(begin, offset);
  });
  writeSections(tree, sections);
  return proof;
}

/** Req: PROOF-RADIX-012. */
function sectionSizes(tree: Tree): number[] {
  if (tree.top === undefined) return [0, 0, 0, isEmptyRoot(tree.root) ? 0 : 32];
  let [labels, lengths, terminals, hashes] = [0, 0, 0, 0];
  const pending = [{ node: tree.top, start: 0 }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, start } = visit;
    if (node.isLeaf) {
      labels += 1;
      terminals += 1 + node.preimage.length;
      continue;
    }
    const branch = start + node.prefixLength;
    labels += 3;
    lengths += 2;
    if (isClosedOff(node)) terminals += packedLength(branch);
    for (const child of [node.right, node.left]) {
      if (child === undefined) hashes += 32;
      else pending.push({ node: child, start: branch + 1 });
    }
  }
  return [packedLength(labels), lengths, terminals, hashes];
}

function isClosedOff({ left, right }: Internal): boolean {
  return left === undefined && right === undefined;
}

/** Input: `sections` have the right sizes and are all zero. */
function writeSections(tree: Tree, [labels, lengths, terminals, hashes]: readonly Uint8Array[]): void {
  if (tree.top === undefined) {
    hashes.set(tree.root.subarray(0, hashes.length));
    return;
  }
  let [label, length, terminal, hash] = [0, 0, 0, 0];
  /** The bits above the visited node. Later bits may be left from a left subtree; they are overwritten before they are read. */
  const path = new Uint8Array(packedLength(LAST_BIT + 1));
  const pending: { root: Bytes32; node: OpenNode | undefined; start: number; side: Side }[] = [
    { root: tree.root, node: tree.top, start: 0, side: 0 },
  ];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { root, node, start, side } = visit;
    if (node === undefined) {
      hashes.set(root, hash);
      hash += 32;
      continue;
    }
    if (start > 0) setBit(path, start - 1, side);
    if (node.isLeaf) {
      const keyLength = leafKey(node).length;
      label += 1;
      terminals[terminal] = keyLength & 0xff;
      terminals[terminal + 1] = keyLength >> 8;
      terminals.set(node.preimage.subarray(1), terminal + 2);
      terminal += 1 + node.preimage.length;
      continue;
    }
    const branch = start + node.prefixLength;
    for (const bit of [1, node.left === undefined ? 0 : 1, node.right === undefined ? 0 : 1] as const) {
      setBit(labels, label++, bit);
    }
    lengths[length] = node.prefixLength & 0xff;
    lengths[length + 1] = node.prefixLength >> 8;
    length += 2;
    copyBits(node.preimage, PREFIX_BIT, node.prefixLength, path, start);
    if (isClosedOff(node)) {
      terminals.set(path.subarray(0, packedLength(branch)), terminal);
      terminal += packedLength(branch);
    }
    for (const toSide of [1, 0] as const) {
      pending.push({ root: subtreeRoot(node, toSide), node: childOf(node, toSide), start: branch + 1, side: toSide });
    }
  }
}
