/**
 * The encodings of a pruned tree that contain its shape (docs/spec/binary-trees.md): `compact`, `offsets64` and `offsets16`. They are
 * read and written without the meaning of the nodes.
 *
 * Decoders compare the length with the counts before they build anything, so that a short proof of a large tree is cheap to reject.
 */
import { fail, hex, type Json } from "./values.ts";

export const SHAPED_ENCODINGS = ["compact", "offsets64", "offsets16"] as const;
export type ShapedEncoding = (typeof SHAPED_ENCODINGS)[number];

/** A pruned tree: for each node in pre-order whether it is a bottom node, and the bottom nodes from left to right. */
export type ShapedTree = { isBottom: boolean[]; bottoms: Buffer[] };

const MAX_PROOF_BYTES = 64 * 1024 * 1024;
/** 2m − 1 ≤ 2^22 nodes. */
const MAX_BOTTOMS = 2 ** 21;

export function checkBottomLimit(count: number): void {
  if (count > MAX_BOTTOMS) fail("limit-exceeded", `${count} bottom nodes make more than 2^22 nodes`);
}

export function checkProofLimit(byteLength: number): void {
  if (byteLength > MAX_PROOF_BYTES) fail("limit-exceeded", `a proof of ${byteLength} bytes is longer than 64 MiB`);
}

export function proofBytes(proof: Json | undefined): Buffer {
  if (typeof proof !== "string") fail("invalid-argument", "the proof is not a hex string");
  checkProofLimit((proof.length - 2) / 2);
  if (proof.length % 2 !== 0 || !/^0x[0-9a-f]*$/.test(proof)) {
    fail("invalid-argument", "the proof is not lower-case hex of even length");
  }
  return Buffer.from(proof.slice(2), "hex");
}

export function decodeShaped(encoding: ShapedEncoding, bytes: Buffer): ShapedTree {
  switch (encoding) {
    case "compact":
      return decodeCompact(bytes);
    case "offsets64":
      return decodeOffsets64(bytes);
    case "offsets16":
      return decodeOffsets16(bytes);
  }
}

function decodeCompact(bytes: Buffer): ShapedTree {
  // The length bounds the number of bottom nodes, and so the number of bits of the shape.
  const mostBits = 2 * Math.floor(bytes.length / 32) - 1;
  const isBottom: boolean[] = [];
  let open = 1;
  while (open > 0) {
    if (isBottom.length >= mostBits) fail("malformed", "the shape does not end before the bottoms must begin");
    const bit = bitAt(bytes, isBottom.length);
    isBottom.push(bit);
    open += bit ? -1 : 1;
  }
  const shapeBytes = Math.ceil(isBottom.length / 8);
  const count = (isBottom.length + 1) / 2;
  checkLength(bytes, shapeBytes + 32 * count);
  for (let i = isBottom.length; i < 8 * shapeBytes; i++) {
    if (bitAt(bytes, i)) fail("malformed", `padding bit ${i} of the shape is set`);
  }
  checkBottomLimit(count);
  return { isBottom, bottoms: chunks(bytes, shapeBytes, count) };
}

function bitAt(bytes: Buffer, index: number): boolean {
  return (((bytes[Math.floor(index / 8)] ?? 0) >> (7 - (index % 8))) & 1) === 1;
}

function decodeOffsets64(bytes: Buffer): ShapedTree {
  if (bytes.length < 8) fail("malformed", "there is no room for the count");
  // A count that a double cannot represent is far above any length, so rounding is harmless.
  const count = Number(bytes.readBigUInt64LE(0));
  checkLength(bytes, 40 * count);
  const leftCounts = (index: number) => Number(bytes.readBigUInt64LE(8 + 8 * index));
  return decodeLeftCounts(bytes, count, leftCounts, 8 * count);
}

function decodeOffsets16(bytes: Buffer): ShapedTree {
  if (bytes.length < 3) fail("malformed", "there is no room for the prefix and the count");
  if (bytes[0] !== 0x01) fail("malformed", `the first byte is ${bytes[0]}, not 1`);
  const count = bytes.readUInt16LE(1);
  checkLength(bytes, 34 * count + 1);
  return decodeLeftCounts(bytes, count, (index) => bytes.readUInt16LE(3 + 2 * index), 1 + 2 * count);
}

function decodeLeftCounts(
  bytes: Buffer,
  count: number,
  leftCount: (index: number) => number,
  firstChunk: number,
): ShapedTree {
  if (count < 1) fail("malformed", "a proof has at least one bottom");
  checkBottomLimit(count);
  const isBottom: boolean[] = [];
  const pending = [count];
  let inner = 0;
  for (let bottomsHere = pending.pop(); bottomsHere !== undefined; bottomsHere = pending.pop()) {
    isBottom.push(bottomsHere === 1);
    if (bottomsHere === 1) continue;
    const left = leftCount(inner);
    if (left < 1 || left >= bottomsHere) fail("malformed", `left count ${inner} is ${left} of ${bottomsHere} bottoms`);
    inner++;
    pending.push(bottomsHere - left, left);
  }
  return { isBottom, bottoms: chunks(bytes, firstChunk, count) };
}

export function checkLength(bytes: Buffer, expected: number): void {
  if (bytes.length !== expected) fail("malformed", `the proof has ${bytes.length} bytes, its counts say ${expected}`);
}

export function chunks(bytes: Buffer, first: number, count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => bytes.subarray(first + 32 * i, first + 32 * i + 32));
}

export function encodeShaped(encoding: ShapedEncoding, tree: ShapedTree): string {
  const m = tree.bottoms.length;
  checkBottomLimit(m);
  switch (encoding) {
    case "compact":
      return encodeCompact(tree);
    case "offsets64":
      checkProofLimit(40 * m);
      return encodeLeftCounts(tree, Buffer.alloc(0), 8);
    case "offsets16":
      if (m > 65_535) fail("limit-exceeded", `${m} bottoms do not fit a 16-bit count`);
      return encodeLeftCounts(tree, Buffer.of(0x01), 2);
  }
}

function encodeCompact({ isBottom, bottoms }: ShapedTree): string {
  const shape = Buffer.alloc(Math.ceil(isBottom.length / 8));
  checkProofLimit(shape.length + 32 * bottoms.length);
  isBottom.forEach((bit, i) => {
    if (bit) shape[Math.floor(i / 8)] = (shape[Math.floor(i / 8)] as number) | (0x80 >> (i % 8));
  });
  return hex(Buffer.concat([shape, ...bottoms]));
}

function encodeLeftCounts({ isBottom, bottoms }: ShapedTree, prefix: Buffer, width: 2 | 8): string {
  const leftCounts: number[] = [];
  const counts: number[] = [];
  // In reverse pre-order, both subtrees of an inner node come before it, and the left one is on top of the stack.
  for (const bit of isBottom.toReversed()) {
    if (bit) {
      counts.push(1);
      continue;
    }
    const left = counts.pop() as number;
    leftCounts.push(left);
    counts.push(left + (counts.pop() as number));
  }
  const numbers = [bottoms.length, ...leftCounts.reverse()].map((number) => littleEndian(BigInt(number), width));
  return hex(Buffer.concat([prefix, ...numbers, ...bottoms]));
}

export function littleEndian(value: bigint, width: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * width, "0"), "hex").reverse();
}
