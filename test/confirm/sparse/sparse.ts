/**
 * A second, independent `sparse` proof backend that confirms the canonical vectors. It is plain and slow, and it works in
 * another way than a real one: maps from path to node are hashed level by level, and every result is pruned again from all
 * known nodes.
 *
 * Source: docs/spec, the pages protocol, proofs, binary-trees and sparse, read without sight of the reference
 * implementation.
 * Order of checks: the arguments of the request, then the form of the proof, its root, its canonical form if the profile
 * requires it, then coverage.
 */
import { decodeShaped, encodeShaped, proofBytes, SHAPED_ENCODINGS, type ShapedEncoding } from "../pruned-encodings.ts";
import { optionsOf, type Params, requestTo, resultsOf, rootParameter, stepsParameter } from "../requests.ts";
import { fail, hex, type Json, parseBytes32 } from "../values.ts";
import {
  allNodes,
  bottomsOf,
  coveredBy,
  isCanonical,
  MAX_DEPTH,
  type Nodes,
  shapedTree,
  smallestCovering,
  valueAt,
  wholeTree,
  write,
} from "./tree.ts";

/** The checked options. */
type Settings = { depth: number; strict: boolean };

type Opened = { bottoms: Nodes; nodes: Nodes; byteLength: number };

type Write = [key: string, value: Buffer | null];

const METHODS: { [method: string]: (params: Params, settings: Settings) => Json } = {
  "proof/root": root,
  "proof/get": get,
  "proof/cost": cost,
  "proof/prove": prove,
  "proof/convert": convert,
  "proof/update": update,
  "proof/transact": transact,
  "proof/merge": merge,
  "proof/extract": extract,
};

/** Answers one request in wire form, or throws a `NaiveError`. */
export function naiveSparseCall(method: string, params: Json): Json {
  const request = requestTo("sparse", SHAPED_ENCODINGS, method, params);
  const { depth = MAX_DEPTH, profile } = optionsOf(request, ["depth"]);
  if (typeof depth !== "number" || !Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH) {
    fail("invalid-argument", `depth is not an integer from 1 to ${MAX_DEPTH}`);
  }
  const run = METHODS[method] as (params: Params, settings: Settings) => Json;
  return run(request, { depth, strict: profile === "strict" });
}

function root(params: Params, settings: Settings): Json {
  const { nodes } = opened(params.encoding, proofBytes(params.proof), settings);
  return { root: hex(nodes.get("") as Buffer) };
}

function get(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const keys = keysParameter(params, "keys", settings);
  const { bottoms } = opened(params.encoding, proofBytes(params.proof), settings, expectedRoot);
  return { values: keys.map((key) => valueOnWire(valueAt(bottoms, key, settings.depth))) };
}

function cost(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const { bottoms, byteLength } = opened(params.encoding, proofBytes(params.proof), settings, expectedRoot);
  let depth = 0;
  for (const path of bottoms.keys()) depth = Math.max(depth, path.length);
  return { hashes: bottoms.size - 1, bytes: byteLength, nodes: bottoms.size, depth };
}

function prove(params: Params, settings: Settings): Json {
  const { depth } = settings;
  if (!Array.isArray(params.entries)) fail("invalid-argument", "entries is not an array");
  const leaves: Nodes = new Map();
  for (const entry of params.entries) {
    const [key, value] = writeArgument(entry, settings);
    if (value === null) leaves.delete(key);
    else leaves.set(key, value);
  }
  const keys = [...keysParameter(params, "keys", settings), ...keysParameter(params, "deletes", settings)];
  const nodes = wholeTree(leaves, depth);
  const proof = encoded(params.encoding, smallestCovering(nodes, keys, depth));
  return { root: hex(nodes.get("") as Buffer), proof };
}

function convert(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  if (params.keys !== undefined)
    fail("invalid-argument", "no encoding of sparse names claims, so keys are not allowed");
  const { bottoms } = opened(params.from, proofBytes(params.proof), settings, expectedRoot);
  return { proof: encoded(params.to, bottoms) };
}

function update(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.writes)) fail("invalid-argument", "writes is not an array");
  const writes = params.writes.map((item) => writeArgument(item, settings, "or null"));
  const { bottoms } = opened(params.encoding, proofBytes(params.proof), settings, expectedRoot);
  const { nodes, covered } = written(bottoms, writes, settings);
  const proof = encoded(params.encoding, smallestCovering(nodes, covered, settings.depth));
  return { root: hex(nodes.get("") as Buffer), proof };
}

