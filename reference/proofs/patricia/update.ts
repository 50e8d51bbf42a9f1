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
 * Applies a batch of writes.
 *
 * Req:    PROOF-PATRICIA-032, PROOF-PATRICIA-033, PROOF-PATRICIA-083, PROOF-PATRICIA-084, PROOF-PATRICIA-086, PROOF-PATRICIA-087,
 *         PROOF-PATRICIA-090.
 * Input:  a canonical trie.
 * Output: the new trie. Its open nodes are those that were open before and still occur, and the new ones.
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
 * An open trie and the writes to it. A write needs no node of the proof; the next root does.
 *
 * Req:  PROOF-PATRICIA-035, PROOF-PATRICIA-091.
 * Cost: a root takes at most one hash for each node on the paths that were written or undone since the last root.
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
      // A write that was undone needs no node of the proof.
      if (value !== undefined) this.#rooted.write(key.path, value, key.uncovered);
    }
    this.#rooted.close();
    return this.#rooted.root((rlp) => this.#hasher.keccak256(rlp));
  }
}
