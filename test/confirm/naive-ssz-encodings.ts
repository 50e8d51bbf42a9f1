/**
 * The five encodings of a pruned tree, each decoded into a map of bottoms and written from one.
 *
 * Decoders compare the length with what the counts imply before they build anything, so a short proof that claims a
 * large tree costs nothing.
 */
import { GindexMap } from "./gindex-map.ts";
import {
  ascending,
  bottomsUnder,
  checkBottomLimit,
  checkGindexLimit,
  fail,
  hex,
  type Json,
  MAX_PROOF_BYTES,
  type Nodes,
  nestedPair,
  openedBy,
  parseBytes32,
  parseQuantity,
  preOrder,
  quantity,
} from "./naive-ssz-tree.ts";

export const ENCODINGS = ["compact", "offsets64", "offsets16", "explicit", "helpers"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * `explicit` alone can name bottoms that are no tree, which shows when the caller asks for all nodes. `helpers` alone
 * has claims.
 */
export type DecodedProof = { bottoms: Nodes; claims: bigint[]; byteLength: number };

export function decodeProof(encoding: Encoding, proof: Json | undefined): DecodedProof {
  if (encoding === "helpers") return decodeHelpers(proof);
  if (typeof proof !== "string") fail("invalid-argument", `a proof in ${encoding} is a hex string`);
  if (proof.length > 2 + 2 * MAX_PROOF_BYTES) fail("limit-exceeded", "the proof is longer than 64 MiB");
  if (proof.length % 2 !== 0 || !/^0x[0-9a-f]*$/.test(proof)) {
    fail("invalid-argument", "the proof is not lower-case hex of even length");
  }
  const bytes = Buffer.from(proof.slice(2), "hex");
  return { bottoms: decodeBytes(encoding, bytes), claims: [], byteLength: bytes.length };
}

function decodeBytes(encoding: Exclude<Encoding, "helpers">, bytes: Buffer): Nodes {
  switch (encoding) {
    case "compact":
      return decodeCompact(bytes);
    case "offsets64":
      return decodeOffsets64(bytes);
    case "offsets16":
      return decodeOffsets16(bytes);
    case "explicit":
      return decodeExplicit(bytes);
  }
}

function decodeCompact(bytes: Buffer): Nodes {
  // No more bottoms can follow than there is room for, so a shape of more bits than that is not worth reading.
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
  const bottoms: Nodes = new GindexMap();
  const pending = [1n];
  for (const ends of isBottom) {
    const gindex = pending.pop() as bigint;
    checkGindexLimit(gindex);
    if (ends) bottoms.set(gindex, chunk(bytes, shapeBytes, bottoms.size));
    else pending.push(2n * gindex + 1n, 2n * gindex);
  }
  return bottoms;
}

function bitAt(bytes: Buffer, index: number): boolean {
  return (((bytes[Math.floor(index / 8)] ?? 0) >> (7 - (index % 8))) & 1) === 1;
}

function decodeOffsets64(bytes: Buffer): Nodes {
  if (bytes.length < 8) fail("malformed", "there is no room for the count");
  // A count that a double cannot hold exactly is far from the length that it would need, so rounding is harmless.
  const count = Number(bytes.readBigUInt64LE(0));
  checkLength(bytes, 40 * count);
  const leftCounts = (index: number) => Number(bytes.readBigUInt64LE(8 + 8 * index));
  return decodeLeftCounts(bytes, count, leftCounts, 8 * count);
}

function decodeOffsets16(bytes: Buffer): Nodes {
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
): Nodes {
  if (count < 1) fail("malformed", "a proof has at least one bottom");
  checkBottomLimit(count);
  const bottoms: Nodes = new GindexMap();
  const pending = [{ gindex: 1n, count }];
  let inner = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    checkGindexLimit(at.gindex);
    if (at.count === 1) {
      bottoms.set(at.gindex, chunk(bytes, firstChunk, bottoms.size));
      continue;
    }
    const left = leftCount(inner);
    if (left < 1 || left >= at.count) fail("malformed", `left count ${inner} is ${left} of ${at.count} bottoms`);
    inner++;
    pending.push({ gindex: 2n * at.gindex + 1n, count: at.count - left }, { gindex: 2n * at.gindex, count: left });
  }
  return bottoms;
}

