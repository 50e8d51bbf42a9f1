/** Writes to keys, for every backend: in a batch the last write of a key counts, and an overlay can undo writes. */
import { compareBytes, equalBytes, toHex } from "../core/bytes.ts";

/** Returns the last item of each key, by ascending key. Input: `bytesOf` returns the key of an item. */
export function lastOfEachKey<Item>(items: readonly Item[], bytesOf: (item: Item) => Uint8Array): Item[] {
  const sorted = [...items].sort((a, b) => compareBytes(bytesOf(a), bytesOf(b)));
  return sorted.filter((item, index) => {
    const next = sorted[index + 1];
    return next === undefined || !equalBytes(bytesOf(item), bytesOf(next));
  });
}

/** A key and the value that is written to it. */
export interface Written<Key, Value> {
  readonly key: Key;
  readonly value: Value;
}

/** The writes over a proof, and the keys whose values may have changed since the last root was computed. */
export class Overlay<Key, Value> {
  readonly #bytesOf: (key: Key) => Uint8Array;
  readonly #written = new Map<string, Written<Key, Value>>();
  readonly #touched = new Map<string, Key>();

  constructor(bytesOf: (key: Key) => Uint8Array) {
    this.#bytesOf = bytesOf;
  }

  /** Returns the current write to `key`, or `undefined` if there is none. */
  get(key: Key): Written<Key, Value> | undefined {
    return this.#written.get(toHex(this.#bytesOf(key)));
  }

  /** Writes, and returns a function that undoes the write. */
  set(key: Key, value: Value): () => void {
    const name = toHex(this.#bytesOf(key));
    const before = this.#written.get(name);
    this.#written.set(name, { key, value });
    this.#touched.set(name, key);
    return () => {
      if (before === undefined) this.#written.delete(name);
      else this.#written.set(name, before);
      this.#touched.set(name, key);
    };
  }

  /** Returns the keys that were written or undone since the last call. */
  takeTouched(): Key[] {
    const keys = [...this.#touched.values()];
    this.#touched.clear();
    return keys;
  }
}
