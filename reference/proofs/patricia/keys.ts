/** Keys and values of a trie. */
import { toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { toNibbles } from "../../core/nibbles.ts";
import type { RawKey } from "../backend.ts";
import type { Asked } from "../hexary-trie/minimal.ts";

/** A key, and the way to it. */
export interface Key extends Asked {
  readonly bytes: Uint8Array;
}

/** What makes keys of what a request says. */
export type KeyReader = (key: RawKey) => Key;

/**
 * Req:  PROOF-PATRICIA-001.
 * Cost: a hash for each key of a secure trie.
 */
export function keyReader(secure: boolean, hasher: NodeHasher): KeyReader {
  return (key) => {
    const bytes = key as Uint8Array;
    const path = toNibbles(secure ? hasher.keccak256(bytes) : bytes);
    return { bytes, path, uncovered: () => uncovered(bytes) };
  };
}

/** A value that is written, or `null`. Errors: invalid-argument for an empty one. */
export function toValue(value: Uint8Array | null, { bytes }: Key): Uint8Array | null {
  if (value?.length !== 0) return value;
  throw new ProofError("invalid-argument", `the value of key ${toHex(bytes)} is empty; null deletes`, {
    key: toHex(bytes),
  });
}

/** The bytes of a key. */
export const bytesOf = ({ bytes }: Key): Uint8Array => bytes;

function uncovered(key: Uint8Array): ProofError {
  return new ProofError("incomplete", `the proof lacks a node on the path of key ${toHex(key)}`, { key: toHex(key) });
}