function decodeExplicit(bytes: Buffer): Nodes {
  if (bytes.length < 4) fail("malformed", "there is no room for the count");
  const count = bytes.readUInt32LE(0);
  checkLength(bytes, 48 * count + 4);
  if (count < 1) fail("malformed", "a proof has at least one bottom");
  checkBottomLimit(count);
  const bottoms: Nodes = new GindexMap();
  let previous = 0n;
  for (let i = 0; i < count; i++) {
    const gindex = bytes.readBigUInt64LE(4 + 16 * i) | (bytes.readBigUInt64LE(12 + 16 * i) << 64n);
    if (gindex <= previous) fail("malformed", `index ${i} is ${quantity(gindex)}, after ${quantity(previous)}`);
    previous = gindex;
    bottoms.set(gindex, chunk(bytes, 4 + 16 * count, i));
  }
  return bottoms;
}

function checkLength(bytes: Buffer, expected: number): void {
  if (bytes.length !== expected) fail("malformed", `the proof has ${bytes.length} bytes, its counts say ${expected}`);
}

function chunk(bytes: Buffer, first: number, index: number): Buffer {
  return bytes.subarray(first + 32 * index, first + 32 * index + 32);
}

function decodeHelpers(proof: Json | undefined): DecodedProof {
  if (typeof proof !== "object" || proof === null || Array.isArray(proof)) {
    fail("invalid-argument", "a proof in helpers is an object");
  }
  if (Object.keys(proof).sort().join() !== "gindices,helpers,leaves") {
    fail("malformed", "the members are not exactly gindices, leaves and helpers");
  }
  const { gindices, leaves, helpers } = proof;
  if (!Array.isArray(gindices) || !Array.isArray(leaves) || !Array.isArray(helpers)) {
    fail("malformed", "a member is not an array");
  }
  if (gindices.length === 0) fail("malformed", "nothing is claimed");
  if (gindices.length !== leaves.length) fail("malformed", `${gindices.length} indices for ${leaves.length} leaves`);
  const count = leaves.length + helpers.length;
  checkBottomLimit(count);
  const claims = gindices.map((value) => {
    const gindex = parseQuantity(value);
    if (gindex === undefined || gindex === 0n) fail("malformed", "an index is not a positive minimal quantity");
    return gindex;
  });
  for (let i = 1; i < claims.length; i++) {
    if ((claims[i] as bigint) <= (claims[i - 1] as bigint)) fail("malformed", `index ${i} does not ascend`);
  }
  const nested = nestedPair(claims);
  if (nested) fail("malformed", `claim ${quantity(nested[0])} contains claim ${quantity(nested[1])}`);
  const opened = openedBy(claims, count - 1);
  if (opened?.size !== count - 1) fail("malformed", `${helpers.length} helpers are not what the claims need`);

  const bottoms: Nodes = new GindexMap();
  claims.forEach((gindex, i) => {
    bottoms.set(gindex, parseNode(leaves[i]));
  });
  const helperGindices = ascending(bottomsUnder(opened).filter((gindex) => !bottoms.has(gindex))).reverse();
  helperGindices.forEach((gindex, i) => {
    bottoms.set(gindex, parseNode(helpers[i]));
  });
  const byteLength = helpersLength(count, claims);
  if (byteLength > MAX_PROOF_BYTES) fail("limit-exceeded", "the proof is longer than 64 MiB");
  return { bottoms, claims, byteLength };
}

function parseNode(value: Json | undefined): Buffer {
  return parseBytes32(value) ?? fail("malformed", "a node is not 32 bytes of lower-case hex");
}

