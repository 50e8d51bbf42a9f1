/**
 * An account: u64-LE nonce, u64-LE balance, 16 zero bytes, under the SHA-256 of its public key of 48 bytes.
 * An unused account is absent, and reads as zeros.
 */

export const PUBKEY: usize = 48;
const BALANCE = 8;

/** Traps if the value does not have the form of an account. */
export function checkAccount(account: usize): void {
  assert((load<u64>(account, 16) | load<u64>(account, 24)) === 0);
}

/** Adds to the balance. A zero amount traps, because an account of zeros would read as absent. */
export function credit(account: usize, amount: u64): void {
  assert(amount !== 0);
  const balance = load<u64>(account, BALANCE) + amount;
  assert(balance >= amount);
  store<u64>(account, balance, BALANCE);
}

/** Subtracts from the balance, for a transaction with this nonce. */
export function debit(account: usize, nonce: u64, amount: u64): void {
  assert(amount !== 0);
  assert(load<u64>(account) === nonce && nonce !== u64.MAX_VALUE);
  const balance = load<u64>(account, BALANCE);
  assert(amount <= balance);
  store<u64>(account, nonce + 1);
  store<u64>(account, balance - amount, BALANCE);
}
