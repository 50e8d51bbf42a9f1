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

/** A key and its new value; `null` deletes. */
export type Write = Written<ReadKey, Uint8Array | null>;

/**
 * An open state and the writes over it. All writes have the effect of one batch. A write needs no node of the proof; the root
 * after it does.
 *
 * Req:  PROOF-STATE-041, PROOF-STATE-140, PROOF-STATE-142, PROOF-STATE-143.
 * Cost: a root takes at most a hash for each node on the paths of the keys that were written or undone since the last root, and one
 *       for the code of each account among these.
 */
export class DraftState implements Session<StateKey, Uint8Array | null> {
  readonly #state: OpenState;
  readonly #hashing: Hashing;
  readonly #drafts = new Overlay<Address, AccountDraft>(({ bytes }) => bytes);
  /** The account trie at the last root. */
  readonly #rooted: DraftTrie;

  /** Input: a state whose open nodes are canonical. */
  constructor(state: OpenState, hashing: Hashing) {
    this.#state = state;
    this.#hashing = hashing;
    this.#rooted = new DraftTrie(state.accounts);
  }

  /** Req: PROOF-STATE-138. Errors: incomplete. */
  get(key: StateKey): Uint8Array | null {
    if (key.kind === "ancestor") return lookUp(this.#state, key);
    const draft = this.#drafts.get(key.address)?.value;
    return draft === undefined ? lookUp(this.#state, key) : draft.get(key);
  }

  /** Req: PROOF-STATE-112, PROOF-STATE-114. Input: a result of `toValue` for the key. */
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

  /** Req: PROOF-STATE-131, PROOF-STATE-132, PROOF-STATE-133, PROOF-STATE-142. Errors: incomplete. */
  root(): Bytes32 {
    for (const address of this.#drafts.takeTouched()) {
      const draft = this.#drafts.get(address)?.value;
      const value = draft === undefined ? walk(this.#state.accounts, address.path) : draft.rlp();
      // An undone write needs nothing of the proof.
      if (value !== undefined) this.#rooted.write(address.path, value, address.uncovered);
    }
    this.#rooted.close();
    return this.#rooted.root(this.#hashing.node);
  }
}

/**
 * Carries out a batch of writes.
 *
 * Req:    PROOF-STATE-041, PROOF-STATE-045, PROOF-STATE-134, PROOF-STATE-135, PROOF-STATE-136.
 * Input:  a state whose open nodes are canonical.
 * Output: the new state without headers. Open are the new nodes and the old open nodes that still occur.
 * Errors: incomplete.
 */
export function writeBatch(state: OpenState, writes: readonly Write[], hasher: NodeHasher): OpenState {
  const known = knownIn([state.accounts, state.storages]);
  const codes = namedCodes(state);
  const draft = new DraftState(state, { node: hashInto(known, hasher), code: hashInto(codes, hasher) });
  for (const { key, value } of writes) draft.set(key, value);
  return openState(draft.root(), known, codes);
}

/** Returns the codes of a proof that accounts of open nodes name, in a new map that can be written to. */
function namedCodes({ held, codes }: OpenState): Codes {
  const named: Codes = new HashMap();
  for (const { codeHash } of held) {
    const code = codes.get(codeHash);
    if (code !== undefined) named.add(codeHash, code);
  }
  return named;
}
