/** A map from hashes: what a proof holds, found by what its parent says that it hashes to. */
import { type Bytes32, equalBytes } from "./bytes.ts";

interface Entry<Value> {
  readonly hash: Bytes32;
  readonly value: Value;
}

/**
 * Sorted into buckets by 48 bits of the hash, which a prover can make equal for a few items at a price, and compared in all
 * bits. A map of hex strings would be as safe, and building the strings cost more than hashing what they stand for.
 */
export class HashMap<Value> {
  readonly #buckets = new Map<number, Entry<Value>[]>();

  get(hash: Bytes32): Value | undefined {
    return this.#buckets.get(bucketOf(hash))?.find((entry) => equalBytes(entry.hash, hash))?.value;
  }

  /** The first value of a hash stays. */
  add(hash: Bytes32, value: Value): void {
    const bucket = this.#buckets.get(bucketOf(hash));
    if (bucket === undefined) this.#buckets.set(bucketOf(hash), [{ hash, value }]);
    else if (bucket.every((entry) => !equalBytes(entry.hash, hash))) bucket.push({ hash, value });
  }
}

function bucketOf(hash: Bytes32): number {
  const high = (hash[0] << 16) | (hash[1] << 8) | hash[2];
  const low = (hash[3] << 16) | (hash[4] << 8) | hash[5];
  return high * 2 ** 24 + low;
}
