/** The expected behaviour of the token environments over a plain map, and blocks for them. */
import { createHash } from "node:crypto";
import { toHex } from "../../reference/core/bytes.ts";

export interface Account {
  readonly nonce: bigint;
  readonly balance: bigint;
}

/** Accounts by the number of the owner. */
export type Accounts = ReadonlyMap<number, Account>;

export type Transaction =
  | {
      readonly kind: "transfer";
      readonly from: number;
      readonly to: number;
      readonly nonce: bigint;
      readonly amount: bigint;
    }
  | { readonly kind: "credit"; readonly to: number; readonly amount: bigint }
  | { readonly kind: "withdrawal"; readonly from: number; readonly nonce: bigint; readonly amount: bigint };

export const MAX = 2n ** 64n - 1n;
const NOBODY: Account = { nonce: 0n, balance: 0n };

export function pubkey(owner: number): Buffer {
  return Buffer.alloc(48, owner + 1);
}

export function u64(value: bigint): Buffer {
  const written = Buffer.alloc(8);
  written.writeBigUInt64LE(value);
  return written;
}

export function keyOf(owner: number): Uint8Array {
  return new Uint8Array(createHash("sha256").update(pubkey(owner)).digest());
}

export function accountValue({ nonce, balance }: Account): Uint8Array {
  return new Uint8Array(Buffer.concat([u64(nonce), u64(balance), Buffer.alloc(16)]));
}

export function entriesOf(accounts: Accounts): [Uint8Array, Uint8Array][] {
  return [...accounts].map(([owner, account]) => [keyOf(owner), accountValue(account)]);
}

function receipt(owner: number, amount: bigint): Buffer {
  return Buffer.concat([pubkey(owner), Buffer.alloc(32, 0xcc), u64(amount), Buffer.alloc(96, 0x51)]);
}

export function encode(transaction: Transaction): Buffer {
  const { kind, amount } = transaction;
  if (kind === "credit") return Buffer.concat([Buffer.of(2), pubkey(transaction.to), u64(amount)]);
  const { from, nonce } = transaction;
  if (kind === "withdrawal") return Buffer.concat([Buffer.of(3), u64(nonce), receipt(from, amount)]);
  return Buffer.concat([Buffer.of(1), pubkey(from), u64(nonce), pubkey(transaction.to), u64(amount)]);
}

/** The outcome of a block; undefined when one of its transactions is not allowed. */
export function apply(
  accounts: Accounts,
  transactions: readonly Transaction[],
): { readonly accounts: Accounts; readonly deposits: readonly string[] } | undefined {
  const after = new Map(accounts);
  const deposits: string[] = [];
  for (const transaction of transactions) {
    const { kind, amount } = transaction;
    if (amount === 0n) return undefined;
    if (kind !== "credit") {
      const { nonce, balance } = after.get(transaction.from) ?? NOBODY;
      if (nonce !== transaction.nonce || nonce === MAX || balance < amount) return undefined;
      after.set(transaction.from, { nonce: nonce + 1n, balance: balance - amount });
    }
    if (kind === "withdrawal") deposits.push(toHex(new Uint8Array(receipt(transaction.from, amount))));
    else {
      const { nonce, balance } = after.get(transaction.to) ?? NOBODY;
      if (balance + amount > MAX) return undefined;
      after.set(transaction.to, { nonce, balance: balance + amount });
    }
  }
  return { accounts: after, deposits };
}
