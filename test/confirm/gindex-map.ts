/**
 * A map from generalized index to value.
 *
 * A plain `Map` would do but for V8, which hashes a bigint by its low 64 bits alone: in a deep tree turning left those
 * are all zero, and a proof of 2 MiB would keep it busy for minutes. Strings are hashed whole.
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

  /** A repeated index keeps its place in the order and takes the new value. */
  set(gindex: bigint, value: V): this {
    this.#entries.set(gindex.toString(16), [gindex, value]);
    return this;
  }

  /** The indices in the order they were first set. */
  *keys(): Generator<bigint> {
    for (const [gindex] of this.#entries.values()) yield gindex;
  }

  *[Symbol.iterator](): Generator<[gindex: bigint, value: V]> {
    yield* this.#entries.values();
  }
}
