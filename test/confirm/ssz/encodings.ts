/** The five encodings of a pruned tree: each is decoded into a map of bottom nodes and encoded from one. */
import { GindexMap } from "../gindex-map.ts";
import {
  checkBottomLimit,
  checkLength,
  checkProofLimit,
  chunks,
  decodeShaped,
  encodeShaped,
  littleEndian,
  proofBytes,
  SHAPED_ENCODINGS,
  type ShapedTree,
} from "../pruned-encodings.ts";
import { fail, hex, isObject, type Json, parseBytes32 } from "../values.ts";
import {
  ascending,
  bottomsUnder,
  checkGindexLimit,
  type Nodes,
  nestedPair,
  openedBy,
  parseQuantity,
  preOrder,
  quantity,
} from "./tree.ts";

export const ENCODINGS = [...SHAPED_ENCODINGS, "explicit", "helpers"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * Only `explicit` can name bottom nodes that are not a tree; the computation of all nodes finds that. Only `helpers` has
 * claims.
 */
export type DecodedProof = { bottoms: Nodes; claims: bigint[]; byteLength: number };

export function decodeProof(encoding: Encoding, proof: Json | undefined): DecodedProof {
  if (encoding === "helpers") return decodeHelpers(proof);
  const bytes = proofBytes(proof);
  const bottoms = encoding === "explicit" ? decodeExplicit(bytes) : bottomsOf(decodeShaped(encoding, bytes));
  return { bottoms, claims: [], byteLength: bytes.length };
}

function bottomsOf({ isBottom, bottoms }: ShapedTree): Nodes {
  const nodes: Nodes = new GindexMap();
  const pending = [1n];
  for (const ends of isBottom) {
    const gindex = pending.pop() as bigint;
    checkGindexLimit(gindex);
    if (ends) nodes.set(gindex, bottoms[nodes.size] as Buffer);
    else pending.push(2n * gindex + 1n, 2n * gindex);
  }
  return nodes;
}

function decodeExplicit(bytes: Buffer): Nodes {
  if (bytes.length < 4) fail("malformed", "the proof is too short for the count");
  const count = bytes.readUInt32LE(0);
  checkLength(bytes, 48 * count + 4);
  if (count < 1) fail("malformed", "a proof has at least one bottom node");
  checkBottomLimit(count);
  const bottoms: Nodes = new GindexMap();
  let previous = 0n;
  for (const [i, node] of chunks(bytes, 4 + 16 * count, count).entries()) {
    const gindex = bytes.readBigUInt64LE(4 + 16 * i) | (bytes.readBigUInt64LE(12 + 16 * i) << 64n);
    if (gindex <= previous) fail("malformed", `index ${i} is ${quantity(gindex)}, after ${quantity(previous)}`);
    previous = gindex;
    bottoms.set(gindex, node);
  }
  return bottoms;
}

function decodeHelpers(proof: Json | undefined): DecodedProof {
  if (!isObject(proof)) fail("invalid-argument", "a proof in helpers is an object");
  if (Object.keys(proof).sort().join() !== "gindices,helpers,leaves") {
    fail("malformed", "the members are not exactly gindices, leaves and helpers");
  }
  const { gindices, leaves, helpers } = proof;
  if (!Array.isArray(gindices) || !Array.isArray(leaves) || !Array.isArray(helpers)) {
    fail("malformed", "a member is not an array");
  }
  if (gindices.length === 0) fail("malformed", "a helpers proof claims at least one node");
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
  if (opened?.size !== count - 1) fail("malformed", `the claims do not need exactly ${helpers.length} helpers`);

  const bottoms: Nodes = new GindexMap();
  claims.forEach((gindex, i) => {
    bottoms.set(gindex, parseNode(leaves[i]));
  });
  const helperGindices = ascending(bottomsUnder(opened).filter((gindex) => !bottoms.has(gindex))).reverse();
  helperGindices.forEach((gindex, i) => {
    bottoms.set(gindex, parseNode(helpers[i]));
  });
  const byteLength = helpersLength(count, claims);
  checkProofLimit(byteLength);
  return { bottoms, claims, byteLength };
}

function parseNode(value: Json | undefined): Buffer {
  return parseBytes32(value) ?? fail("malformed", "a node is not 32 bytes of lower-case hex");
}

function helpersLength(count: number, claims: bigint[]): number {
  return claims.reduce((sum, gindex) => sum + Math.ceil(gindex.toString(16).length / 2), 32 * count);
}

/** `claims` are the bottom nodes that `helpers` names; the others are its helpers. Other encodings ignore `claims`. */
export function encodeProof(encoding: Encoding, bottoms: Nodes, claims: Iterable<bigint>): Json {
  if (encoding === "explicit") return encodeExplicit(bottoms);
  if (encoding === "helpers") return encodeHelpers(bottoms, claims);
  const steps = preOrder(bottoms);
  return encodeShaped(encoding, {
    isBottom: steps.map(({ node }) => node !== undefined),
    bottoms: steps.flatMap(({ node }) => node ?? []),
  });
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
