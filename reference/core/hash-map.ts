/** A map from hashes: it finds a node of a proof by the hash that the parent of the node states. */
import { type Bytes32, equalBytes } from "./bytes.ts";

interface Entry<Value> {
  readonly hash: Bytes32;
  readonly value: Value;
  /** The next entry of the same bucket. */
  readonly next: Entry<Value> | undefined;
}

/**
 * The buckets use 48 bits of the hash, and lookups compare all bits. A prover can make 48 bits equal for a few items, at a price.
 * A map with hex strings as keys would be as safe, but to build the strings took longer than to hash the nodes.
 */
export class HashMap<Value> {
  readonly #buckets = new Map<number, Entry<Value>>();

  get(hash: Bytes32): Value | undefined {
    let entry = this.#buckets.get(bucketOf(hash));
    while (entry !== undefined && !equalBytes(entry.hash, hash)) entry = entry.next;
    return entry?.value;
  }

  /** Input: a hash that was not added before, or was added with the same value. */
  add(hash: Bytes32, value: Value): void {
    const bucket = bucketOf(hash);
    this.#buckets.set(bucket, { hash, value, next: this.#buckets.get(bucket) });
  }
}

function bucketOf(hash: Bytes32): number {
  const high = (hash[0] << 16) | (hash[1] << 8) | hash[2];
  const low = (hash[3] << 16) | (hash[4] << 8) | hash[5];
  return high * 2 ** 24 + low;
}
