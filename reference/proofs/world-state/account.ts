/**
 * Accounts and words of storage in the form of the tries' values.
 *
 * Req:    PROOF-STATE-002, PROOF-STATE-052, PROOF-STATE-053.
 * Source: Ethereum yellow paper, section 4.1.
 */
import { type Bytes32, equalBytes, fromHex, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { decodeItems, decodeRlp, encodeList, encodeString, type RlpItem } from "../../core/rlp.ts";
import { EMPTY_ROOT } from "../hexary-trie/open-trie.ts";

export interface Account {
  /** Big-endian, without leading zeros. */
  readonly nonce: Uint8Array;
  /** Big-endian, without leading zeros. */
  readonly balance: Uint8Array;
  readonly storageRoot: Bytes32;
  readonly codeHash: Bytes32;
}

export const MAX_NONCE_BYTES = 8;
export const MAX_BALANCE_BYTES = 32;
export const WORD_BYTES = 32;

/** Keccak-256 of the empty string. */
export const EMPTY_CODE_HASH = fromHex("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470") as Bytes32;

export const ZERO_WORD = new Uint8Array(WORD_BYTES);

const NOTHING = new Uint8Array();

/** A new account. */
export const EMPTY_ACCOUNT: Account = {
  nonce: NOTHING,
  balance: NOTHING,
  storageRoot: EMPTY_ROOT,
  codeHash: EMPTY_CODE_HASH,
};

/** Req: PROOF-STATE-002, PROOF-STATE-053. Errors: malformed. */
export function decodeAccount(value: Uint8Array): Account {
  const list = decodeRlp(value, "an account");
  if (!list.isList) throw malformed("an account", "is a string, not a list");
  const items = decodeItems(list.payload, "an account");
  if (items.length !== 4) throw malformed("an account", `has ${items.length} items, not 4`);
  const [nonce, balance, storageRoot, codeHash] = items;
  return {
    nonce: readInteger(nonce, MAX_NONCE_BYTES, "a nonce"),
    balance: readInteger(balance, MAX_BALANCE_BYTES, "a balance"),
    storageRoot: readHash(storageRoot, "a storage root"),
    codeHash: readHash(codeHash, "a code hash"),
  };
}

export function encodeAccount({ nonce, balance, storageRoot, codeHash }: Account): Uint8Array {
  return encodeList([nonce, balance, storageRoot, codeHash].map(encodeString));
}

/** Reads the word of a value in a storage trie. Req: PROOF-STATE-052, PROOF-STATE-053. Errors: malformed. */
export function decodeWord(value: Uint8Array): Uint8Array {
  const trimmed = readInteger(decodeRlp(value, "a word"), WORD_BYTES, "a word");
  if (trimmed.length === 0) throw malformed("a word", "is zero; expected no entry for it");
  return padWord(trimmed);
}

/** Input: a word that is not zero. */
export function encodeWord(word: Uint8Array): Uint8Array {
  return encodeString(withoutLeadingZeros(word));
}

/** Pads big-endian bytes to 32. Input: at most 32 bytes. */
export function padWord(bytes: Uint8Array): Uint8Array {
  const word = new Uint8Array(WORD_BYTES);
  word.set(bytes, WORD_BYTES - bytes.length);
  return word;
}

export function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? NOTHING : bytes.subarray(first);
}

export function isEmptyRoot(storageRoot: Bytes32): boolean {
  return equalBytes(storageRoot, EMPTY_ROOT);
}

export function isEmptyCodeHash(codeHash: Bytes32): boolean {
  return equalBytes(codeHash, EMPTY_CODE_HASH);
}

/** Reads an integer of an account, a word or a header. Errors: malformed. */
export function readInteger(item: RlpItem, maxBytes: number, what: string): Uint8Array {
  const { isList, payload } = item;
  if (isList) throw malformed(what, "is a list, not a string");
  if (payload.length > maxBytes) throw malformed(what, `has ${payload.length} bytes, more than ${maxBytes}`);
  if (payload[0] === 0) throw malformed(what, "begins with a zero byte");
  return payload;
}

/** Errors: malformed. */
export function readHash({ isList, payload }: RlpItem, what: string): Bytes32 {
  const hash = isList ? undefined : toBytes32(payload);
  if (hash === undefined) throw malformed(what, "is not a string of 32 bytes");
  return hash;
}

function malformed(what: string, fault: string): ProofError {
  return new ProofError("malformed", `${what} ${fault}`);
}
