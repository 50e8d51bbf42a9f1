/** Keys of a state, whose length tells what they name, and the values of writes. */
import { parseBytes } from "../patricia/encodings.ts";
import { fail, type Json } from "../values.ts";
import { numberOf } from "./tries.ts";

const FIELDS = ["nonce", "balance", "storageRoot", "codeHash", "code"] as const;

/** Addresses, slots and hashes are strings of digits. */
export type Key =
  | { kind: "account"; address: string }
  | { kind: "field"; address: string; field: (typeof FIELDS)[number] }
  | { kind: "slot"; address: string; slot: string }
  | { kind: "ancestor"; block: string; number: bigint };

/** A key of the state, which an ancestor is not. */
export type StateKey = Exclude<Key, { kind: "ancestor" }>;

export type Write = [key: StateKey, value: Buffer | null];

/**
 * The effect of a batch on one account: whether it is deleted first, and the writes after that. `words` include zeros.
 */
export type Change = {
  isDeleted: boolean;
  fields: { nonce?: bigint; balance?: bigint; code?: Buffer };
  words: Map<string, bigint>;
};

export function keyArgument(value: Json | undefined): Key {
  const bytes = parseBytes(value) ?? fail("invalid-argument", "a key is not bytes in lower-case hex");
  const digits = bytes.toString("hex");
  const address = digits.slice(0, 40);
  switch (bytes.length) {
    case 20:
      return { kind: "account", address };
    case 21: {
      const field = FIELDS[bytes[20] as number] ?? fail("invalid-argument", `there is no field ${bytes[20]}`);
      return { kind: "field", address, field };
    }
    case 52:
      return { kind: "slot", address, slot: digits.slice(40) };
    case 40:
      return { kind: "ancestor", block: digits.slice(0, 64), number: numberOf(bytes.subarray(32)) };
    default:
      return fail("invalid-argument", `there is no key of ${bytes.length} bytes`);
  }
}

export function stateKey(key: Key): StateKey {
  return key.kind === "ancestor" ? fail("invalid-argument", "an ancestor is no part of a state") : key;
}

/** A pair of key and value; `null` is a value when `mayDelete` is set. */
export function writeArgument(pair: Json, mayDelete: boolean): Write {
  if (!Array.isArray(pair) || pair.length !== 2) fail("invalid-argument", "not a pair of key and value");
  const key = stateKey(keyArgument(pair[0]));
  if (pair[1] === null) {
    if (!mayDelete) fail("invalid-argument", "a whole state is made without deleting");
    if (key.kind === "field") fail("invalid-argument", `a ${key.field} cannot be deleted`);
    return [key, null];
  }
  const value = parseBytes(pair[1]) ?? fail("invalid-argument", "a value is not bytes in lower-case hex");
  checkValue(key, value);
  return [key, value];
}

function checkValue(key: StateKey, value: Buffer): void {
  if (key.kind === "account") fail("invalid-argument", "an account is written by its fields");
  if (key.kind === "slot") {
    if (value.length !== 32) fail("invalid-argument", `a word has ${value.length} bytes`);
    return;
  }
  if (key.field === "storageRoot" || key.field === "codeHash") fail("invalid-argument", `a ${key.field} follows`);
  if (key.field === "code") return;
  if (value.length > (key.field === "nonce" ? 8 : 32)) fail("invalid-argument", `the ${key.field} is too long`);
  if (value[0] === 0) fail("invalid-argument", `the ${key.field} begins with a zero`);
}

/** The effect of writes in their order, by address. */
export function changesOf(writes: Iterable<Write>): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const [key, value] of writes) {
    let change = changes.get(key.address);
    if (change === undefined || key.kind === "account") {
      change = { isDeleted: key.kind === "account", fields: {}, words: new Map() };
      changes.set(key.address, change);
    }
    if (key.kind === "slot") change.words.set(key.slot, value === null ? 0n : numberOf(value));
    if (key.kind === "field") {
      const bytes = value as Buffer;
      if (key.field === "nonce") change.fields.nonce = numberOf(bytes);
      if (key.field === "balance") change.fields.balance = numberOf(bytes);
      if (key.field === "code") change.fields.code = bytes;
    }
  }
  return changes;
}