function helpersLength(count: number, claims: bigint[]): number {
  return claims.reduce((sum, gindex) => sum + Math.ceil(gindex.toString(16).length / 2), 32 * count);
}

/** `claims` are the bottoms that `helpers` names as claimed, the rest being helpers; other encodings do not ask. */
export function encodeProof(encoding: Encoding, bottoms: Nodes, claims: Iterable<bigint>): Json {
  const m = bottoms.size;
  switch (encoding) {
    case "compact":
      return encodeCompact(bottoms);
    case "offsets64":
      return encodeLeftCounts(bottoms, 40 * m, Buffer.alloc(0), 8);
    case "offsets16":
      if (m > 65_535) fail("limit-exceeded", `${m} bottoms do not fit a 16-bit count`);
      return encodeLeftCounts(bottoms, 34 * m + 1, Buffer.of(0x01), 2);
    case "explicit":
      return encodeExplicit(bottoms);
    case "helpers":
      return encodeHelpers(bottoms, claims);
  }
}

function encodeCompact(bottoms: Nodes): string {
  const shapeBytes = Math.ceil((2 * bottoms.size - 1) / 8);
  checkProofLimit(shapeBytes + 32 * bottoms.size);
  const shape = Buffer.alloc(shapeBytes);
  const nodes: Buffer[] = [];
  preOrder(bottoms).forEach(({ node }, i) => {
    if (node === undefined) return;
    shape[Math.floor(i / 8)] = (shape[Math.floor(i / 8)] as number) | (0x80 >> (i % 8));
    nodes.push(node);
  });
  return hex(Buffer.concat([shape, ...nodes]));
}

function encodeLeftCounts(bottoms: Nodes, byteLength: number, prefix: Buffer, width: 2 | 8): string {
  checkProofLimit(byteLength);
  const steps = preOrder(bottoms);
  const leftCounts: number[] = [];
  const counts: number[] = [];
  // From the end of a pre-order both subtrees of an inner node are counted when it is reached, the left one on top.
  for (const { node } of steps.toReversed()) {
    if (node !== undefined) {
      counts.push(1);
      continue;
    }
    const left = counts.pop() as number;
    leftCounts.push(left);
    counts.push(left + (counts.pop() as number));
  }
  const numbers = [bottoms.size, ...leftCounts.reverse()].map((number) => littleEndian(BigInt(number), width));
  return hex(Buffer.concat([prefix, ...numbers, ...steps.flatMap(({ node }) => node ?? [])]));
}

function encodeExplicit(bottoms: Nodes): string {
  const gindices = ascending(bottoms.keys());
  if ((gindices.at(-1) as bigint) >> 128n > 0n) fail("limit-exceeded", "an index does not fit 128 bits");
  checkProofLimit(48 * gindices.length + 4);
  const count = littleEndian(BigInt(gindices.length), 4);
  const indices = gindices.map((gindex) => littleEndian(gindex, 16));
  return hex(Buffer.concat([count, ...indices, ...gindices.map((gindex) => bottoms.get(gindex) as Buffer)]));
}

function encodeHelpers(bottoms: Nodes, claims: Iterable<bigint>): Json {
  const claimed = new GindexMap<true>();
  for (const gindex of claims) claimed.set(gindex, true);
  const gindices = ascending(claimed.keys());
  checkProofLimit(helpersLength(bottoms.size, gindices));
  const helpers = ascending(bottoms.keys())
    .reverse()
    .filter((gindex) => !claimed.has(gindex));
  const nodesAt = (wanted: bigint[]) => wanted.map((gindex) => hex(bottoms.get(gindex) as Buffer));
  return { gindices: gindices.map(quantity), leaves: nodesAt(gindices), helpers: nodesAt(helpers) };
}

function littleEndian(value: bigint, width: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * width, "0"), "hex").reverse();
}

function checkProofLimit(byteLength: number): void {
  if (byteLength > MAX_PROOF_BYTES) fail("limit-exceeded", `a proof of ${byteLength} bytes is longer than 64 MiB`);
}
