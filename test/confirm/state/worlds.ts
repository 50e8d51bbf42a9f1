/** Whole states as plain maps, for the tests of the naive backend of states. They share no code with it. */

import assert from "node:assert/strict";
import { classBy, throwsBy } from "../class-of.ts";
import { keccak, type Members, rlp } from "../patricia/nodes.ts";
import type { Json } from "../values.ts";
import { naiveStateCall } from "./state.ts";

export const EMPTY_ROOT = "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
export const EMPTY_CODE_HASH = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

/** Digits without `0x`; no slot is zero. */
export type Holder = { nonce: string; balance: string; code: string; slots: Map<string, string> };
export type World = Map<string, Holder>;
export type WireWrite = [key: string, value: string | null];

export type Witness = { state: string[]; codes: string[]; headers: string[] };
export type Slot = { key: string; value: string; proof: string[] };
export type AccountObject = {
  address: string;
  accountProof: string[];
  balance: string;
  codeHash: string;
  nonce: string;
  storageHash: string;
  storageProof: Slot[];
};
export type Proved<Proof = Witness> = { root: string; proof: Proof };

export function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_, i) => (bits >> i) & 1));
}

/** Carries out a batch as the specification says: only the writes after the last deletion of an account count. */
export function worldAfter(world: World, writes: readonly WireWrite[]): World {
  const after: World = new Map(world);
  for (const address of new Set(writes.map(([key]) => key.slice(2, 42)))) {
    const own = writes.filter(([key]) => key.slice(2, 42) === address);
    const deletion = own.findLastIndex(([key]) => key.length === 42);
    const before = deletion === -1 ? world.get(address) : undefined;
    const holder: Holder = { nonce: "", balance: "", code: "", ...before, slots: new Map(before?.slots) };
    let isThere = before !== undefined;
    for (const [key, value] of own.slice(deletion + 1)) {
      const name = (["nonce", "balance", "", "", "code"] as const)[Number(key.slice(42, 44))];
      if (key.length === 44 && name) {
        holder[name] = (value as string).slice(2);
        isThere = true;
      } else if (value === null || /^0x0{64}$/.test(value)) holder.slots.delete(key.slice(42));
      else holder.slots.set(key.slice(42), value.slice(2));
    }
    if (isThere || holder.slots.size > 0) after.set(address, holder);
    else after.delete(address);
  }
  return after;
}

export function entriesOf(world: World): Json {
  return [...world].flatMap(([address, { nonce, balance, code, slots }]) => [
    [`0x${address}00`, `0x${nonce}`],
    [`0x${address}01`, `0x${balance}`],
    [`0x${address}04`, `0x${code}`],
    ...[...slots].map(([slot, word]) => [`0x${address}${slot}`, `0x${word}`]),
  ]);
}

/** The expected result of `get` for a key that needs no storage root. */
export function valueIn(world: World, key: string): string | null {
  const holder = world.get(key.slice(2, 42));
  if (holder === undefined) return null;
  const rest = key.slice(42);
  if (rest.length === 64) return holder.slots.has(rest) ? `0x${holder.slots.get(rest)}` : null;
  const { nonce, balance, code } = holder;
  const value = { "00": nonce, "01": balance, "03": keccak(code), "04": code }[rest];
  return value === undefined ? assert.fail(`${key} is not known here`) : `0x${value}`;
}

export function accountRlp({ nonce, balance, code }: Holder, storageRoot: string): string {
  return rlp([nonce, balance, storageRoot, keccak(code)]);
}

export function call(method: string, members: Members): Json {
  return naiveStateCall(`proof/${method}`, { backend: "state", encoding: "witness", ...members });
}

export function prove(members: Members): Proved {
  return call("prove", { keys: [], ...members }) as unknown as Proved;
}

export function proveObjects(members: Members): Proved<{ accounts: AccountObject[] }> {
  return call("prove", { encoding: "eip1186", ...members }) as unknown as Proved<{ accounts: AccountObject[] }>;
}

export const classOf = classBy(call);
export const throwsClass = throwsBy(call);

export function without(proof: Witness, index: number): Witness {
  return { ...proof, state: proof.state.filter((_, i) => i !== index) };
}
