/**
 * A second, independent `state` proof backend that confirms the canonical vectors. It is plain and slow, and uses the naive
 * `patricia`: both levels of tries are opened again from one set of nodes for every request and every result, and a batch of
 * writes is one change per account, which is carried out from the storage up.
 *
 * Source: docs/spec/state.md, patricia.md, proofs.md and protocol.md, written without knowledge of the reference implementation.
 * Order of checks: the arguments of the request, the form of the proof and of its headers, the chain of the headers, the root,
 * the form of nodes and values, canonical nodes if the profile or a write requires them, the claims, the canonical form of
 * lists, then coverage.
 */
import { EMPTY_ROOT, hashOf, type Items, itemsByHash } from "../patricia/trie.ts";
import { optionsOf, type Params, requestTo, resultsAfter, rootParameter, stepsParameter } from "../requests.ts";
import { fail, hex, type Json } from "../values.ts";
import { ancestorIn, checkChain } from "./headers.ts";
import {
  type Change,
  changesOf,
  type Key,
  keyArgument,
  type StateKey,
  stateKey,
  type Write,
  writeArgument,
} from "./keys.ts";
import {
  checkClaims,
  decodeStateProof,
  encodeClaims,
  encodeWitness,
  faultOfClaims,
  isCanonicalWitness,
  namedCodes,
  rootOfClaims,
  type Slots,
  STATE_ENCODINGS,
  type StateEncoding,
  type StateProof,
} from "./proofs.ts";
import {
  accountAt,
  bytesOfNumber,
  decidedWord,
  EMPTY_CODE_HASH,
  flawOfState,
  openNodes,
  openState,
  rlpOfAccount,
  type State,
  stepsDown,
  wordAt,
} from "./tries.ts";
import { accountAfter, fieldsAfter, joinsOf, NO_CHANGE, stateAfter } from "./writes.ts";

type Settings = { encoding: StateEncoding; isStrict: boolean };

type Opened = { proof: StateProof; items: Items; state: State };

const METHODS = new Map<string, (params: Params, settings: Settings) => Json>([
  ["proof/root", root],
  ["proof/get", get],
  ["proof/cost", cost],
  ["proof/prove", prove],
  ["proof/update", update],
  ["proof/transact", transact],
]);

/** Answers one request in wire form, or throws a `NaiveError`. */
export function naiveStateCall(method: string, params: Json): Json {
  const run = METHODS.get(method) ?? fail("unsupported", `method ${method}`);
  const request = requestTo("state", STATE_ENCODINGS, method, params);
  const { profile } = optionsOf(request, []);
  return run(request, { encoding: request.encoding as StateEncoding, isStrict: profile === "strict" });
}

function root(params: Params, settings: Settings): Json {
  if (settings.encoding === "witness") fail("unsupported", "a set of nodes names no root");
  const proof = decodeStateProof(settings.encoding, params.proof);
  const found = rootOfClaims(proof);
  openedUnder(found, proof, settings);
  return { root: `0x${found}` };
}

function get(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const keys = listParameter(params, "keys").map(keyArgument);
  const { proof, state } = opened(params, expectedRoot, settings);
  return { values: keys.map((key) => answer(proof, state, new Map(), key)) };
}

function cost(params: Params, settings: Settings): Json {
  const { proof, items, state } = opened(params, rootParameter(params), settings);
  const codes = new Set(proof.codes.map(hashOf));
  const stated = proof.claims.reduce((sum, { slots }) => sum + 1 + slots.length, 0);
  const hashes = items.size + codes.size + proof.headers.length + stated;
  return { hashes, bytes: proof.byteLength, nodes: items.size, depth: stepsDown(state) };
}

