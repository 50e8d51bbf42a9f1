/**
 * A map from generalized index to value.
 *
 * A plain `Map` would be too slow: V8 hashes a bigint by its low 64 bits only. In a deep tree that always turns left these are all
 * zero, and a proof of 2 MiB would take minutes. V8 hashes all of a string.
 */
export class GindexMap<V> {
  readonly #entries = new Map<string, [gindex: bigint, value: V]>();

  get size(): number {
    return this.#entries.size;
  }

  has(gindex: bigint): boolean {
    return this.#entries.has(gindex.toString(16));
  }

  get(gindex: bigint): V | undefined {
    return this.#entries.get(gindex.toString(16))?.[1];
  }

  /** A repeated index keeps its position in the order and gets the new value. */
  set(gindex: bigint, value: V): this {
    this.#entries.set(gindex.toString(16), [gindex, value]);
    return this;
  }

  /** The indices in the order in which they were first set. */
  *keys(): Generator<bigint> {
    for (const [gindex] of this.#entries.values()) yield gindex;
  }

  *[Symbol.iterator](): Generator<[gindex: bigint, value: V]> {
    yield* this.#entries.values();
  }
}
