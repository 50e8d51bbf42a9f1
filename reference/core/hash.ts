/** Hash functions, counted. Noble's by default; faster ones may be plugged in. */
import { blake3 } from "@noble/hashes/blake3.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Bytes32 } from "./bytes.ts";

/** A hash of 32 bytes of a message of any length. */
export type HashFunction = (message: Uint8Array) => Uint8Array;

/** The hash functions of all backends. */
export interface HashFunctions {
  readonly sha256: HashFunction;
  readonly keccak256: HashFunction;
  readonly blake3: HashFunction;
}

/** Hashes nodes and counts how often it did: the unit of the `hashes` budget. */
export interface NodeHasher {
  /** SHA-256(left ‖ right) of two 32-byte nodes. */
  hashPair(left: Uint8Array, right: Uint8Array): Bytes32;
  keccak256(message: Uint8Array): Bytes32;
  blake3(message: Uint8Array): Bytes32;
  /** How many times any of them has been called so far. */
  readonly count: number;
}

/** A fresh counter over `functions`, each our own where it is left out. */
export function createNodeHasher(functions: Partial<HashFunctions> = {}): NodeHasher {
  const { sha256: hashPair = sha256, keccak256 = keccak_256, blake3: hashTagged = blake3 } = functions;
  const pair = new Uint8Array(64);
  let count = 0;
  return {
    hashPair(left, right) {
      pair.set(left, 0);
      pair.set(right, 32);
      count += 1;
      return hashPair(pair) as Bytes32;
    },
    keccak256(message) {
      count += 1;
      return keccak256(message) as Bytes32;
    },
    blake3(message) {
      count += 1;
      return hashTagged(message) as Bytes32;
    },
    get count() {
      return count;
    },
  };
}