function prove(params: Params, { encoding }: Settings): Json {
  const entries = listParameter(params, "entries").map((entry) => writeArgument(entry, false));
  const keys = listParameter(params, "keys").map((key) => stateKey(keyArgument(key)));
  const deletes = params.deletes === undefined ? [] : listParameter(params, "deletes").map(deleteArgument);
  if (encoding === "eip1186") {
    if (keys.length === 0) fail("invalid-argument", "eip1186 claims at least one key");
    if (deletes.length > 0) fail("invalid-argument", "eip1186 has no place for what a deletion needs");
    if (keys.some((key) => key.kind === "field" && key.field === "code")) {
      fail("invalid-argument", "eip1186 has no place for a code");
    }
  }
  const changes = changesOf(entries);
  const { root, made } = stateAfter(openState(new Map(), EMPTY_ROOT), changes);
  const state = openState(made, root);
  const proof =
    encoding === "eip1186"
      ? encodeClaims(state, claimsOf(keys))
      : smallestWitness(state, made, codesIn(changes), keys, deletes);
  return { root: `0x${root}`, proof };
}

function deleteArgument(value: Json): StateKey {
  const key = stateKey(keyArgument(value));
  if (key.kind === "field") fail("invalid-argument", "a field cannot be deleted");
  return key;
}

function smallestWitness(state: State, made: Items, codes: Buffer[], keys: StateKey[], deletes: StateKey[]): Json {
  const nodes: Buffer[] = [];
  const codeHashes = new Set<string>();
  const rootNode = state.accounts.root?.node;
  if (rootNode) nodes.push(rootNode.rlp);
  for (const key of [...keys, ...deletes]) {
    const { value: account = null, nodes: path } = accountAt(state, key.address);
    nodes.push(...path);
    if (key.kind === "slot") nodes.push(...wordAt(state, account, key.slot).nodes);
    if (key.kind === "field" && key.field === "code" && account !== null) codeHashes.add(account.codeHash);
  }
  const changes = changesOf(deletes.map((key): Write => [key, null]));
  joinsOf(state, changes, (hash) => nodes.push(made.get(hash) as Buffer));
  return encodeWitness(
    nodes,
    codes.filter((code) => code.length > 0 && codeHashes.has(hashOf(code))),
  );
}

function update(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const writes = listParameter(params, "writes").map((write) => writeArgument(write, true));
  const { proof, state } = opened(params, expectedRoot, settings);
  checkWritable(state);
  const changes = changesOf(writes);
  const { root, made } = stateAfter(state, changes);
  const after = openState(new Map([...openNodes(state), ...made]), root);
  if (settings.encoding === "eip1186") {
    const claims = claimsOf(writes.map(([key]) => key));
    for (const { address, slots } of proof.claims) {
      const all = claims.get(address) ?? new Set();
      claims.set(address, all);
      for (const { slot } of slots) all.add(slot);
    }
    return { root: `0x${root}`, proof: encodeClaims(after, claims) };
  }
  const codes = namedCodes(after, [...proof.codes, ...codesIn(changes)]);
  return { root: `0x${root}`, proof: encodeWitness(openNodes(after).values(), codes) };
}

function transact(params: Params, settings: Settings): Json {
  const expectedRoot = rootParameter(params);
  const steps = stepsParameter<Key, Write>(params, keyArgument, (write) => {
    const [key, value] = writeArgument(write, true);
    return [key, [key, value]];
  });
  const { proof, state } = opened(params, expectedRoot, settings);
  checkWritable(state);
  const changesIn = (log: [Key, Write][]) => changesOf(log.map(([, write]) => write));
  return {
    results: resultsAfter(steps, {
      readAfter: (log, key) => answer(proof, state, changesIn(log), key),
      rootAfter: (log) => `0x${stateAfter(state, changesIn(log)).root}`,
    }),
  };
}

function opened(params: Params, expectedRoot: Buffer, settings: Settings): Opened {
  return openedUnder(expectedRoot.toString("hex"), decodeStateProof(settings.encoding, params.proof), settings);
}

