/**
 * An account: u64-LE nonce, u64-LE balance, 16 zero bytes. Its key is the SHA-256 of the public key of 48 bytes.
 * An account that has never been used is absent and reads as zeros.
 */

export const PUBKEY: usize = 48;
const BALANCE = 8;

/** Traps for a value that is not an account. */
export function checkAccount(account: usize): void {
  assert((load<u64>(account, 16) | load<u64>(account, 24)) === 0);
}

/** Adds to the balance. An amount of zero traps: otherwise an account could be written that reads as absent. */
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
