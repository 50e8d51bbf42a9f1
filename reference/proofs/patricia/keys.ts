/** Keys and values of a trie. */
import { toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { toNibbles } from "../../core/nibbles.ts";
import type { RawKey } from "../backend.ts";
import type { Asked } from "../hexary-trie/minimal.ts";

/** A key and its path. */
export interface Key extends Asked {
  readonly bytes: Uint8Array;
}

/** Reads a key of a request. */
export type KeyReader = (key: RawKey) => Key;

/**
 * Req:  PROOF-PATRICIA-001, PROOF-PATRICIA-042.
 * Cost: one hash for each key of a secure trie.
 */
export function keyReader(secure: boolean, hasher: NodeHasher): KeyReader {
  return (key) => {
    const bytes = key as Uint8Array;
    const path = toNibbles(secure ? hasher.keccak256(bytes) : bytes);
    return { bytes, path, uncovered: () => uncovered(bytes) };
  };
}

/**
 * A value that is written, or `null`, which deletes.
 *
 * Req:    PROOF-PATRICIA-077, PROOF-PATRICIA-085.
 * Errors: invalid-argument for an empty value.
 */
export function toValue(value: Uint8Array | null, { bytes }: Key): Uint8Array | null {
  if (value?.length !== 0) return value;
  throw new ProofError(
    "invalid-argument",
    `the value of key ${toHex(bytes)} is empty; expected at least one byte, or null to delete`,
    {
      key: toHex(bytes),
    },
  );
}

export const bytesOf = ({ bytes }: Key): Uint8Array => bytes;

function uncovered(key: Uint8Array): ProofError {
  return new ProofError("incomplete", `the proof lacks a node on the path of key ${toHex(key)}`, { key: toHex(key) });
}
