/** Writes into an open state. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { NodeHasher } from "../../core/hash.ts";
import { HashMap } from "../../core/hash-map.ts";
import { DraftTrie } from "../hexary-trie/draft-trie.ts";
import { hashInto, knownIn } from "../hexary-trie/known-nodes.ts";
import { walk } from "../hexary-trie/open-trie.ts";
import type { Session } from "../transact.ts";
import { Overlay, type Written } from "../writes.ts";
import { AccountDraft, type Hashing } from "./account-draft.ts";
import type { Address, FieldKey, ReadKey, SlotKey, StateKey } from "./keys.ts";
import { lookUp } from "./look-up.ts";
import { type Codes, type OpenState, openState } from "./open-state.ts";

/** A key and what is written to it; `null` deletes. */
export type Write = Written<ReadKey, Uint8Array | null>;

/**
 * An open state and what has been written over it.
 *
 * Req:  PROOF-STATE-041, PROOF-STATE-047. A write needs no node of the proof; the root after it does.
 * Cost: a root takes at most a hash for each node on the paths of what was written, or taken back, since the one before, and one
 *       for the code of each account among that.
 */
export class DraftState implements Session<StateKey, Uint8Array | null> {
  readonly #state: OpenState;
  readonly #hashing: Hashing;
  readonly #drafts = new Overlay<Address, AccountDraft>(({ bytes }) => bytes);
  /** The account trie as of the last root. */
  readonly #rooted: DraftTrie;

  /** Input: a state whose open nodes are canonical. */
  constructor(state: OpenState, hashing: Hashing) {
    this.#state = state;
    this.#hashing = hashing;
    this.#rooted = new DraftTrie(state.accounts);
  }

  get(key: StateKey): Uint8Array | null {
    if (key.kind === "ancestor") return lookUp(this.#state, key);
    const draft = this.#drafts.get(key.address)?.value;
    return draft === undefined ? lookUp(this.#state, key) : draft.get(key);
  }

  /** Input: what `toValue` gives for the key. */
  set(key: StateKey, value: Uint8Array | null): () => void {
    const { address } = key as ReadKey;
    if (key.kind === "account") {
      return this.#drafts.set(address, new AccountDraft(address, this.#state, true, this.#hashing));
    }
    const draft = this.#drafts.get(address)?.value ?? new AccountDraft(address, this.#state, false, this.#hashing);
    const undoDraft = this.#drafts.set(address, draft);
    const undoWrite = draft.set(key as FieldKey | SlotKey, value);
    return () => {
      undoWrite();
      undoDraft();
    };
  }

  /** Errors: incomplete. */
  root(): Bytes32 {
    for (const address of this.#drafts.takeTouched()) {
      const draft = this.#drafts.get(address)?.value;
      const value = draft === undefined ? walk(this.#state.accounts, address.path) : draft.rlp();
      // A write that was taken back asks nothing of the proof.
      if (value !== undefined) this.#rooted.write(address.path, value, address.uncovered);
    }
    this.#rooted.close();
    return this.#rooted.root(this.#hashing.node);
  }
}

/**
 * Makes a batch of writes.
 *
 * Req:    PROOF-STATE-041, PROOF-STATE-045, PROOF-STATE-046.
 * Input:  a state whose open nodes are canonical.
 * Output: the new state. Open are the nodes that were and that still occur, and those that are new; there are no headers.
 * Errors: incomplete.
 */
export function writeBatch(state: OpenState, writes: readonly Write[], hasher: NodeHasher): OpenState {
  const known = knownIn([state.accounts, state.storages]);
  const codes = namedCodes(state);
  const draft = new DraftState(state, { node: hashInto(known, hasher), code: hashInto(codes, hasher) });
  for (const { key, value } of writes) draft.set(key, value);
  return openState(draft.root(), known, codes);
}

/** The codes of a proof that accounts of open nodes name: a map of its own, to be written to. */
function namedCodes({ held, codes }: OpenState): Codes {
  const named: Codes = new HashMap();
  for (const { codeHash } of held) {
    const code = codes.get(codeHash);
    if (code !== undefined) named.add(codeHash, code);
  }
  return named;
}
