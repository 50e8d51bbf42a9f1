/**
 * Finds the smallest part of a state that decides some keys and lets others be deleted.
 *
 * Req: PROOF-STATE-120, PROOF-STATE-124.
 */
import { type Asked, pruneToPaths } from "../hexary-trie/minimal.ts";
import type { Node } from "../hexary-trie/node.ts";
import { isEmptyCodeHash } from "./account.ts";
import { type Address, type DeletedKey, isCodeKey, type ReadKey } from "./keys.ts";
import { lookUpAccount, lookUpCode } from "./look-up.ts";
import type { OpenState } from "./open-state.ts";

/** The slots of one account to be proven, and those to be deleted. */
interface AskedStorage {
  readonly address: Address;
  readonly asked: Asked[];
  readonly deleted: Asked[];
}

/**
 * Returns the nodes and codes that are needed of a state. The slots of a deleted account are proven, but not deleted one by one.
 *
 * Req:   PROOF-STATE-120, PROOF-STATE-121, PROOF-STATE-123, PROOF-STATE-124, PROOF-STATE-125.
 * Input: a whole state, and no ancestors.
 * Cost:  no hash.
 */
export function neededOf(
  state: OpenState,
  keys: readonly ReadKey[],
  deletes: readonly DeletedKey[],
): { nodes: Node[]; codes: Uint8Array[] } {
  const deletedAccounts = deletes.filter((key) => key.kind === "account").map(({ address }) => address);
  const gone = new Set(deletedAccounts.map(({ name }) => name));
  const deletedSlots = deletes.filter((key) => key.kind === "slot");
  const paths = [...keys, ...deletedSlots].map(({ address }) => address);
  const nodes = [...pruneToPaths(state.accounts, paths, deletedAccounts).items];

  const storages = new Map<string, AskedStorage>();
  const storageOf = (address: Address): AskedStorage => {
    const storage = storages.get(address.name) ?? { address, asked: [], deleted: [] };
    storages.set(address.name, storage);
    return storage;
  };
  for (const key of keys) if (key.kind === "slot") storageOf(key.address).asked.push(key);
  for (const key of deletedSlots) {
    const { asked, deleted } = storageOf(key.address);
    (gone.has(key.address.name) ? asked : deleted).push(key);
  }
  for (const { address, asked, deleted } of storages.values()) {
    const root = lookUpAccount(state, address)?.storageRoot;
    const top = root && state.storages.tops.get(root);
    if (root === undefined || top === undefined) continue;
    for (const node of pruneToPaths({ root, top }, asked, deleted).items) nodes.push(node);
  }
  return { nodes, codes: askedCodes(state, keys) };
}

function askedCodes(state: OpenState, keys: readonly ReadKey[]): Uint8Array[] {
  return keys.filter(isCodeKey).flatMap((key) => {
    const account = lookUpAccount(state, key.address);
    return account === null || isEmptyCodeHash(account.codeHash) ? [] : [lookUpCode(state, account.codeHash, key.name)];
  });
}
