/** Writes into an open trie. */
import { type Bytes32, toHex } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { DraftTrie } from "../hexary-trie/draft-trie.ts";
import { hashInto, knownIn } from "../hexary-trie/known-nodes.ts";
import { type OpenTrie, openTrie, walk } from "../hexary-trie/open-trie.ts";
import type { Session } from "../transact.ts";
import { type Key, lastOfEachKey } from "./keys.ts";
import { lookUp } from "./look-up.ts";

/** A key and what is written to it; `null` deletes. */
export interface Write {
  readonly key: Key;
  readonly value: Uint8Array | null;
}

/**
 * Makes a batch of writes.
 *
 * Req:    PROOF-PATRICIA-032, PROOF-PATRICIA-033.
 * Input:  a canonical trie.
 * Output: the new trie. Open are the nodes that were and that still occur, and those that are new.
 * Errors: incomplete.
 */
export function writeBatch(trie: OpenTrie, writes: readonly Write[], hasher: NodeHasher): OpenTrie {
  const draft = new DraftTrie(trie);
  for (const { key, value } of lastOfEachKey(writes)) draft.write(key.path, value, key.uncovered);
  draft.close();
  const known = knownIn([trie]);
  return openTrie(draft.root(hashInto(known, hasher)), known);
}

/**
 * An open trie and what has been written over it.
 *
 * Req:  PROOF-PATRICIA-035. A write needs no node of the proof; the root after it does.
 * Cost: a root takes at most a hash for each node on the paths of what was written, or taken back, since the one before.
 */
export class OpenProof implements Session<Key, Uint8Array | null> {
  readonly #trie: OpenTrie;
  readonly #hasher: NodeHasher;
  readonly #written = new Map<string, Write>();
  /** The trie as of the last root. */
  readonly #rooted: DraftTrie;
  /** What may be different since, by key. */
  readonly #touched = new Map<string, Key>();

  /** Input: a canonical trie. */
  constructor(trie: OpenTrie, hasher: NodeHasher) {
    this.#trie = trie;
    this.#hasher = hasher;
    this.#rooted = new DraftTrie(trie);
  }

  get(key: Key): Uint8Array | null {
    const written = this.#written.get(toHex(key.bytes));
    return written === undefined ? lookUp(this.#trie, key) : written.value;
  }

  set(key: Key, value: Uint8Array | null): () => void {
    const name = toHex(key.bytes);
    const before = this.#written.get(name);
    this.#written.set(name, { key, value });
    this.#touched.set(name, key);
    return () => {
      if (before === undefined) this.#written.delete(name);
      else this.#written.set(name, before);
      this.#touched.set(name, key);
    };
  }

  root(): Bytes32 {
    for (const [name, key] of this.#touched) {
      const written = this.#written.get(name);
      const value = written === undefined ? walk(this.#trie, key.path) : written.value;
      // A write that was taken back asks nothing of the proof.
      if (value !== undefined) this.#rooted.write(key.path, value, key.uncovered);
    }
    this.#touched.clear();
    this.#rooted.close();
    return this.#rooted.root((rlp) => this.#hasher.keccak256(rlp));
  }
}
