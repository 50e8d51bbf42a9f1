/**
 * A second, independent `patricia` proof backend that confirms the canonical vectors. It is plain and slow, and works in another
 * way than a real one: every proof is the set of nodes that are reached from the root node; every write splits the trie into
 * branches of one nibble and builds it again; every result is a set of nodes that is opened again.
 *
 * Source: docs/spec/patricia.md, proofs.md and protocol.md, written without knowledge of the reference implementation.
 * Order of checks: the arguments of the request, the form of the proof, its root, the form of its nodes, its canonical form
 * if the profile or a write requires it, then coverage.
 */

import { optionsOf, type Params, requestTo, resultsOf, rootParameter, stepsParameter } from "../requests.ts";
import { fail, hex, type Json } from "../values.ts";
import {
  type Decoded,
  decodeProof,
  encodeChosen,
  encodePaths,
  encodeSet,
  faultOfPaths,
  isInOrder,
  type Key,
  PATRICIA_ENCODINGS,
  type PatriciaEncoding,
  parseBytes,
  rootOf,
} from "./encodings.ts";
import { depthOf, EMPTY_ROOT, flawOf, hashOf, type Items, itemsByHash, openTrie, type Trie, walk } from "./trie.ts";
import { type Writes, written } from "./writes.ts";

type Settings = { secure: boolean; strict: boolean };

type Opened = { decoded: Decoded; items: Items; trie: Trie };

type Write = [key: Key, value: Buffer | null];

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

/** Answers one request in wire form. Errors: `NaiveError`. */
export function naivePatriciaCall(method: string, params: Json): Json {
  const request = requestTo("patricia", PATRICIA_ENCODINGS, method, params);
  const { secure = false, profile } = optionsOf(request, ["secure"]);
  if (typeof secure !== "boolean") fail("invalid-argument", "secure is not a boolean");
  const run = METHODS[method] as (params: Params, settings: Settings) => Json;
  return run(request, { secure, strict: profile === "strict" });
}

function root(params: Params, settings: Settings): Json {
  if (params.encoding === "witness") fail("unsupported", "a set of nodes names no root");
  const encoding = params.encoding as PatriciaEncoding;
  const decoded = decodeProof(encoding, params.proof);
  const found = rootOf(decoded) ?? EMPTY_ROOT;
  openedAs(encoding, decoded, settings, found);
  return { root: `0x${found}` };
}

function get(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const keys = keysParameter(params, "keys", settings);
  const { trie } = opened(params.encoding, params.proof, settings, expectedRoot);
  return { values: keys.map((key) => valueOnWire(decidedValue(trie, key))) };
}

function cost(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const { decoded, items, trie } = opened(params.encoding, params.proof, settings, expectedRoot);
  return { hashes: items.size, bytes: decoded.byteLength, nodes: items.size, depth: depthOf(trie) };
}

function prove(params: Params, settings: Settings): Json {
  if (!Array.isArray(params.entries)) fail("invalid-argument", "entries is not an array");
  const entries = params.entries.map((entry) => writeArgument(entry, settings));
  const asked = askedFor(params, params.encoding, settings);
  const { root, made } = written(null, byPath(entries));
  return { root: `0x${root}`, proof: proofOf(params.encoding, openTrie(made, root), asked) };
}

function extract(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const asked = askedFor(params, params.encoding, settings);
  const { trie } = opened(params.encoding, params.proof, settings, expectedRoot);
  return { proof: proofOf(params.encoding, trie, asked) };
}

type Asked = { keys: Key[]; deletes: Key[] };

function askedFor(params: Params, encoding: Json | undefined, settings: Settings): Asked {
  const keys = keysParameter(params, "keys", settings);
  const deletes = keysParameter(params, "deletes", settings);
  if (encoding === "eip1186") {
    if (keys.length === 0) fail("invalid-argument", "eip1186 needs at least one key");
    if (deletes.length > 0) fail("invalid-argument", "eip1186 cannot hold the siblings that a deletion needs");
  }
  return { keys, deletes };
}

/** The smallest proof of the keys and of the deletions. */
function proofOf(encoding: Json | undefined, trie: Trie, { keys, deletes }: Asked): Json {
  if (encoding === "eip1186") return encodePaths(trie, keys);
  const needed: string[] = [];
  for (const key of [...keys, ...deletes]) {
    decidedValue(trie, key);
    for (const hash of walk(trie, key.path).hashes) needed.push(hash);
  }
  written(trie.root, byPath(deletes.map((key) => [key, null])), ({ hash }) => {
    if (hash !== null) needed.push(hash);
  });
  return encodeChosen(encoding as "witness" | "preorder", trie, needed);
}

function convert(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const { from, to } = params;
  if (to !== "eip1186" && params.keys !== undefined) fail("invalid-argument", `${to} does not name claims`);
  const asked: Asked = to === "eip1186" ? askedFor(params, to, settings) : { keys: [], deletes: [] };
  const { trie } = opened(from, params.proof, settings, expectedRoot);
  return { proof: allOpen(to, trie, asked.keys) };
}

/** The proof of all open nodes, in `eip1186` of the claims. */
function allOpen(encoding: Json | undefined, trie: Trie, claims: Key[]): Json {
  if (encoding === "eip1186") return encodePaths(trie, claims);
  return encodeSet(encoding as "witness" | "preorder", trie);
}