/** A proof that has passed every check except coverage. */
function openedUnder(root: string, proof: StateProof, { encoding, isStrict }: Settings): Opened {
  checkChain(proof.headers, root);
  const items = itemsByHash(proof.nodes);
  const state = openState(items, root);
  if (isStrict) checkWritable(state);
  checkClaims(state, proof.claims);
  if (isStrict && encoding === "eip1186") {
    const fault = faultOfClaims(state, proof.claims);
    if (fault !== undefined) fail(fault, "the lists are not the paths of their claims, or the claims do not ascend");
  }
  if (isStrict && encoding === "witness" && !isCanonicalWitness(proof, state, openNodes(state).values())) {
    fail("non-canonical", "the lists are not what is open and named, each once and in order");
  }
  return { proof, items, state };
}

/** A write into nodes that are not canonical has no defined result. */
function checkWritable(state: State): void {
  const flaw = flawOfState(state);
  if (flaw !== undefined) fail("non-canonical", flaw);
}

/** The value of a key after the changes: the written value, or else that of the proof. */
function answer(proof: StateProof, state: State, changes: Map<string, Change>, key: Key): Json {
  if (key.kind === "ancestor") {
    const hash = ancestorIn(proof.headers, key.block, key.number);
    return hash === null ? null : `0x${hash}`;
  }
  const { address } = key;
  const change = changes.get(address) ?? NO_CHANGE;
  if (key.kind === "account") {
    const { account } = accountAfter(state, address, change);
    return account === null ? null : hex(rlpOfAccount(account));
  }
  if (key.kind === "slot") {
    const word = change.words.get(key.slot) ?? wordBefore(state, address, change, key.slot);
    return word === 0n ? null : `0x${word.toString(16).padStart(64, "0")}`;
  }
  const { nonce, balance, code } = change.fields;
  switch (key.field) {
    case "nonce":
      return numberOnWire(nonce ?? fieldsAfter(state, address, change)?.nonce);
    case "balance":
      return numberOnWire(balance ?? fieldsAfter(state, address, change)?.balance);
    case "storageRoot":
      return hashOnWire(accountAfter(state, address, change).account?.storageRoot);
    case "codeHash":
      return hashOnWire(code === undefined ? fieldsAfter(state, address, change)?.codeHash : hashOf(code));
    case "code": {
      if (code !== undefined) return hex(code);
      const account = fieldsAfter(state, address, change);
      return account === null ? null : hex(codeOf(account.codeHash, proof.codes));
    }
  }
}

function wordBefore(state: State, address: string, change: Change, slot: string): bigint {
  if (change.isDeleted) return 0n;
  const { value: account } = accountAt(state, address);
  if (account === undefined) fail("incomplete", `the nodes do not decide the account ${address}`);
  return decidedWord(state, account, slot);
}

function codeOf(codeHash: string, codes: readonly Buffer[]): Buffer {
  if (codeHash === EMPTY_CODE_HASH) return Buffer.alloc(0);
  const code = codes.find((code) => hashOf(code) === codeHash);
  return code ?? fail("incomplete", `the code ${codeHash} is not in the proof`);
}

const numberOnWire = (number: bigint | undefined): Json => (number === undefined ? null : hex(bytesOfNumber(number)));

const hashOnWire = (hash: string | undefined): Json => (hash === undefined ? null : `0x${hash}`);

/** The codes that the changes leave written. */
function codesIn(changes: Map<string, Change>): Buffer[] {
  return [...changes.values()].flatMap(({ fields: { code } }) => (code === undefined ? [] : [code]));
}

/** The accounts that the keys name, each with the slots that the keys name. */
function claimsOf(keys: readonly StateKey[]): Slots {
  const claims: Slots = new Map();
  for (const key of keys) {
    const slots = claims.get(key.address) ?? new Set();
    claims.set(key.address, slots);
    if (key.kind === "slot") slots.add(key.slot);
  }
  return claims;
}

function listParameter(params: Params, name: string): Json[] {
  const list = params[name];
  return Array.isArray(list) ? list : fail("invalid-argument", `${name} is not an array`);
}
