/** The open part of a state: the account trie and the storage tries that one set of nodes opens, and their values. */
import { itemsOfList, rlpList, rlpString } from "../patricia/rlp.ts";
import {
  depthOf,
  EMPTY_ROOT,
  flawOf,
  hashOf,
  type Items,
  type Node,
  openTrie,
  type Trie,
  walk,
} from "../patricia/trie.ts";
import { fail } from "../values.ts";

export type Account = { nonce: bigint; balance: bigint; storageRoot: string; codeHash: string };

/** `storages` are the open storage tries by their root, `codeHashes` the code hashes of the accounts in open nodes. */
export type State = { accounts: Trie; storages: Map<string, Trie>; codeHashes: Set<string> };

export const EMPTY_CODE_HASH = hashOf(Buffer.alloc(0));

export const EMPTY_ACCOUNT: Account = { nonce: 0n, balance: 0n, storageRoot: EMPTY_ROOT, codeHash: EMPTY_CODE_HASH };

const EMPTY_TRIE: Trie = { root: null, nodes: new Map(), places: [] };

export function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x0${bytes.toString("hex")}`);
}

/** In minimal big-endian form. */
export function bytesOfNumber(number: bigint): Buffer {
  const digits = number === 0n ? "" : number.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
}

export function rlpOfAccount({ nonce, balance, storageRoot, codeHash }: Account): Buffer {
  const hashes = [Buffer.from(storageRoot, "hex"), Buffer.from(codeHash, "hex")];
  return rlpList([bytesOfNumber(nonce), bytesOfNumber(balance), ...hashes].map(rlpString));
}

function parseAccount(value: Buffer): Account {
  const strings = [...itemsOfList(value)].map(({ isList, payload }) => {
    if (isList) fail("malformed", "an item of an account is a list");
    return payload;
  });
  if (strings.length !== 4) fail("malformed", `an account has ${strings.length} items`);
  const [nonce, balance, storageRoot, codeHash] = strings as [Buffer, Buffer, Buffer, Buffer];
  if (nonce.length > 8 || nonce[0] === 0) fail("malformed", "a nonce is not a minimal number of 8 bytes");
  if (balance.length > 32 || balance[0] === 0) fail("malformed", "a balance is not a minimal number of 32 bytes");
  if (storageRoot.length !== 32 || codeHash.length !== 32) fail("malformed", "a hash of an account is not 32 bytes");
  return {
    nonce: numberOf(nonce),
    balance: numberOf(balance),
    storageRoot: storageRoot.toString("hex"),
    codeHash: codeHash.toString("hex"),
  };
}

function parseWord(value: Buffer): bigint {
  const [item, ...more] = itemsOfList(rlpList([value]));
  if (item === undefined || item.isList || more.length > 0) fail("malformed", "a word is not one RLP string");
  const { payload } = item;
  if (payload.length === 0 || payload.length > 32) fail("malformed", `a word has ${payload.length} bytes`);
  if (payload[0] === 0) fail("malformed", "a word begins with a zero");
  return numberOf(payload);
}

/** Opens a state. A value that is not an account or a word is an error in every open node. */
export function openState(items: Items, root: string): State {
  const state: State = { accounts: openTrie(items, root), storages: new Map(), codeHashes: new Set() };
  for (const value of valuesIn(state.accounts)) {
    const { storageRoot, codeHash } = parseAccount(value);
    state.codeHashes.add(codeHash);
    if (storageRoot === EMPTY_ROOT || !items.has(storageRoot) || state.storages.has(storageRoot)) continue;
    const storage = openTrie(items, storageRoot);
    for (const word of valuesIn(storage)) parseWord(word);
    state.storages.set(storageRoot, storage);
  }
  return state;
}

/** The values of all open nodes, except empty ones, which are faults of the canonical form. */
function* valuesIn(trie: Trie): Generator<Buffer> {
  for (const { form } of new Set(trie.places.map(({ node }) => node as Node))) {
    if (form.kind !== "extension" && form.value.length > 0) yield form.value;
  }
}

export function triesOf({ accounts, storages }: State): Trie[] {
  return [accounts, ...storages.values()];
}

/** The open nodes of all tries by hash, as the items of a proof. */
export function openNodes(state: State): Items {
  return new Map(triesOf(state).flatMap(({ nodes }) => [...nodes].map(([hash, { rlp }]) => [hash, rlp] as const)));
}

export function flawOfState(state: State): string | undefined {
  return triesOf(state)
    .map(flawOf)
    .find((flaw) => flaw !== undefined);
}

/** The largest number of steps down within one trie. */
export function stepsDown(state: State): number {
  return triesOf(state).reduce((most, trie) => Math.max(most, depthOf(trie)), 0);
}

/** `value` is undefined when the nodes do not decide it. `nodes` are the nodes of the path that are not embedded. */
export type Found<Value> = { value: Value | null | undefined; nodes: Buffer[] };

export function accountAt({ accounts }: State, address: string): Found<Account> {
  return found(accounts, address, parseAccount);
}

/** `undefined` for a storage trie whose root node is not in the proof. */
export function storageOf({ storages }: State, { storageRoot }: Account): Trie | undefined {
  return storageRoot === EMPTY_ROOT ? EMPTY_TRIE : storages.get(storageRoot);
}

/** The word of a slot, `null` when the slot or the account is absent. */
export function wordAt(state: State, account: Account | null, slot: string): Found<bigint> {
  const storage = account === null ? EMPTY_TRIE : storageOf(state, account);
  if (storage === undefined) return { value: undefined, nodes: [] };
  return found(storage, slot, parseWord);
}

function found<Value>(trie: Trie, key: string, parse: (value: Buffer) => Value): Found<Value> {
  const { hashes, value } = walk(trie, pathOf(key));
  return { value: value && parse(value), nodes: hashes.map((hash) => (trie.nodes.get(hash) as Node).rlp) };
}

export function pathOf(key: string): string {
  return hashOf(Buffer.from(key, "hex"));
}

export function decidedAccount(state: State, address: string): Account | null {
  const { value } = accountAt(state, address);
  if (value === undefined) fail("incomplete", `the nodes do not decide the account ${address}`);
  return value;
}

export function decidedWord(state: State, account: Account | null, slot: string): bigint {
  const { value } = wordAt(state, account, slot);
  if (value === undefined) fail("incomplete", `the nodes do not decide the slot ${slot}`);
  return value ?? 0n;
}
