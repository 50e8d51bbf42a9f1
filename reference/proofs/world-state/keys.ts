/** Keys of the state, and the values that can be written to them. */
import { type Bytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { toNibbles } from "../../core/nibbles.ts";
import type { RawKey } from "../backend.ts";
import type { Asked } from "../hexary-trie/minimal.ts";
import { MAX_BALANCE_BYTES, MAX_NONCE_BYTES, WORD_BYTES, withoutLeadingZeros } from "./account.ts";

/** An address, and the path of its account. */
export interface Address extends Asked {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** The fields, in the order of their numbers in a key. */
const FIELDS = ["nonce", "balance", "storageRoot", "codeHash", "code"] as const;

export type FieldName = (typeof FIELDS)[number];

export interface AccountKey {
  readonly kind: "account";
  readonly address: Address;
}

export interface FieldKey {
  readonly kind: "field";
  readonly address: Address;
  readonly field: FieldName;
  /** The whole key in hex, for messages. */
  readonly name: string;
}

/** A slot, and its path in the storage trie. */
export interface SlotKey extends Asked {
  readonly kind: "slot";
  readonly address: Address;
  /** 32 bytes. */
  readonly slot: Uint8Array;
  /** The whole key. */
  readonly bytes: Uint8Array;
  readonly name: string;
}

export interface AncestorKey {
  readonly kind: "ancestor";
  readonly block: Bytes32;
  readonly number: bigint;
  readonly name: string;
}

/** A key of the state, which an ancestor is not. */
export type ReadKey = AccountKey | FieldKey | SlotKey;

export type StateKey = ReadKey | AncestorKey;

/** A key that can be deleted. */
export type DeletedKey = AccountKey | SlotKey;

export function isCodeKey(key: ReadKey): key is FieldKey {
  return key.kind === "field" && key.field === "code";
}

/** Reads the bytes of a key in a request or a proof. */
export type KeyReader = (key: RawKey) => StateKey;

const ADDRESS_BYTES = 20;
const FIELD_BYTES = ADDRESS_BYTES + 1;
const SLOT_BYTES = ADDRESS_BYTES + WORD_BYTES;
const HASH_BYTES = 32;
const ANCESTOR_BYTES = HASH_BYTES + 8;

/**
 * Req:    PROOF-STATE-001, PROOF-STATE-050.
 * Errors: invalid-argument.
 * Cost:   a hash for each different address, and one for each slot.
 */
export function keyReader(hasher: NodeHasher): KeyReader {
  const addresses = new Map<string, Address>();
  const pathOf = (bytes: Uint8Array): Uint8Array => toNibbles(hasher.keccak256(bytes));

  const addressOf = (bytes: Uint8Array): Address => {
    const name = toHex(bytes);
    const known = addresses.get(name);
    if (known !== undefined) return known;
    const address = { bytes, name, path: pathOf(bytes), uncovered: () => uncovered(`of account ${name}`, name) };
    addresses.set(name, address);
    return address;
  };

  return (raw) => {
    const key = raw as Uint8Array;
    const name = toHex(key);
    switch (key.length) {
      case ADDRESS_BYTES:
        return { kind: "account", address: addressOf(key) };
      case FIELD_BYTES: {
        const field = FIELDS[key[ADDRESS_BYTES]];
        if (field === undefined) throw badKey(name, `an account has no field ${key[ADDRESS_BYTES]}`);
        return { kind: "field", address: addressOf(key.subarray(0, ADDRESS_BYTES)), field, name };
      }
      case SLOT_BYTES: {
        const slot = key.subarray(ADDRESS_BYTES);
        const address = addressOf(key.subarray(0, ADDRESS_BYTES));
        const missing = () => uncovered(`of slot ${toHex(slot)} in the storage of ${address.name}`, name);
        return { kind: "slot", address, slot, bytes: key, name, path: pathOf(slot), uncovered: missing };
      }
      case ANCESTOR_BYTES: {
        const number = BigInt(toHex(key.subarray(HASH_BYTES)));
        return { kind: "ancestor", block: key.subarray(0, HASH_BYTES) as Bytes32, number, name };
      }
      default:
        throw badKey(name, `a key has 20, 21, 40 or 52 bytes, not ${key.length}`);
    }
  };
}

/** Returns the key of an address followed by more bytes. */
export function joinKey(address: Uint8Array, more: Uint8Array): Uint8Array {
  const key = new Uint8Array(address.length + more.length);
  key.set(address, 0);
  key.set(more, address.length);
  return key;
}

/** The name of a key in a message. */
export function nameOf(key: StateKey): string {
  return key.kind === "account" ? key.address.name : key.name;
}

/**
 * Checks a value that is written to a key; `null` deletes.
 *
 * Req:    PROOF-STATE-040, PROOF-STATE-113, PROOF-STATE-118.
 * Errors: invalid-argument.
 */
export function toValue(value: Uint8Array | null, key: StateKey): Uint8Array | null {
  switch (key.kind) {
    case "account":
      if (value === null) return null;
      throw badWrite(key, "an account is written field by field, or deleted with null");
    case "slot":
      if (value === null) return null;
      if (value.length !== WORD_BYTES) throw badWrite(key, `a word has 32 bytes, not ${value.length}`);
      return withoutLeadingZeros(value).length === 0 ? null : value;
    case "ancestor":
      throw badWrite(key, "a block cannot be written");
    case "field":
      return toFieldValue(value, key);
  }
}

function toFieldValue(value: Uint8Array | null, key: FieldKey): Uint8Array {
  if (value === null) throw badWrite(key, "a field cannot be deleted; its account can");
  switch (key.field) {
    case "nonce":
      return toInteger(value, MAX_NONCE_BYTES, key);
    case "balance":
      return toInteger(value, MAX_BALANCE_BYTES, key);
    case "code":
      return value;
    case "storageRoot":
    case "codeHash":
      throw badWrite(key, "a storage root and a code hash cannot be written; they follow from the slots and the code");
  }
}

function toInteger(value: Uint8Array, maxBytes: number, key: FieldKey): Uint8Array {
  if (value.length > maxBytes) throw badWrite(key, `a ${key.field} has at most ${maxBytes} bytes, not ${value.length}`);
  if (value[0] === 0) throw badWrite(key, `a ${key.field} has no leading zeros`);
  return value;
}

function badKey(name: string, fault: string): ProofError {
  return new ProofError("invalid-argument", `key ${name}: ${fault}`, { key: name });
}

export function badWrite(key: StateKey, fault: string): ProofError {
  return badKey(nameOf(key), fault);
}

function uncovered(what: string, key: string): ProofError {
  return new ProofError("incomplete", `the proof lacks a node on the path ${what}`, { key });
}
