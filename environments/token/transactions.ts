/**
 * Applies the transactions of a block in order to a map of accounts that the caller holds.
 * Transactions have no signatures: the example shows how state is authenticated, not who may change it.
 */
import { sha256OfShort } from "../hash/sha256";
import { pushNewDeposit } from "../host/eth2";
import { checkAccount, credit, debit, PUBKEY } from "./account";

const TRANSFER: u8 = 1;
const CREDIT: u8 = 2;
const WITHDRAWAL: u8 = 3;

const KIND: usize = 1;
const QUANTITY: usize = 8;
/** Public key 48 bytes, withdrawal credentials 32, amount 8, signature 96. */
const RECEIPT: usize = 184;
const AMOUNT_OF_RECEIPT: usize = 80;

const key: usize = memory.data(32);
const account: usize = memory.data(32);

/** Copies the value of the key at `key` to `account`, or zeros for an absent key. */
type Read = (key: usize, account: usize) => void;
/** Writes the value at `account` to the key at `key`. The value is not zero. */
type Write = (key: usize, account: usize) => void;

function readAccount(pubkey: usize, read: Read): void {
  sha256OfShort(pubkey, PUBKEY, key);
  read(key, account);
  checkAccount(account);
}

function creditTo(pubkey: usize, amount: u64, read: Read, write: Write): void {
  readAccount(pubkey, read);
  credit(account, amount);
  write(key, account);
}

function debitFrom(pubkey: usize, nonce: u64, amount: u64, read: Read, write: Write): void {
  readAccount(pubkey, read);
  debit(account, nonce, amount);
  write(key, account);
}

function take(at: usize, length: usize, end: usize): usize {
  assert(length <= end - at);
  return at + length;
}

/** Applies the transactions between `start` and `end`. Traps at the first one that is malformed or not allowed. */
export function applyTransactions(start: usize, end: usize, read: Read, write: Write): void {
  let at = start;
  while (at < end) {
    const kind = load<u8>(at);
    const body = at + KIND;
    if (kind === TRANSFER) {
      const nonce = body + PUBKEY;
      const to = nonce + QUANTITY;
      const amount = to + PUBKEY;
      at = take(at, KIND + PUBKEY + QUANTITY + PUBKEY + QUANTITY, end);
      debitFrom(body, load<u64>(nonce), load<u64>(amount), read, write);
      creditTo(to, load<u64>(amount), read, write);
    } else if (kind === CREDIT) {
      at = take(at, KIND + PUBKEY + QUANTITY, end);
      creditTo(body, load<u64>(body + PUBKEY), read, write);
    } else {
      assert(kind === WITHDRAWAL);
      const receipt = body + QUANTITY;
      at = take(at, KIND + QUANTITY + RECEIPT, end);
      debitFrom(receipt, load<u64>(body), load<u64>(receipt + AMOUNT_OF_RECEIPT), read, write);
      pushNewDeposit(receipt, RECEIPT as i32);
    }
  }
}
