/**
 * What a trie says of a key.
 *
 * Req: PROOF-PATRICIA-005, PROOF-PATRICIA-006.
 */
import { type OpenTrie, walk } from "../hexary-trie/open-trie.ts";
import type { Key } from "./keys.ts";

/** The value of a key, `null` when it is absent. Errors: incomplete. */
export function lookUp(trie: OpenTrie, key: Key): Uint8Array | null {
  const value = walk(trie, key.path);
  if (value === undefined) throw key.uncovered();
  return value;
}
