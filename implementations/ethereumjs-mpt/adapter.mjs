/**
 * Tests @ethereumjs/mpt as `patricia`. The adapter translates requests and repairs nothing: the library stores nodes by their
 * hashes, reads, proves and writes, and its exceptions on a proof are its verdicts.
 */
import { createMerkleProof, createMPT, createMPTFromProof, updateMPTFromMerkleProof } from "@ethereumjs/mpt";
import { Rejection, serve } from "proofhouse/adapter";
import { readPatriciaRequest } from "proofhouse/adapter/patricia-request.js";
import { toHex } from "proofhouse/adapter/values.js";
import { ENCODINGS } from "./encodings.mjs";
import { listOpenNodes } from "./open-nodes.mjs";
import { UNSUPPORTED } from "./unsupported.mjs";

/** The library has no error classes, only messages. All other messages are about malformed nodes. */
const CLASSES = {
  "The provided proof does not have the expected trie root": "invalid-proof",
  "Missing node in DB": "incomplete",
  "trying to commit when not checkpointed": "invalid-argument",
  "trying to revert when not checkpointed": "invalid-argument",
};

async function classified(read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Rejection) throw error;
    throw new Rejection(CLASSES[error.message] ?? "malformed", `${error.name}: ${error.message}`);
  }
}

/** Opens a trie of a set of nodes. Any of them may be the root node. */
async function openSet(nodes, { root, secure }) {
  const trie = await createMPT({ root, useKeyHashing: secure });
  await updateMPTFromMerkleProof(trie, nodes);
  if (await trie.checkRoot(root)) return trie;
  throw new Rejection(nodes.length > 0 ? "invalid-proof" : "incomplete", "checkRoot: false");
}

/** Opens a trie of lists of nodes. Each list begins with the root node. */
async function openLists([first, ...others], { root, secure }) {
  const trie = await createMPTFromProof(first, { root, useKeyHashing: secure });
  for (const list of others) await updateMPTFromMerkleProof(trie, list, true);
  return trie;
}

function open(request) {
  const { namesKeys, listsOf } = ENCODINGS[request.encoding];
  const lists = listsOf(request.proof);
  return namesKeys ? openLists(lists, request) : openSet(lists[0], request);
}

async function get(request) {
  return await classified(async () => {
    const trie = await open(request);
    const values = [];
    for (const key of request.keys) values.push(await trie.get(key, true));
    return { values: values.map(writeValue) };
  });
}

function writeValue(value) {
  if (value === null || value instanceof Uint8Array) return value && toHex(value);
  throw new Rejection("internal", "the library's value is neither null nor bytes");
}

async function prove(request) {
  const trie = await createMPT({ useKeyHashing: request.secure });
  for (const [key, value] of request.entries) await trie.put(key, value);
  return { root: toHex(trie.root()), proof: await writeProof(trie, request) };
}

async function extract(request) {
  return await classified(async () => ({ proof: await writeProof(await open(request), request) }));
}

async function update(request) {
  return await classified(async () => {
    const trie = await open(request);
    for (const write of request.writes) await writeTo(trie, write);
    const { namesKeys, write } = ENCODINGS[request.encoding];
    const keys = () => [...request.proof.map(({ key }) => key), ...request.writes.map(([key]) => key)];
    const proof = namesKeys ? await writeProof(trie, { ...request, keys: keys() }) : write([await listOpenNodes(trie)]);
    return { root: toHex(trie.root()), proof };
  });
}

const writeTo = (trie, [key, value]) => (value === null ? trie.del(key) : trie.put(key, value));

async function transact(request) {
  return await classified(async () => {
    const trie = await open(request);
    const results = [];
    for (const step of request.steps) results.push(await runStep(trie, step));
    return { results };
  });
}

async function runStep(trie, step) {
  switch (step.kind) {
    case "get":
      return writeValue(await trie.get(step.key, true));
    case "root":
      return toHex(trie.root());
    case "set":
      await writeTo(trie, [step.key, step.value]);
      return true;
    default:
      await trie[step.kind]();
      return true;
  }
}

/** Proves each key with the library. Without keys a witness holds only the root node. */
async function writeProof(trie, { encoding, keys, deletes = [] }) {
  const { namesKeys, write } = ENCODINGS[encoding];
  if (namesKeys && (keys.length === 0 || deletes.length > 0)) {
    throw new Rejection("invalid-argument", "eip1186 requires a key and cannot hold the extra nodes of deletions");
  }
  if (deletes.length > 0) {
    throw new Rejection("unsupported", "the library's proofs cannot hold the extra nodes of deletions");
  }
  const sorted = [...new Map(keys.map((key) => [toHex(key), key]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const lists = [];
  for (const [, key] of sorted) lists.push(await createMerkleProof(trie, key));
  if (sorted.length === 0) lists.push((await createMerkleProof(trie, new Uint8Array())).slice(0, 1));
  return write(
    lists,
    sorted.map(([, key]) => key),
  );
}

const OPERATIONS = {
  "proof/get": get,
  "proof/prove": prove,
  "proof/extract": extract,
  "proof/update": update,
  "proof/transact": transact,
};

await serve({
  initialize: {
    protocol: 1,
    implementation: { name: "@ethereumjs/mpt", version: "10.1.3", language: "JavaScript" },
    capabilities: {
      proof: {
        patricia: { encodings: ["witness", "eip1186"], operations: ["get", "prove", "extract", "update", "transact"] },
      },
    },
    unsupported: UNSUPPORTED,
  },
  call: async (method, params) => {
    if (!(method in OPERATIONS) || !Object.hasOwn(ENCODINGS, params.encoding)) {
      throw new Rejection("unsupported", `${method} or its encoding is not declared`);
    }
    return await OPERATIONS[method](readPatriciaRequest(method, params));
  },
});
