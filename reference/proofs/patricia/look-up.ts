/** Lookups in an open trie. */
import { type OpenTrie, walk } from "../hexary-trie/open-trie.ts";
import type { Key } from "./keys.ts";

/**
 * The value of a key, or `null` when the key is absent.
 *
 * Req:    PROOF-PATRICIA-005, PROOF-PATRICIA-006, PROOF-PATRICIA-049, PROOF-PATRICIA-050.
 * Errors: incomplete.
 */
export function lookUp(trie: OpenTrie, key: Key): Uint8Array | null {
  const value = walk(trie, key.path);
  if (value === undefined) throw key.uncovered();
  return value;
}
