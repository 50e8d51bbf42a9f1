/**
 * A second, independent `ssz` proof backend that confirms the canonical vectors: plain, slow, and made in another way
 * than a real one (a map from generalized index to node, paired level by level).
 *
 * Source: shared/design/backends.md §1 and its `ssz` paragraph; shared/design/interface.md §1, §3, §4.
 * Order of checks: the request's arguments, then the proof's form, then its root, then coverage.
 */
import { GindexMap } from "./gindex-map.ts";
import { decodeProof, ENCODINGS, type Encoding, encodeProof } from "./naive-ssz-encodings.ts";
import {
  checkNoDeletes,
  checkNotNested,
  claimsParameter,
  gindexArgument,
  isObject,
  keysParameter,
  nodeAt,
  type Params,
  rootOf,
  rootParameter,
  verified,
} from "./naive-ssz-params.ts";
import {
  allNodes,
  checkBottomLimit,
  depthOf,
  fail,
  hex,
  type Json,
  NaiveError,
  type Nodes,
  parseBytes32,
  prune,
} from "./naive-ssz-tree.ts";
import { extract, merge, transact, update } from "./naive-ssz-updates.ts";

export { type Json, NaiveError };

type Method = { required: string[]; optional: string[]; encodings: string[]; run: (params: Params) => Json };

const METHODS = new Map<string, Method>([
  ["proof/root", { required: ["proof"], optional: [], encodings: ["encoding"], run: root }],
  ["proof/get", { required: ["root", "proof", "keys"], optional: [], encodings: ["encoding"], run: get }],
  ["proof/prove", { required: ["entries", "keys"], optional: ["deletes"], encodings: ["encoding"], run: prove }],
  ["proof/convert", { required: ["root", "proof"], optional: ["keys"], encodings: ["from", "to"], run: convert }],
  ["proof/cost", { required: ["root", "proof"], optional: [], encodings: ["encoding"], run: cost }],
  [
    "proof/extract",
    { required: ["root", "proof", "keys"], optional: ["deletes"], encodings: ["encoding"], run: extract },
  ],
  ["proof/update", { required: ["root", "proof", "writes"], optional: [], encodings: ["encoding"], run: update }],
  ["proof/merge", { required: ["root", "proofs"], optional: [], encodings: ["encoding"], run: merge }],
  ["proof/transact", { required: ["root", "proof", "steps"], optional: [], encodings: ["encoding"], run: transact }],
]);

/** Answers one request in wire form, or throws a `NaiveError`. */
export function naiveCall(method: string, params: Json): Json {
  const known = METHODS.get(method) ?? fail("unsupported", `method ${method}`);
  if (!isObject(params)) fail("invalid-argument", "the parameters are not an object");
  if (typeof params.backend !== "string") fail("invalid-argument", "backend is not a string");
  if (params.backend !== "ssz") fail("unsupported", `backend ${params.backend}`);

  const legal = ["backend", "options", ...known.encodings, ...known.required, ...known.optional];
  for (const name of Object.keys(params)) {
    if (!legal.includes(name)) fail("invalid-argument", `${name} is no parameter of ${method}`);
  }
  for (const name of [...known.encodings, ...known.required]) {
    if (!Object.hasOwn(params, name)) fail("invalid-argument", `${method} needs ${name}`);
  }
  for (const name of known.encodings) {
    const encoding = params[name];
    if (typeof encoding !== "string") fail("invalid-argument", `${name} is not a string`);
    if (!(ENCODINGS as readonly string[]).includes(encoding)) fail("unsupported", `encoding ${encoding}`);
  }
  checkOptions(params.options);
  return known.run(params);
}

function checkOptions(options: Json | undefined): void {
  if (options === undefined) return;
  if (!isObject(options)) fail("invalid-argument", "options is not an object");
  for (const [name, value] of Object.entries(options)) {
    if (name !== "profile") fail("invalid-argument", `${name} is no option of ssz`);
    if (value !== "strict" && value !== "lenient") fail("invalid-argument", "profile is neither strict nor lenient");
  }
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
    if (params.keys !== undefined) fail("invalid-argument", `${to} names no claims, so keys have no meaning`);
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
