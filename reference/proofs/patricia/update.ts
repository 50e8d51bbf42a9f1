/** Writes into an open trie. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { DraftTrie } from "../hexary-trie/draft-trie.ts";
import { hashInto, knownIn } from "../hexary-trie/known-nodes.ts";
import { type OpenTrie, openTrie, walk } from "../hexary-trie/open-trie.ts";
import type { Session } from "../transact.ts";
import { lastOfEachKey, Overlay, type Written } from "../writes.ts";
import { bytesOf, type Key } from "./keys.ts";
import { lookUp } from "./look-up.ts";

/** A key and what is written to it; `null` deletes. */
export type Write = Written<Key, Uint8Array | null>;

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
  for (const { key, value } of lastOfEachKey(writes, ({ key }) => bytesOf(key)))
    draft.write(key.path, value, key.uncovered);
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
  readonly #overlay = new Overlay<Key, Uint8Array | null>(bytesOf);
  /** The trie as of the last root. */
  readonly #rooted: DraftTrie;

  /** Input: a canonical trie. */
  constructor(trie: OpenTrie, hasher: NodeHasher) {
    this.#trie = trie;
    this.#hasher = hasher;
    this.#rooted = new DraftTrie(trie);
  }

  get(key: Key): Uint8Array | null {
    const written = this.#overlay.get(key);
    return written === undefined ? lookUp(this.#trie, key) : written.value;
  }

  set(key: Key, value: Uint8Array | null): () => void {
    return this.#overlay.set(key, value);
  }

  root(): Bytes32 {
    for (const key of this.#overlay.takeTouched()) {
      const written = this.#overlay.get(key);
      const value = written === undefined ? walk(this.#trie, key.path) : written.value;
      // A write that was taken back asks nothing of the proof.
      if (value !== undefined) this.#rooted.write(key.path, value, key.uncovered);
    }
    this.#rooted.close();
    return this.#rooted.root((rlp) => this.#hasher.keccak256(rlp));
  }
}
