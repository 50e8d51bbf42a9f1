/** What an `eip1186` proof claims: accounts, and slots in them. */
import { equalBytes } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { walk } from "../hexary-trie/open-trie.ts";
import { lastOfEachKey } from "../writes.ts";
import { type Account, EMPTY_ACCOUNT, encodeAccount, ZERO_WORD } from "./account.ts";
import { type AccountKey, type Address, joinKey, type KeyReader, type ReadKey, type SlotKey } from "./keys.ts";
import { lookUpAccount, lookUpSlot, storageOf } from "./look-up.ts";
import type { OpenState } from "./open-state.ts";

export interface SlotClaim {
  /** 32 bytes. */
  readonly slot: Uint8Array;
  /** 32 bytes, zero for an absent slot. */
  readonly word: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

export interface Claim {
  readonly address: Uint8Array;
  readonly nodes: readonly Uint8Array[];
  /** An absent account is one without anything. */
  readonly account: Account;
  readonly slots: readonly SlotClaim[];
}

/**
 * The canonical claims of keys.
 *
 * Req:    PROOF-STATE-034, PROOF-STATE-044.
 * Errors: incomplete for a key that the state does not decide.
 */
export function claimKeys(state: OpenState, keys: readonly ReadKey[]): Claim[] {
  const addresses = lastOfEachKey(
    keys.map(({ address }) => address),
    ({ bytes }) => bytes,
  );
  const slotsOf = new Map(addresses.map(({ name }) => [name, [] as SlotKey[]]));
  const slots = keys.filter((key) => key.kind === "slot");
  for (const key of lastOfEachKey(slots, ({ bytes }) => bytes)) (slotsOf.get(key.address.name) as SlotKey[]).push(key);
  return addresses.map((address) => claimAccount(state, address, slotsOf.get(address.name) as SlotKey[]));
}

function claimAccount(state: OpenState, address: Address, slots: readonly SlotKey[]): Claim {
  const account = lookUpAccount(state, address);
  const nodes = pathNodes(state.accounts, address.path);
  const claims = slots.map((key) => ({
    slot: key.slot,
    word: lookUpSlot(state, account, key) ?? ZERO_WORD,
    nodes: pathNodes(storageOf(state, account), key.path),
  }));
  return { address: address.bytes, nodes, account: account ?? EMPTY_ACCOUNT, slots: claims };
}

/** Input: a path that is decided. */
function pathNodes(trie: Parameters<typeof walk>[0], path: Uint8Array): Uint8Array[] {
  const nodes: Uint8Array[] = [];
  walk(trie, path, ({ hash, rlp }) => {
    if (hash !== undefined) nodes.push(rlp);
  });
  return nodes;
}

/** The keys that a proof claims. */
export function claimedKeys(claims: readonly Claim[], toKey: KeyReader): ReadKey[] {
  return claims.flatMap(({ address, slots }) =>
    [address, ...slots.map(({ slot }) => joinKey(address, slot))].map((key) => toKey(key) as ReadKey),
  );
}

export function allNodes(claims: readonly Claim[]): Uint8Array[] {
  return claims.flatMap(({ nodes, slots }) => [...nodes, ...slots.flatMap((slot) => slot.nodes)]);
}

/**
 * Compares what is stated with what is proven.
 *
 * Req:    PROOF-STATE-033.
 * Errors: incomplete for a claim that the state does not decide; invalid-proof.
 */
export function checkStated(claims: readonly Claim[], state: OpenState, toKey: KeyReader): void {
  for (const [index, claim] of claims.entries()) {
    const [address, ...slots] = claimedKeys([claim], toKey) as [AccountKey, ...SlotKey[]];
    const account = lookUpAccount(state, address.address);
    if (!equalBytes(encodeAccount(asProven(claim.account, account)), encodeAccount(account ?? EMPTY_ACCOUNT))) {
      throw lying(`/accounts/${index}`, "states another account than its nodes prove");
    }
    for (const [place, key] of slots.entries()) {
      const word = lookUpSlot(state, account, key) ?? ZERO_WORD;
      if (equalBytes(claim.slots[place].word, word)) continue;
      throw lying(`/accounts/${index}/storageProof/${place}`, "states another word than its nodes prove");
    }
  }
}

/** Zeros stand for the empty hashes where the account is absent, and only there. */
function asProven(stated: Account, proven: Account | null): Account {
  if (proven !== null) return stated;
  const { storageRoot, codeHash } = stated;
  return {
    ...stated,
    storageRoot: equalBytes(storageRoot, ZERO_WORD) ? EMPTY_ACCOUNT.storageRoot : storageRoot,
    codeHash: equalBytes(codeHash, ZERO_WORD) ? EMPTY_ACCOUNT.codeHash : codeHash,
  };
}

/**
 * Compares a proof with the canonical one of the same claims.
 *
 * Req:    PROOF-STATE-034.
 * Errors: non-canonical; incomplete for a list that ends too early.
 */
export function checkCanonicalClaims(given: readonly Claim[], canonical: readonly Claim[]): void {
  for (const [index, { address, nodes, slots }] of given.entries()) {
    const place = `/accounts/${index}`;
    const right = canonical[index];
    if (right === undefined || !equalBytes(address, right.address)) {
      throw notCanonical(place, "is for an account that is repeated or out of order");
    }
    checkSameNodes(`${place}/accountProof`, nodes, right.nodes);
    for (const [at, slot] of slots.entries()) {
      const slotPlace = `${place}/storageProof/${at}`;
      if (right.slots[at] === undefined || !equalBytes(slot.slot, right.slots[at].slot)) {
        throw notCanonical(slotPlace, "is for a slot that is repeated or out of order");
      }
      checkSameNodes(`${slotPlace}/proof`, slot.nodes, right.slots[at].nodes);
    }
  }
}

function checkSameNodes(place: string, given: readonly Uint8Array[], right: readonly Uint8Array[]): void {
  const other = given.findIndex((node, index) => right[index] === undefined || !equalBytes(node, right[index]));
  if (other >= 0) throw notCanonical(place, `has another node than its path at ${other}`);
  if (given.length === right.length) return;
  throw new ProofError("incomplete", `${place} ends before its claim is decided`, { pointer: place });
}

function lying(place: string, fault: string): ProofError {
  return new ProofError("invalid-proof", `${place} ${fault}`, { pointer: place });
}

function notCanonical(place: string, fault: string): ProofError {
  return new ProofError("non-canonical", `${place} ${fault}`, { pointer: place });
}
