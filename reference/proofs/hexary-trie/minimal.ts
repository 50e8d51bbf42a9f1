/**
 * The least that has to be open for some paths to be decided, and for some to be deleted.
 *
 * Req: PROOF-PATRICIA-030, PROOF-PATRICIA-031.
 */
import type { ProofError } from "../../core/errors.ts";
import { DraftTrie } from "./draft-trie.ts";
import { knownIn } from "./known-nodes.ts";
import type { Node } from "./node.ts";
import { EMPTY_TRIE, type OpenTrie, openTrie, walk } from "./open-trie.ts";

/** A path, and the error for it when the trie is not open far enough. */
export interface Asked {
  readonly path: Uint8Array;
  uncovered(): ProofError;
}

/**
 * Cuts a trie down to what decides `asked` and `deleted`, and to what deleting all of `deleted` together needs.
 *
 * Input:  a canonical trie, where something is deleted.
 * Errors: incomplete, for the first path that the trie does not decide, then where a deletion needs a node that is not open.
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
