/** The claims of an `eip1186` proof: accounts, and slots in them. */
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
  /** `EMPTY_ACCOUNT` for an absent account. */
  readonly account: Account;
  readonly slots: readonly SlotClaim[];
}

/**
 * Returns the canonical claims of keys.
 *
 * Req:    PROOF-STATE-044, PROOF-STATE-102, PROOF-STATE-126.
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

/** The nodes of a path that are not embedded. Input: a path that the trie decides. */
function pathNodes(trie: Parameters<typeof walk>[0], path: Uint8Array): Uint8Array[] {
  const nodes: Uint8Array[] = [];
  walk(trie, path, ({ hash, rlp }) => {
    if (hash !== undefined) nodes.push(rlp);
  });
  return nodes;
}

/** Returns the keys that a proof claims. */
export function claimedKeys(claims: readonly Claim[], toKey: KeyReader): ReadKey[] {
  return claims.flatMap(({ address, slots }) =>
    [address, ...slots.map(({ slot }) => joinKey(address, slot))].map((key) => toKey(key) as ReadKey),
  );
}

export function allNodes(claims: readonly Claim[]): Uint8Array[] {
  return claims.flatMap(({ nodes, slots }) => [...nodes, ...slots.flatMap((slot) => slot.nodes)]);
}

/**
 * Compares the claims with the open state.
 *
 * Req:    PROOF-STATE-033, PROOF-STATE-096, PROOF-STATE-098, PROOF-STATE-099, PROOF-STATE-100.
 * Errors: incomplete for a claim that the state does not decide; invalid-proof for a false one.
 */
export function checkStated(claims: readonly Claim[], state: OpenState, toKey: KeyReader): void {
  for (const [index, claim] of claims.entries()) {
    const [address, ...slots] = claimedKeys([claim], toKey) as [AccountKey, ...SlotKey[]];
    const account = lookUpAccount(state, address.address);
    if (!equalBytes(encodeAccount(asProven(claim.account, account)), encodeAccount(account ?? EMPTY_ACCOUNT))) {
      throw falseClaim(`/accounts/${index}`, "claims another account than its nodes prove");
    }
    for (const [slotIndex, key] of slots.entries()) {
      const word = lookUpSlot(state, account, key) ?? ZERO_WORD;
      if (equalBytes(claim.slots[slotIndex].word, word)) continue;
      throw falseClaim(`/accounts/${index}/storageProof/${slotIndex}`, "claims another word than its nodes prove");
    }
  }
}

/** Replaces zeros by the empty hashes when the account is absent. Req: PROOF-STATE-097, PROOF-STATE-148. */
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
 * Compares the claims of a proof with the canonical ones of the same keys.
 *
 * Req:    PROOF-STATE-034, PROOF-STATE-101, PROOF-STATE-102, PROOF-STATE-103.
 * Errors: non-canonical; incomplete for a list that ends too early.
 */
export function checkCanonicalClaims(given: readonly Claim[], canonical: readonly Claim[]): void {
  for (const [index, { address, nodes, slots }] of given.entries()) {
    const pointer = `/accounts/${index}`;
    const right = canonical[index];
    if (right === undefined || !equalBytes(address, right.address)) {
      throw notCanonical(pointer, "is for an account that is repeated or out of order");
    }
    checkSameNodes(`${pointer}/accountProof`, nodes, right.nodes);
    for (const [slotIndex, slot] of slots.entries()) {
      const slotPointer = `${pointer}/storageProof/${slotIndex}`;
      if (right.slots[slotIndex] === undefined || !equalBytes(slot.slot, right.slots[slotIndex].slot)) {
        throw notCanonical(slotPointer, "is for a slot that is repeated or out of order");
      }
      checkSameNodes(`${slotPointer}/proof`, slot.nodes, right.slots[slotIndex].nodes);
    }
  }
}

function checkSameNodes(pointer: string, given: readonly Uint8Array[], right: readonly Uint8Array[]): void {
  const other = given.findIndex((node, index) => right[index] === undefined || !equalBytes(node, right[index]));
  if (other >= 0) throw notCanonical(pointer, `has another node than its path at ${other}`);
  if (given.length === right.length) return;
  throw new ProofError("incomplete", `${pointer} ends before its claim is decided`, { pointer });
}

function falseClaim(pointer: string, fault: string): ProofError {
  return new ProofError("invalid-proof", `${pointer} ${fault}`, { pointer });
}

function notCanonical(pointer: string, fault: string): ProofError {
  return new ProofError("non-canonical", `${pointer} ${fault}`, { pointer });
}
