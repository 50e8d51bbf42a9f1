/**
 * A second, independent `ssz` proof backend that confirms the canonical vectors. It is plain and slow, and it works in
 * another way than a real one: a map from generalized index to node, paired level by level.
 *
 * Source: docs/spec, the pages protocol, proofs, binary-trees and ssz.
 * Order of checks: the arguments of the request, then the form of the proof, then its root, then coverage.
 */
import { GindexMap } from "../gindex-map.ts";
import { checkBottomLimit } from "../pruned-encodings.ts";
import { optionsOf, type Params, requestTo, rootParameter } from "../requests.ts";
import { fail, hex, type Json, NaiveError, parseBytes32 } from "../values.ts";
import { decodeProof, ENCODINGS, type Encoding, encodeProof } from "./encodings.ts";
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
import { allNodes, depthOf, type Nodes, prune } from "./tree.ts";
import { extract, merge, transact, update } from "./updates.ts";

export { type Json, NaiveError };

const METHODS: { [method: string]: (params: Params) => Json } = {
  "proof/root": root,
  "proof/get": get,
  "proof/prove": prove,
  "proof/convert": convert,
  "proof/cost": cost,
  "proof/extract": extract,
  "proof/update": update,
  "proof/merge": merge,
  "proof/transact": transact,
};

/** Answers one request in wire form, or throws a `NaiveError`. */
export function naiveCall(method: string, params: Json): Json {
  const request = requestTo("ssz", ENCODINGS, method, params);
  optionsOf(request, []);
  return (METHODS[method] as (params: Params) => Json)(request);
}

function root({ encoding, proof }: Params): Json {
  const { bottoms } = decodeProof(encoding as Encoding, proof);
  return { root: hex(rootOf(allNodes(bottoms, "malformed"))) };
}

function get(params: Params): Json {
  const expectedRoot = rootParameter(params);
  const keys = keysParameter(params);
  const { nodes } = verified(params.encoding as Encoding, params.proof, expectedRoot);
  return { values: keys.map((key) => hex(nodeAt(nodes, key))) };
}

function prove(params: Params): Json {
  const encoding = params.encoding as Encoding;
  const entries = entriesParameter(params);
  const keys = encoding === "helpers" ? claimsParameter(params) : keysParameter(params);
  checkNoDeletes(params);
  const nodes = allNodes(entries, "incomplete");
  for (const key of keys) nodeAt(nodes, key);
  return { root: hex(rootOf(nodes)), proof: encodeProof(encoding, prune(nodes, keys), keys) };
}

function convert(params: Params): Json {
  const { from, to } = params as { from: Encoding; to: Encoding };
  const expectedRoot = rootParameter(params);
  if (to !== "helpers") {
    if (params.keys !== undefined) fail("invalid-argument", `${to} does not name claims, so keys are not allowed`);
    return { proof: encodeProof(to, verified(from, params.proof, expectedRoot).bottoms, []) };
  }
  const keys = claimsParameter(params);
  const { nodes } = verified(from, params.proof, expectedRoot);
  for (const key of keys) nodeAt(nodes, key);
  return { proof: encodeProof(to, prune(nodes, keys), keys) };
}

function cost(params: Params): Json {
  const expectedRoot = rootParameter(params);
  const { bottoms, byteLength } = verified(params.encoding as Encoding, params.proof, expectedRoot);
  let depth = 0;
  for (const gindex of bottoms.keys()) depth = Math.max(depth, depthOf(gindex));
  return { hashes: bottoms.size - 1, bytes: byteLength, nodes: bottoms.size, depth };
}

function entriesParameter({ entries }: Params): Nodes {
  if (!Array.isArray(entries)) fail("invalid-argument", "entries is not an array");
  const nodes: Nodes = new GindexMap();
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2) fail("invalid-argument", "an entry is not a pair");
    const value = parseBytes32(entry[1]) ?? fail("invalid-argument", "a value is not 32 bytes of lower-case hex");
    nodes.set(gindexArgument(entry[0]), value);
  }
  checkNotNested(nodes.keys());
  checkBottomLimit(nodes.size);
  return nodes;
}
