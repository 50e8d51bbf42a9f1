/** Carries out writes to one account and to both levels of tries. */

import { rlpString } from "../patricia/rlp.ts";
import { hashOf, type Items } from "../patricia/trie.ts";
import { type Writes, written } from "../patricia/writes.ts";
import { fail } from "../values.ts";
import type { Change } from "./keys.ts";
import {
  type Account,
  bytesOfNumber,
  decidedAccount,
  EMPTY_ACCOUNT,
  pathOf,
  rlpOfAccount,
  type State,
  storageOf,
} from "./tries.ts";

export const NO_CHANGE: Change = { isDeleted: false, fields: {}, words: new Map() };

/** The account with its written fields and its old storage. It needs no node of the storage. */
export function fieldsAfter(state: State, address: string, change: Change): Account | null {
  const { nonce, balance, code } = change.fields;
  const before = change.isDeleted ? null : decidedAccount(state, address);
  const isMade = Object.keys(change.fields).length > 0 || [...change.words.values()].some((word) => word !== 0n);
  if (before === null && !isMade) return null;
  const base = before ?? EMPTY_ACCOUNT;
  return {
    nonce: nonce ?? base.nonce,
    balance: balance ?? base.balance,
    storageRoot: base.storageRoot,
    codeHash: code === undefined ? base.codeHash : hashOf(code),
  };
}

/** The account after all writes, and the new nodes of its storage. */
export function accountAfter(state: State, address: string, change: Change): { account: Account | null; made: Items } {
  const account = fieldsAfter(state, address, change);
  if (account === null || change.words.size === 0) return { account, made: new Map() };
  const storage = storageOf(state, account) ?? fail("incomplete", `the storage of ${address} is not in the proof`);
  const writes: Writes = new Map();
  for (const [slot, word] of change.words) {
    writes.set(pathOf(slot), word === 0n ? null : rlpString(bytesOfNumber(word)));
  }
  const { root, made } = written(storage.root, writes);
  return { account: { ...account, storageRoot: root }, made };
}

/** The state root after the changes, and all new nodes. */
export function stateAfter(state: State, changes: Map<string, Change>): { root: string; made: Items } {
  const made: Items = new Map();
  const writes: Writes = new Map();
  for (const [address, change] of changes) {
    const after = accountAfter(state, address, change);
    for (const [hash, rlp] of after.made) made.set(hash, rlp);
    // An account that is absent and stays absent is not deleted: it is enough that its absence is proven.
    if (after.account === null && !change.isDeleted) continue;
    writes.set(pathOf(address), after.account && rlpOfAccount(after.account));
  }
  const top = written(state.accounts.root, writes);
  for (const [hash, rlp] of top.made) made.set(hash, rlp);
  return { root: top.root, made };
}

/** Calls `onJoin` with the hash of each node that deletions need beside their paths. */
export function joinsOf(state: State, deletes: Map<string, Change>, onJoin: (hash: string) => void): void {
  const report = ({ hash }: { hash: string | null }): void => {
    if (hash !== null) onJoin(hash);
  };
  const deletedAccounts: Writes = new Map();
  for (const [address, { isDeleted, words }] of deletes) {
    if (isDeleted) {
      deletedAccounts.set(pathOf(address), null);
      continue;
    }
    const account = decidedAccount(state, address);
    const storage = account === null ? undefined : storageOf(state, account);
    if (storage !== undefined)
      written(storage.root, new Map([...words.keys()].map((slot) => [pathOf(slot), null])), report);
  }
  written(state.accounts.root, deletedAccounts, report);
}
