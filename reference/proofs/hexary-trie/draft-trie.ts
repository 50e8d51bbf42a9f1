/**
 * A hexary trie that is written to.
 *
 * A write splits nodes, and a deletion leaves gaps. The gaps are closed only before a root is computed, so that a batch needs no
 * more nodes than the final trie.
 */
import type { Bytes32 } from "../../core/bytes.ts";
import type { ProofError } from "../../core/errors.ts";
import { sharedLength } from "../../core/nibbles.ts";
import { Draft, type HashNode, noChildren, type Slot, toDraft } from "./draft.ts";
import { HASHED_LENGTH, type Node } from "./node.ts";
import { EMPTY_ROOT, type Rooted } from "./open-trie.ts";

export class DraftTrie {
  #top: Slot;

  /** Input: a canonical trie, which is not changed. */
  constructor(trie: Rooted) {
    this.#top = trie.top;
  }

  /**
   * Writes a value, or deletes it with `null`.
   *
   * Req:    PROOF-PATRICIA-034, PROOF-PATRICIA-084, PROOF-PATRICIA-087, PROOF-PATRICIA-089.
   * Errors: that of `uncovered` when the path leaves the open nodes.
   * Cost:   O(path + nodes) steps, no hash.
   */
  write(path: Uint8Array, value: Uint8Array | null, uncovered: () => ProofError): void {
    let put = (slot: Slot): void => {
      this.#top = slot;
    };
    let slot: Slot = this.#top;
    for (let offset = 0; ; offset += 1) {
      if (slot === null) {
        if (value !== null) put(new Draft(path.slice(offset), value));
        return;
      }
      if (slot instanceof Uint8Array) throw uncovered();
      const draft = toDraft(slot);
      draft.encoded = undefined;
      put(draft);
      const shared = sharedLength(draft.path, path, offset);
      if (shared < draft.path.length) {
        if (value !== null) put(draft.split(shared, path.subarray(offset), value));
        return;
      }
      offset += shared;
      if (draft.closedBranch !== null) throw uncovered();
      if (offset === path.length) {
        draft.value = value;
        return;
      }
      if (draft.children === null && value === null) return;
      draft.children ??= noChildren();
      const { children } = draft;
      const nibble = path[offset];
      put = (child) => {
        children[nibble] = child;
      };
      slot = children[nibble];
    }
  }

  /**
   * Closes the gaps that deletions have left.
   *
   * Req:    PROOF-PATRICIA-031, PROOF-PATRICIA-080, PROOF-PATRICIA-086.
   * Input:  `onSurvivor` is called with each open node that was not written to and is left without a sibling.
   * Errors: incomplete when such a node is not open.
   */
  close(onSurvivor: (node: Node) => void = () => {}): void {
    for (const draft of this.#changed()) draft.close(onSurvivor);
    if (this.#top instanceof Draft && this.#top.isNothing) this.#top = null;
  }

  /**
   * Returns the root.
   *
   * Req:   PROOF-PATRICIA-090.
   * Input: a trie whose gaps are closed.
   * Cost:  one hash for each hashed node at or above the writes since the last root.
   */
  root(hash: HashNode): Bytes32 {
    for (const draft of this.#changed()) draft.encode(hash);
    if (this.#top === null) return EMPTY_ROOT;
    if (this.#top instanceof Uint8Array) return this.#top;
    if (!(this.#top instanceof Draft)) return (this.#top as Node).hash as Bytes32;
    const { rlp, reference } = this.#top.encoded as { rlp: Uint8Array; reference: Uint8Array };
    return rlp.length < HASHED_LENGTH ? hash(rlp) : (reference.subarray(1) as Bytes32);
  }

  /** The drafts that have changed since the last root, each after all drafts below it. */
  #changed(): Draft[] {
    const found: Draft[] = [];
    const pending: Slot[] = [this.#top];
    for (let slot = pending.pop(); slot !== undefined; slot = pending.pop()) {
      if (!(slot instanceof Draft) || slot.encoded !== undefined) continue;
      found.push(slot);
      if (slot.children !== null) for (const child of slot.children) pending.push(child);
    }
    return found.reverse();
  }
}
