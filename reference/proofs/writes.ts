/** Writes to keys, whatever the backend: of a batch the last one of a key counts, and over a proof they can be taken back. */
import { compareBytes, equalBytes, toHex } from "../core/bytes.ts";

/** The last of each key, by ascending key. Input: `bytesOf` gives an item's key. */
export function lastOfEachKey<Item>(items: readonly Item[], bytesOf: (item: Item) => Uint8Array): Item[] {
  const sorted = [...items].sort((a, b) => compareBytes(bytesOf(a), bytesOf(b)));
  return sorted.filter((item, index) => {
    const next = sorted[index + 1];
    return next === undefined || !equalBytes(bytesOf(item), bytesOf(next));
  });
}

/** A key and what is written to it. */
export interface Written<Key, Value> {
  readonly key: Key;
  readonly value: Value;
}

/** What has been written over a proof, and what may read otherwise than when a root was last asked for. */
export class Overlay<Key, Value> {
  readonly #bytesOf: (key: Key) => Uint8Array;
  readonly #written = new Map<string, Written<Key, Value>>();
  readonly #touched = new Map<string, Key>();

  constructor(bytesOf: (key: Key) => Uint8Array) {
    this.#bytesOf = bytesOf;
  }

  /** `undefined` where nothing is written that has not been taken back. */
  get(key: Key): Written<Key, Value> | undefined {
    return this.#written.get(toHex(this.#bytesOf(key)));
  }

  /** Writes, and gives what takes the write back. */
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

  /** The keys that have been written or taken back since this was last asked. */
  takeTouched(): Key[] {
    const keys = [...this.#touched.values()];
    this.#touched.clear();
    return keys;
  }
}
