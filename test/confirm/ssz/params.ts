/** The common parts of the methods of the naive `ssz` backend: their parameters, and a verified proof. */

import type { Params } from "../requests.ts";
import { fail, hex, type Json } from "../values.ts";
import { type DecodedProof, decodeProof, type Encoding } from "./encodings.ts";
import { allNodes, type Nodes, nestedPair, parseQuantity, quantity } from "./tree.ts";

export function verified(
  encoding: Encoding,
  proof: Json | undefined,
  expectedRoot: Buffer,
): DecodedProof & { nodes: Nodes } {
  const decoded = decodeProof(encoding, proof);
  const nodes = allNodes(decoded.bottoms, "malformed");
  if (!rootOf(nodes).equals(expectedRoot)) fail("invalid-proof", `the proof's root is ${hex(rootOf(nodes))}`);
  return { ...decoded, nodes };
}

export function rootOf(nodes: Nodes): Buffer {
  return nodes.get(1n) as Buffer;
}

export function nodeAt(nodes: Nodes, key: bigint): Buffer {
  return nodes.get(key) ?? fail("incomplete", `${quantity(key)} is below a bottom node`);
}

export function gindexArgument(value: Json | undefined): bigint {
  const gindex = parseQuantity(value);
  if (gindex === undefined || gindex === 0n) fail("invalid-argument", "a key is not a positive minimal quantity");
  return gindex;
}

export function keysParameter({ keys }: Params): bigint[] {
  if (!Array.isArray(keys)) fail("invalid-argument", "keys is not an array");
  return keys.map(gindexArgument);
}

/** Keys that become claims: at least one, none above another; a repeated key counts once. */
export function claimsParameter(params: Params): bigint[] {
  const keys = keysParameter(params);
  if (keys.length === 0) fail("invalid-argument", "helpers claims at least one node");
  checkNotNested(keys);
  return keys;
}

/** The type of the tree fixes its shape, so nothing can be deleted and only an empty list is legal. */
export function checkNoDeletes({ deletes }: Params): void {
  if (deletes === undefined || (Array.isArray(deletes) && deletes.length === 0)) return;
  fail("invalid-argument", "ssz has no deletes");
}

export function checkNotNested(gindices: Iterable<bigint>): void {
  const nested = nestedPair(gindices);
  if (nested) fail("invalid-argument", `${quantity(nested[0])} contains ${quantity(nested[1])}`);
}
