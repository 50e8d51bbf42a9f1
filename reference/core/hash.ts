/** Hash functions, counted. Noble by default; a faster SHA-256 may be plugged in. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Bytes32 } from "./bytes.ts";

/** SHA-256 of a message of any length. */
export type Sha256 = (message: Uint8Array) => Uint8Array;

/** Hashes pairs of nodes and counts how often it did: the unit of the `hashes` budget. */
export interface NodeHasher {
  /** SHA-256(left ‖ right) of two 32-byte nodes. */
  hashPair(left: Uint8Array, right: Uint8Array): Bytes32;
  /** How many pairs have been hashed so far. */
  readonly count: number;
}

/** A fresh counter over `hash`. */
export function createNodeHasher(hash: Sha256 = sha256): NodeHasher {
  const pair = new Uint8Array(64);
  let count = 0;
  return {
    hashPair(left, right) {
      pair.set(left, 0);
      pair.set(right, 32);
      count += 1;
      return hash(pair) as Bytes32;
    },
    get count() {
      return count;
    },
  };
}
