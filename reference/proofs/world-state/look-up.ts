/** Looks up keys in an open state. */
import { type Bytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Rooted, walk } from "../hexary-trie/open-trie.ts";
import { type Account, decodeAccount, decodeWord, isEmptyCodeHash, isEmptyRoot } from "./account.ts";
import { lookUpAncestor } from "./headers.ts";
import type { Address, SlotKey, StateKey } from "./keys.ts";
import type { OpenState } from "./open-state.ts";

/**
 * Returns the value of a key, `null` when it is absent.
 *
 * Req:    PROOF-STATE-004, PROOF-STATE-007, PROOF-STATE-065, PROOF-STATE-066, PROOF-STATE-106.
 * Errors: incomplete.
 */
export function lookUp(state: OpenState, key: StateKey): Uint8Array | null {
  switch (key.kind) {
    case "account":
      return lookUpAccountRlp(state, key.address);
    case "slot":
      return lookUpSlot(state, lookUpAccount(state, key.address), key);
    case "ancestor":
      return lookUpAncestor(state.headers, key);
    case "field": {
      const account = lookUpAccount(state, key.address);
      if (account === null) return null;
      return key.field === "code" ? lookUpCode(state, account.codeHash, key.name) : account[key.field];
    }
  }
}

/** Req: PROOF-STATE-005. Errors: incomplete. */
function lookUpAccountRlp({ accounts }: OpenState, { path, uncovered }: Address): Uint8Array | null {
  const value = walk(accounts, path);
  if (value === undefined) throw uncovered();
  return value;
}

/** Errors: incomplete. */
export function lookUpAccount(state: OpenState, address: Address): Account | null {
  const value = lookUpAccountRlp(state, address);
  return value === null ? null : decodeAccount(value);
}

/** Returns the storage trie of an account; it is empty for an absent account. Req: PROOF-STATE-062. */
export function storageOf({ storages }: OpenState, account: Account | null): Rooted {
  if (account === null || isEmptyRoot(account.storageRoot)) return { top: null };
  return { top: storages.tops.get(account.storageRoot) ?? account.storageRoot };
}

/** Req: PROOF-STATE-005, PROOF-STATE-064, PROOF-STATE-146. Errors: incomplete. */
export function lookUpSlot(state: OpenState, account: Account | null, { path, uncovered }: SlotKey): Uint8Array | null {
  const value = walk(storageOf(state, account), path);
  if (value === undefined) throw uncovered();
  return value === null ? null : decodeWord(value);
}

/**
 * Req:    PROOF-STATE-006, PROOF-STATE-063, PROOF-STATE-067, PROOF-STATE-147.
 * Input:  `key` names the code in a message.
 * Errors: incomplete.
 */
export function lookUpCode({ codes }: OpenState, codeHash: Bytes32, key: string): Uint8Array {
  if (isEmptyCodeHash(codeHash)) return new Uint8Array();
  const code = codes.get(codeHash);
  if (code !== undefined) return code;
  throw new ProofError("incomplete", `the proof lacks the code of hash ${toHex(codeHash)}`, { key });
}