function update(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.writes)) fail("invalid-argument", "writes is not an array");
  const writes = params.writes.map((item) => writeArgument(item, settings, "or null"));
  const { decoded, trie } = opened(params.encoding, params.proof, settings, expectedRoot);
  checkWritable(trie);
  const { root, made } = written(trie.root, byPath(writes));
  const after = openTrie(new Map([...rlpByHash(trie), ...made]), root);
  const claims = [...claimsOf(decoded, settings), ...writes.map(([key]) => key)];
  return { root: `0x${root}`, proof: allOpen(params.encoding, after, claims) };
}

function transact(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const steps = stepsParameter(
    params,
    (key) => keyArgument(key, settings),
    (item) => writeArgument(item, settings, "or null"),
  );
  const { trie } = opened(params.encoding, params.proof, settings, expectedRoot);
  checkWritable(trie);
  const results = resultsOf(steps, {
    isSame: (a, b) => a.path === b.path,
    read: (key) => decidedValue(trie, key),
    onWire: valueOnWire,
    rootAfter: (log) => `0x${written(trie.root, byPath(log)).root}`,
  });
  return { results };
}

function merge(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.proofs)) fail("invalid-argument", "proofs is not an array");
  if (params.proofs.length === 0) fail("invalid-argument", "there is nothing to merge");
  const open: Items = new Map();
  const claims: Key[] = [];
  for (const proof of params.proofs) {
    const { decoded, trie } = opened(params.encoding, proof, settings, expectedRoot);
    for (const [hash, rlp] of rlpByHash(trie)) open.set(hash, rlp);
    for (const claim of claimsOf(decoded, settings)) claims.push(claim);
  }
  return { proof: allOpen(params.encoding, openTrie(open, expectedRoot.toString("hex")), claims) };
}

function opened(encoding: Json | undefined, proof: Json | undefined, settings: Settings, expectedRoot: Buffer): Opened {
  const decoded = decodeProof(encoding as PatriciaEncoding, proof);
  return openedAs(encoding as PatriciaEncoding, decoded, settings, expectedRoot.toString("hex"));
}

/** A proof that has passed every check except coverage. */
function openedAs(encoding: PatriciaEncoding, decoded: Decoded, { secure, strict }: Settings, root: string): Opened {
  const items = itemsByHash(decoded.lists.flat());
  const trie = openTrie(items, root);
  if (strict) {
    const flaw = flawOf(trie);
    if (flaw !== undefined) fail("non-canonical", flaw);
    if (encoding === "eip1186") {
      const fault = faultOfPaths(decoded, trie, (digits) => pathOf(digits, secure));
      if (fault !== undefined) fail(fault, "the lists are not the paths of their keys, or the keys do not ascend");
    } else if (!isInOrder(encoding, decoded, trie)) {
      fail("non-canonical", "the nodes are not those that are open, each once and in order");
    }
  }
  return { decoded, items, trie };
}

/** Rejects nodes that no write makes, because a write into them has no defined result. */
function checkWritable(trie: Trie): void {
  const flaw = flawOf(trie);
  if (flaw !== undefined) fail("non-canonical", flaw);
}

function rlpByHash({ nodes }: Trie): [hash: string, rlp: Buffer][] {
  return [...nodes].map(([hash, { rlp }]) => [hash, rlp]);
}

function claimsOf({ claims }: Decoded, { secure }: Settings): Key[] {
  return claims.map((digits) => ({ digits, path: pathOf(digits, secure) }));
}

function decidedValue(trie: Trie, { digits, path }: Key): Buffer | null {
  const { value } = walk(trie, path);
  if (value === undefined) fail("incomplete", `the nodes do not decide the key ${digits}`);
  return value;
}

function valueOnWire(value: Buffer | null): Json {
  return value === null ? null : hex(value);
}

/** The last write of a path counts. */
function byPath(writes: readonly Write[]): Writes {
  return new Map(writes.map(([{ path }, value]) => [path, value]));
}

function pathOf(digits: string, secure: boolean): string {
  return secure ? hashOf(Buffer.from(digits, "hex")) : digits;
}

function keyArgument(value: Json | undefined, { secure }: Settings): Key {
  const bytes = parseBytes(value) ?? fail("invalid-argument", "a key is not bytes in lower-case hex");
  const digits = bytes.toString("hex");
  return { digits, path: pathOf(digits, secure) };
}

/** `deletes` is optional. */
function keysParameter(params: Params, name: "keys" | "deletes", settings: Settings): Key[] {
  const keys = name === "deletes" && params.deletes === undefined ? [] : params[name];
  if (!Array.isArray(keys)) fail("invalid-argument", `${name} is not an array`);
  return keys.map((key) => keyArgument(key, settings));
}

/** A pair of key and value; the value can be `null` where a write deletes. */
function writeArgument(pair: Json, settings: Settings, orNull?: "or null"): Write {
  if (!Array.isArray(pair) || pair.length !== 2) fail("invalid-argument", "not a pair of key and value");
  const key = keyArgument(pair[0], settings);
  if (orNull !== undefined && pair[1] === null) return [key, null];
  const value = parseBytes(pair[1]) ?? fail("invalid-argument", "a value is not bytes in lower-case hex");
  if (value.length === 0) fail("invalid-argument", "a value is empty");
  return [key, value];
}
