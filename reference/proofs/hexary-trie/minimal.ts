/** The smallest proof of some paths, and of the deletion of others. */
import type { ProofError } from "../../core/errors.ts";
import { DraftTrie } from "./draft-trie.ts";
import { knownIn } from "./known-nodes.ts";
import type { Node } from "./node.ts";
import { EMPTY_TRIE, type OpenTrie, openTrie, walk } from "./open-trie.ts";

/** A path, and the error for a trie that does not decide it. */
export interface Asked {
  readonly path: Uint8Array;
  uncovered(): ProofError;
}

/**
 * Reduces a trie to the nodes that decide `asked` and `deleted`, and to those that deleting all of `deleted` together needs.
 *
 * Req:    PROOF-PATRICIA-078, PROOF-PATRICIA-079, PROOF-PATRICIA-081, PROOF-PATRICIA-082, PROOF-PATRICIA-095.
 * Input:  a canonical trie, if `deleted` is not empty.
 * Errors: incomplete, for the first path that the trie does not decide, then for a deletion that needs a node that is not open.
 * Cost:   no hash.
 */
export function pruneToPaths(
  trie: Pick<OpenTrie, "root" | "top">,
  asked: readonly Asked[],
  deleted: readonly Asked[],
): OpenTrie {
  if (trie.top === null) return EMPTY_TRIE;
  const needed = new Set<Node>([trie.top]);
  const need = (node: Node): void => {
    if (node.hash !== undefined) needed.add(node);
  };
  const draft = new DraftTrie(trie);
  for (const { path, uncovered } of asked) if (walk(trie, path, need) === undefined) throw uncovered();
  for (const { path, uncovered } of deleted) {
    if (walk(trie, path, need) === undefined) throw uncovered();
    draft.write(path, null, uncovered);
  }
  draft.close(need);
  return openTrie(trie.root, knownIn([{ items: [...needed] }]));
}
