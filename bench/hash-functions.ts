/** The SHA-256 functions that both sides of a bench use, so that it measures only the work around hashing. */
import { byteArrayIntoHashObject, digest64, hashObjectToByteArray } from "@chainsafe/as-sha256";
import type { Hasher } from "@chainsafe/persistent-merkle-tree";
import { hasher as asSha256Hasher } from "@chainsafe/persistent-merkle-tree/hasher/as-sha256";
import { hasher as nobleHasher } from "@chainsafe/persistent-merkle-tree/hasher/noble";
import { sha256 } from "@noble/hashes/sha2.js";
import type { HashFunction } from "../reference/core/hash.ts";

export interface NamedHash {
  readonly name: string;
  readonly hash: HashFunction;
  /** The same function for the library. */
  readonly libraryHasher: Hasher;
}

/** The noble hasher of the library uses a different version and a slower call, so the library uses ours. */
const NOBLE: NamedHash = { name: "noble", hash: sha256, libraryHasher: nobleForLibrary() };

/** The hasher of the library, which saves a copy: it writes directly into the memory of the WebAssembly module. */
const AS_SHA256: NamedHash = { name: "as-sha256", hash: digest64, libraryHasher: asSha256Hasher };

export const HASH_FUNCTIONS = [NOBLE, AS_SHA256];

/** Hashes `count` pairs of nodes: each time the last hash and the old right half. Does nothing else. */
export function hashBare(hash: HashFunction, count: number): void {
  const pair = new Uint8Array(64);
  for (let done = 0; done < count; done++) pair.set(hash(pair), 0);
}

function nobleForLibrary(): Hasher {
  const pair = new Uint8Array(64);
  return {
    ...nobleHasher,
    digest64HashObjects(left, right, parent) {
      hashObjectToByteArray(left, pair, 0);
      hashObjectToByteArray(right, pair, 32);
      byteArrayIntoHashObject(sha256(pair), 0, parent);
    },
  };
}
