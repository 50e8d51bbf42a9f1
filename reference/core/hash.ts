/**
 * Hash functions that are counted: those of noble by default, which faster ones can replace.
 *
 * Req: PROOF-GEN-009.
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Bytes32 } from "./bytes.ts";

/** Hashes a message of any length to 32 bytes. */
export type HashFunction = (message: Uint8Array) => Uint8Array;

/** The hash functions of all backends. */
export interface HashFunctions {
  readonly sha256: HashFunction;
  readonly keccak256: HashFunction;
  readonly blake3: HashFunction;
}

/** Hashes nodes and counts the calls: the unit of the `hashes` budget. */
export interface NodeHasher {
  /** SHA-256(left ‖ right) of two 32-byte nodes. */
  hashPair(left: Uint8Array, right: Uint8Array): Bytes32;
  keccak256(message: Uint8Array): Bytes32;
  blake3(message: Uint8Array): Bytes32;
  /** The number of calls so far, of all functions together. */
  readonly count: number;
}

/** Creates a hasher with a count of 0. Input: the functions that replace those of noble. */
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