/** The nodes of the tree with the writes, and the covered keys: the same as before, because a write needs a covered key. */
function written(bottoms: Nodes, writes: Iterable<Write>, { depth }: Settings): { nodes: Nodes; covered: string[] } {
  const changed: Nodes = new Map(bottoms);
  for (const [key, value] of writes) write(changed, key, value, depth);
  return { nodes: allNodes(changed), covered: coveredBy(changed, depth) };
}

function transact(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const steps = stepsParameter(
    params,
    (key) => keyArgument(key, settings),
    (item) => writeArgument(item, settings, "or null"),
  );
  const { bottoms } = opened(params.encoding, proofBytes(params.proof), settings, expectedRoot);
  const results = resultsOf(steps, {
    isSame: (a, b) => a === b,
    read: (key) => valueAt(bottoms, key, settings.depth),
    onWire: valueOnWire,
    rootAfter: (log) => hex(written(bottoms, log, settings).nodes.get("") as Buffer),
  });
  return { results };
}

function merge(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.proofs)) fail("invalid-argument", "proofs is not an array");
  if (params.proofs.length === 0) fail("invalid-argument", "there is nothing to merge");
  const known: Nodes = new Map();
  const covered: string[] = [];
  for (const bytes of params.proofs.map(proofBytes)) {
    const { bottoms, nodes } = opened(params.encoding, bytes, settings, expectedRoot);
    for (const [path, node] of nodes) known.set(path, node);
    for (const path of coveredBy(bottoms, settings.depth)) covered.push(path);
  }
  return { proof: encoded(params.encoding, smallestCovering(known, covered, settings.depth)) };
}

function extract(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const keys = [...keysParameter(params, "keys", settings), ...keysParameter(params, "deletes", settings)];
  const { bottoms, nodes } = opened(params.encoding, proofBytes(params.proof), settings, expectedRoot);
  for (const key of keys) valueAt(bottoms, key, settings.depth);
  return { proof: encoded(params.encoding, smallestCovering(nodes, keys, settings.depth)) };
}

/** A proof that has passed every check except coverage; the root is checked only if one is expected. */
function opened(encoding: Json | undefined, bytes: Buffer, { depth, strict }: Settings, expectedRoot?: Buffer): Opened {
  const bottoms = bottomsOf(decodeShaped(encoding as ShapedEncoding, bytes), depth);
  const nodes = allNodes(bottoms);
  const found = nodes.get("") as Buffer;
  if (expectedRoot?.equals(found) === false) fail("invalid-proof", `the proof's root is ${hex(found)}`);
  if (strict && !isCanonical(bottoms, depth))
    fail("non-canonical", "the proof is not the smallest that covers its keys");
  return { bottoms, nodes, byteLength: bytes.length };
}

function encoded(encoding: Json | undefined, bottoms: Nodes): string {
  return encodeShaped(encoding as ShapedEncoding, shapedTree(bottoms));
}

function valueOnWire(value: Buffer | null): Json {
  return value === null ? null : hex(value);
}

/** A key as the path to its leaf. */
function keyArgument(value: Json | undefined, { depth }: Settings): string {
  const bytes = parseBytes32(value) ?? fail("invalid-argument", "a key is not 32 bytes of lower-case hex");
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (bits.includes("1", depth)) fail("invalid-argument", `the key ${hex(bytes)} has a bit beyond depth ${depth}`);
  return bits.slice(0, depth);
}

/** `deletes` is optional. */
function keysParameter(params: Params, name: "keys" | "deletes", settings: Settings): string[] {
  const keys = name === "deletes" && params.deletes === undefined ? [] : params[name];
  if (!Array.isArray(keys)) fail("invalid-argument", `${name} is not an array`);
  return keys.map((key) => keyArgument(key, settings));
}

/** A pair of key and value. The value of an absent key is 32 zero bytes, or `null` if the pair may delete. */
function writeArgument(pair: Json, settings: Settings, orNull?: "or null"): Write {
  if (!Array.isArray(pair) || pair.length !== 2) fail("invalid-argument", "not a pair of key and value");
  const key = keyArgument(pair[0], settings);
  if (orNull !== undefined && pair[1] === null) return [key, null];
  const value = parseBytes32(pair[1]) ?? fail("invalid-argument", "a value is not 32 bytes of lower-case hex");
  return [key, value.some((byte) => byte !== 0) ? value : null];
}
