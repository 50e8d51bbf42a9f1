/**
 * The methods of the naive `ssz` backend that derive one proof from another: extract, update, merge and transact.
 *
 * Source: docs/spec/ssz.md. Faults of the request itself are reported before the proof is decoded; faults that need the
 * tree are reported in the order of the request.
 */
import { GindexMap } from "../gindex-map.ts";
import { type Params, rootParameter, type Step, stepsParameter } from "../requests.ts";
import { fail, hashPair, hex, type Json, parseBytes32 } from "../values.ts";
import { type Encoding, encodeProof } from "./encodings.ts";
import {
  checkNoDeletes,
  checkNotNested,
  claimsParameter,
  gindexArgument,
  keysParameter,
  nodeAt,
  rootOf,
  verified,
} from "./params.ts";
import { allNodes, type Nodes, prune, quantity } from "./tree.ts";

type Write = [key: bigint, value: Buffer];

export function extract(params: Params): Json {
  const encoding = params.encoding as Encoding;
  const expectedRoot = rootParameter(params);
  const keys = encoding === "helpers" ? claimsParameter(params) : keysParameter(params);
  checkNoDeletes(params);
  const { nodes } = verified(encoding, params.proof, expectedRoot);
  for (const key of keys) nodeAt(nodes, key);
  return { proof: encodeProof(encoding, prune(nodes, keys), keys) };
}

export function update(params: Params): Json {
  const encoding = params.encoding as Encoding;
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.writes)) fail("invalid-argument", "writes is not an array");
  const writes = params.writes.map(writeArgument);
  const { bottoms, claims, nodes } = verified(encoding, params.proof, expectedRoot);
  const written: Nodes = new GindexMap();
  for (const [gindex, node] of bottoms) written.set(gindex, node);
  for (const [key, value] of writes) {
    checkBottom(bottoms, nodes, key);
    written.set(key, value);
  }
  return {
    root: hex(rootOf(allNodes(written, "malformed"))),
    proof: encodeProof(encoding, written, [...claims, ...writes.map(([key]) => key)]),
  };
}

export function merge(params: Params): Json {
  const encoding = params.encoding as Encoding;
  const expectedRoot = rootParameter(params);
  const { proofs } = params;
  if (!Array.isArray(proofs)) fail("invalid-argument", "proofs is not an array");
  if (proofs.length === 0) fail("invalid-argument", "there is nothing to merge");
  const known: Nodes = new GindexMap();
  const deepest: bigint[] = [];
  const allClaims: bigint[] = [];
  for (const proof of proofs) {
    const { bottoms, claims, nodes } = verified(encoding, proof, expectedRoot);
    for (const [gindex, node] of nodes) {
      if (known.get(gindex)?.equals(node) === false) fail("invalid-proof", `two nodes at ${quantity(gindex)}`);
      known.set(gindex, node);
    }
    for (const gindex of bottoms.keys()) deepest.push(gindex);
    for (const gindex of claims) allClaims.push(gindex);
  }
  checkNotNested(allClaims);
  // The nodes above the bottom nodes of a proof are the nodes that it opens.
  return { proof: encodeProof(encoding, prune(known, deepest), allClaims) };
}

export function transact(params: Params): Json {
  const expectedRoot = rootParameter(params);
  const steps = stepsParameter(params, gindexArgument, writeArgument);
  const { bottoms, nodes } = verified(params.encoding as Encoding, params.proof, expectedRoot);
  // For each open checkpoint, the nodes that later sets have overwritten.
  const overwritten: Write[][] = [];
  const take = (step: Step<bigint, Buffer>): Json => {
    switch (step.name) {
      case "get":
        return hex(nodeAt(nodes, step.key));
      case "set": {
        const [key] = step.write;
        checkBottom(bottoms, nodes, key);
        overwritten.at(-1)?.push([key, nodeAt(nodes, key)]);
        setBottom(nodes, step.write);
        return true;
      }
      case "root":
        return hex(rootOf(nodes));
      case "checkpoint":
        overwritten.push([]);
        return true;
      case "commit": {
        const since = overwritten.pop() ?? fail("invalid-argument", "commit without a checkpoint");
        for (const write of since) overwritten.at(-1)?.push(write);
        return true;
      }
      case "revert": {
        const since = overwritten.pop() ?? fail("invalid-argument", "revert without a checkpoint");
        for (const write of since.reverse()) setBottom(nodes, write);
        return true;
      }
    }
  };
  return { results: steps.map(take) };
}

/** Sets a bottom node and every hash above it. */
function setBottom(nodes: Nodes, [key, value]: Write): void {
  nodes.set(key, value);
  for (let gindex = key >> 1n; gindex > 0n; gindex >>= 1n) {
    nodes.set(gindex, hashPair(nodes.get(2n * gindex) as Buffer, nodes.get(2n * gindex + 1n) as Buffer));
  }
}

function checkBottom(bottoms: Nodes, nodes: Nodes, key: bigint): void {
  nodeAt(nodes, key);
  if (!bottoms.has(key)) fail("invalid-argument", `${quantity(key)} is an inner node, which cannot be written`);
}

function writeArgument(write: Json): Write {
  if (!Array.isArray(write) || write.length !== 2) fail("invalid-argument", "a write is not a pair");
  const key = gindexArgument(write[0]);
  const value = parseBytes32(write[1]) ?? fail("invalid-argument", "a value is not 32 bytes of lower-case hex");
  return [key, value];
}
