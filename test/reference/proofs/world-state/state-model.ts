/** A state as plain maps. Its roots come from two levels of `patricia`, and its accounts are encoded by hand. */

import { keccak_256 } from "@noble/hashes/sha3.js";
import type { AccountProof, Witness } from "../../../../authoring/cases/proof/state/scenarios.ts";
import { callMethod } from "../../../../reference/wire/dispatch.ts";

export interface AccountProofs {
  readonly accounts: readonly AccountProof[];
}

export interface Proven<Proof = Witness> {
  readonly root: string;
  readonly proof: Proof;
}

export type Write = readonly [key: string, value: string | null];

export interface Account {
  readonly nonce: string;
  readonly balance: string;
  readonly code: string;
  readonly slots: ReadonlyMap<string, string>;
}

type State = ReadonlyMap<string, Account>;

export const EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
const EMPTY_ACCOUNT: Account = { nonce: "0x", balance: "0x", code: "0x", slots: new Map() };

export const call = <T>(method: string, params: object): T =>
  callMethod(`proof/${method}`, { backend: "state", ...params }) as T;

export const digest = (bytes: string): string =>
  `0x${Buffer.from(keccak_256(Buffer.from(bytes.slice(2), "hex"))).toString("hex")}`;

/** RLP of a string, and of a list of encoded items, none longer than 255 bytes. */
export const rlpString = (bytes: string): string => {
  const length = bytes.length / 2 - 1;
  return length === 1 && bytes < "0x80" ? bytes : `0x${(0x80 + length).toString(16)}${bytes.slice(2)}`;
};
export const rlpList = (items: readonly string[]): string => {
  const payload = items.map((item) => item.slice(2)).join("");
  const length = payload.length / 2;
  return `0x${length < 56 ? (0xc0 + length).toString(16) : `f8${length.toString(16)}`}${payload}`;
};

const patriciaRoot = (entries: readonly (readonly [string, string])[]): string => {
  const params = { backend: "patricia", encoding: "witness", options: { secure: true }, entries, keys: [] };
  return (callMethod("proof/prove", params) as { root: string }).root;
};

/** The root and the nodes of an account trie with any values. */
export function trieOf(entries: readonly (readonly [string, string])[]): { root: string; nodes: string[] } {
  const keys = entries.map(([key]) => key);
  const params = { backend: "patricia", encoding: "eip1186", options: { secure: true }, entries, keys };
  const { root, proof } = callMethod("proof/prove", params) as unknown as {
    root: string;
    proof: { proofs: { nodes: string[] }[] };
  };
  return { root, nodes: [...new Set(proof.proofs.flatMap(({ nodes }) => nodes))].sort() };
}

const trimmed = (word: string): string => `0x${word.slice(2).replace(/^(00)*/, "")}`;

function storageRootOf({ slots }: Account): string {
  return patriciaRoot([...slots].map(([slot, word]) => [`0x${slot}`, rlpString(trimmed(word))]));
}

function rlpOf(account: Account): string {
  const { nonce, balance, code } = account;
  return rlpList([nonce, balance, storageRootOf(account), digest(code)].map(rlpString));
}

export function rootOf(state: State): string {
  return patriciaRoot([...state].map(([address, account]) => [address, rlpOf(account)]));
}

/** The value of a key in a state. */
export function valueIn(state: State, key: string): string | null {
  const account = state.get(key.slice(0, 42));
  if (account === undefined) return null;
  if (key.length === 42) return rlpOf(account);
  if (key.length === 106) return account.slots.get(key.slice(42)) ?? null;
  const { nonce, balance, code } = account;
  return [nonce, balance, storageRootOf(account), digest(code), code][Number(key.slice(42))];
}

/** Carries out a batch: only the writes after the last deletion of an account count (PROOF-STATE-114, PROOF-STATE-115). */
export function written(state: State, writes: readonly Write[]): State {
  const after = new Map(state);
  for (const address of new Set(writes.map(([key]) => key.slice(0, 42)))) {
    const own = writes.filter(([key]) => key.startsWith(address));
    const deletion = own.map(([key]) => key.length).lastIndexOf(42);
    if (deletion >= 0) after.delete(address);
    const last = new Map(own.slice(deletion + 1));
    const isMade = [...last].some(([key, value]) => key.length === 44 || !isZero(value));
    const before = after.get(address) ?? (isMade ? EMPTY_ACCOUNT : undefined);
    if (before === undefined) continue;
    const slots = new Map(before.slots);
    for (const [key, value] of last) {
      if (key.length !== 106) continue;
      if (value === null || isZero(value)) slots.delete(key.slice(42));
      else slots.set(key.slice(42), value);
    }
    const field = (number: string, old: string): string => last.get(`${address}${number}`) ?? old;
    const { nonce, balance, code } = before;
    after.set(address, { nonce: field("00", nonce), balance: field("01", balance), code: field("04", code), slots });
  }
  return after;
}

export const isZero = (word: string | null): boolean => word === null || /^0x(00)*$/.test(word);
