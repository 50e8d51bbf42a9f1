/**
 * A second, independent `radix` proof backend that confirms the canonical vectors. It is plain and slow, and works in another
 * way than a real one: it holds sorted lists of leaves and stubs, and builds the tree again for every answer.
 *
 * Source: docs/spec/radix.md, proofs.md and protocol.md, written without knowledge of the reference implementation.
 * Order of checks: the arguments of the request, the form of the proof, its root, its canonical form if the profile requires
 * it, then the nodes that keys and writes need. Keys that are prefixes of others are reported before missing nodes.
 */
import { proofBytes } from "../pruned-encodings.ts";
import { optionsOf, type Params, requestTo, resultsOf, rootParameter, stepsParameter } from "../requests.ts";
import { fail, hex, type Json, parseBytes32 } from "../values.ts";
import { decodeRadix, encodeRadix, MAX_KEY_BYTES, RADIX_ENCODINGS, type RadixEncoding } from "./encodings.ts";
import {
  hashedTree,
  type Item,
  leavesOf,
  openNodes,
  type Path,
  rootOf,
  smallestOpening,
  united,
  valueAt,
  type Write,
  wholeKey,
  written,
} from "./tree.ts";

const METHODS: { [method: string]: (params: Params, strict: boolean) => Json } = {
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
export function naiveRadixCall(method: string, params: Json): Json {
  const request = requestTo("radix", RADIX_ENCODINGS, method, params);
  const { profile } = optionsOf(request, []);
  const run = METHODS[method] as (params: Params, strict: boolean) => Json;
  return run(request, profile === "strict");
}

const readAs = ({ encoding }: Params): RadixEncoding => encoding as RadixEncoding;

function root(params: Params, strict: boolean): Json {
  if (params.encoding === "nodes") fail("unsupported", "a set of nodes does not say which one is the root");
  const { tree } = decodeRadix(readAs(params), proofBytes(params.proof), strict);
  return { root: hex(rootOf(tree)) };
}

function get(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  const keys = keysParameter(params, "keys");
  const { items } = decodeRadix(readAs(params), proofBytes(params.proof), strict, expectedRoot);
  return { values: keys.map((key) => valueOnWire(valueAt(items, key))) };
}

function cost(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  const bytes = proofBytes(params.proof);
  const { tree, carried } = decodeRadix(readAs(params), bytes, strict, expectedRoot);
  let depth = 0;
  for (const { level } of openNodes(tree)) depth = Math.max(depth, level);
  return { hashes: carried, bytes: bytes.length, nodes: carried, depth };
}

function prove(params: Params): Json {
  if (!Array.isArray(params.entries)) fail("invalid-argument", "entries is not an array");
  const entries = params.entries.map((entry) => {
    const { key, value } = writeArgument(entry);
    return { key, value: value ?? fail("invalid-argument", "an entry has no value") };
  });
  const keys = keysParameter(params, "keys");
  const deletes = keysParameter(params, "deletes");
  const tree = hashedTree(leavesOf(entries));
  return { root: hex(rootOf(tree)), proof: encoded(params.encoding, smallestOpening(tree, keys, deletes)) };
}

function convert(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  if (params.keys !== undefined) fail("invalid-argument", "no encoding of radix names claims, so there are no keys");
  const { items } = decodeRadix(params.from as RadixEncoding, proofBytes(params.proof), strict, expectedRoot);
  return { proof: encoded(params.to, items) };
}

function update(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.writes)) fail("invalid-argument", "writes is not an array");
  const writes = params.writes.map(writeArgument);
  const { items } = decodeRadix(readAs(params), proofBytes(params.proof), strict, expectedRoot);
  const changed = written(items, writes);
  return { root: hex(rootOf(hashedTree(changed))), proof: encoded(params.encoding, changed) };
}

function transact(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  const steps = stepsParameter(params, keyArgument, (item): [key: Path, value: Buffer | null] => {
    const { key, value } = writeArgument(item);
    return [key, value];
  });
  const { items } = decodeRadix(readAs(params), proofBytes(params.proof), strict, expectedRoot);
  const results = resultsOf(steps, {
    isSame: (a, b) => a.bytes.equals(b.bytes),
    read: (key) => valueAt(items, key),
    onWire: valueOnWire,
    rootAfter: (log) =>
      hex(
        rootOf(
          hashedTree(
            written(
              items,
              log.map(([key, value]) => ({ key, value })),
            ),
          ),
        ),
      ),
  });
  return { results };
}

function merge(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  if (!Array.isArray(params.proofs)) fail("invalid-argument", "proofs is not an array");
  if (params.proofs.length === 0) fail("invalid-argument", "there is nothing to merge");
  const trees = params.proofs
    .map(proofBytes)
    .map((bytes) => decodeRadix(readAs(params), bytes, strict, expectedRoot).items);
  return { proof: encoded(params.encoding, united(trees)) };
}

function extract(params: Params, strict: boolean): Json {
  const expectedRoot = rootParameter(params);
  const keys = keysParameter(params, "keys");
  const deletes = keysParameter(params, "deletes");
  const { tree } = decodeRadix(readAs(params), proofBytes(params.proof), strict, expectedRoot);
  return { proof: encoded(params.encoding, smallestOpening(tree, keys, deletes)) };
}

function encoded(encoding: Json | undefined, items: Item[]): string {
  return encodeRadix(encoding as RadixEncoding, hashedTree(items));
}

function valueOnWire(value: Buffer | null): Json {
  return value === null ? null : hex(value);
}

function keyArgument(value: Json | undefined): Path {
  if (typeof value !== "string" || value.length % 2 !== 0 || !/^0x[0-9a-f]*$/.test(value)) {
    fail("invalid-argument", "a key is not lower-case hex of even length");
  }
  const bytes = Buffer.from(value.slice(2), "hex");
  if (bytes.length < 1 || bytes.length > MAX_KEY_BYTES) fail("invalid-argument", `a key has ${bytes.length} bytes`);
  return wholeKey(bytes);
}

/** `deletes` is optional. */
function keysParameter(params: Params, name: "keys" | "deletes"): Path[] {
  const keys = name === "deletes" && params.deletes === undefined ? [] : params[name];
  if (!Array.isArray(keys)) fail("invalid-argument", `${name} is not an array`);
  return keys.map(keyArgument);
}

/** A pair of key and value; `null` deletes. */
function writeArgument(pair: Json): Write {
  if (!Array.isArray(pair) || pair.length !== 2) fail("invalid-argument", "not a pair of key and value");
  const key = keyArgument(pair[0]);
  if (pair[1] === null) return { key, value: null };
  return { key, value: parseBytes32(pair[1]) ?? fail("invalid-argument", "a value is not 32 bytes of lower-case hex") };
}
