/** An account with writes: written fields and slots over the account of the proof. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { HashNode } from "../hexary-trie/draft.ts";
import { DraftTrie } from "../hexary-trie/draft-trie.ts";
import { walk } from "../hexary-trie/open-trie.ts";
import { Overlay } from "../writes.ts";
import { type Account, EMPTY_ACCOUNT, encodeAccount, encodeWord } from "./account.ts";
import type { Address, FieldKey, ReadKey, SlotKey } from "./keys.ts";
import { lookUpAccount, lookUpCode, lookUpSlot, storageOf } from "./look-up.ts";
import type { OpenState } from "./open-state.ts";

/** The hash functions for nodes and for codes. */
export interface Hashing {
  readonly node: HashNode;
  readonly code: HashNode;
}

export class AccountDraft {
  readonly #address: Address;
  readonly #state: OpenState;
  /** Whether the account of the proof has been deleted, so that its fields and slots no longer count. */
  readonly #isFresh: boolean;
  readonly #hashing: Hashing;
  readonly #fields = new Map<string, Uint8Array>();
  readonly #slots = new Overlay<SlotKey, Uint8Array | null>(({ bytes }) => bytes);
  /** The number of written words that are not zero. */
  #words = 0;
  /** The storage trie at its last root. */
  #storage: DraftTrie | undefined;
  #lastHashed: { readonly code: Uint8Array; readonly hash: Bytes32 } | undefined;

  constructor(address: Address, state: OpenState, isFresh: boolean, hashing: Hashing) {
    this.#address = address;
    this.#state = state;
    this.#isFresh = isFresh;
    this.#hashing = hashing;
  }

  /** Writes, and returns a function that undoes the write. Input: a result of `toValue` for the key. */
  set(key: FieldKey | SlotKey, value: Uint8Array | null): () => void {
    return key.kind === "field" ? this.#setField(key, value as Uint8Array) : this.#setSlot(key, value);
  }

  #setField({ field }: FieldKey, value: Uint8Array): () => void {
    const before = this.#fields.get(field);
    this.#fields.set(field, value);
    return () => {
      if (before === undefined) this.#fields.delete(field);
      else this.#fields.set(field, before);
    };
  }

  #setSlot(key: SlotKey, word: Uint8Array | null): () => void {
    const more = wordsIn(word) - wordsIn(this.#slots.get(key)?.value);
    const undo = this.#slots.set(key, word);
    this.#words += more;
    return () => {
      undo();
      this.#words -= more;
    };
  }

  /**
   * Returns the value of a key. A written value needs nothing of the proof.
   *
   * Req:    PROOF-STATE-138, PROOF-STATE-139, PROOF-STATE-141, PROOF-STATE-142.
   * Errors: incomplete.
   */
  get(key: ReadKey): Uint8Array | null {
    switch (key.kind) {
      case "account":
        return this.rlp();
      case "field":
        return this.#field(key);
      case "slot": {
        const written = this.#slots.get(key);
        return written === undefined ? lookUpSlot(this.#state, this.#base(), key) : written.value;
      }
    }
  }

  #field({ field, name }: FieldKey): Uint8Array | null {
    const code = this.#fields.get("code");
    if (field === "codeHash" && code !== undefined) return this.#hashOf(code);
    const written = this.#fields.get(field);
    if (written !== undefined) return written;
    const account = field === "storageRoot" ? this.#account() : this.#withoutStorage();
    if (account === null) return null;
    return field === "code" ? lookUpCode(this.#state, account.codeHash, name) : account[field];
  }

  /**
   * Returns the account after the writes, `null` when it is absent.
   *
   * Req:    PROOF-STATE-041, PROOF-STATE-133, PROOF-STATE-139.
   * Errors: incomplete.
   * Cost:   the cost of `#storageRoot`, and a hash for a written code.
   */
  #account(): Account | null {
    const account = this.#withoutStorage();
    return account && { ...account, storageRoot: this.#storageRoot() };
  }

  /** Returns the RLP of the account. Errors and cost: those of `#account`. */
  rlp(): Uint8Array | null {
    const account = this.#account();
    return account && encodeAccount(account);
  }

  /** The account of the proof, `null` after its deletion. Req: PROOF-STATE-045, PROOF-STATE-114. Errors: incomplete. */
  #base(): Account | null {
    return this.#isFresh ? null : lookUpAccount(this.#state, this.#address);
  }

  /**
   * Returns the account with the storage root of the proof.
   *
   * Req:    PROOF-STATE-115, PROOF-STATE-116, PROOF-STATE-117.
   * Errors: incomplete.
   */
  #withoutStorage(): Account | null {
    const isMade = this.#fields.size > 0 || this.#words > 0;
    const base = this.#base() ?? (isMade ? EMPTY_ACCOUNT : null);
    if (base === null) return null;
    const { nonce = base.nonce, balance = base.balance, code } = Object.fromEntries(this.#fields);
    return { ...base, nonce, balance, codeHash: code === undefined ? base.codeHash : this.#hashOf(code) };
  }

  /** Hashes a code once: it may be long, and a script may read its hash many times. */
  #hashOf(code: Uint8Array): Bytes32 {
    if (this.#lastHashed?.code !== code) this.#lastHashed = { code, hash: this.#hashing.code(code) };
    return this.#lastHashed.hash;
  }

  /**
   * Req:    PROOF-STATE-130, PROOF-STATE-131, PROOF-STATE-132.
   * Errors: incomplete when the written slots need nodes that are not open.
   * Cost:   at most a hash for each node on the paths of the slots that were written or undone since the last call.
   */
  #storageRoot(): Bytes32 {
    const base = storageOf(this.#state, this.#base());
    this.#storage ??= new DraftTrie(base);
    for (const key of this.#slots.takeTouched()) {
      const written = this.#slots.get(key);
      const value = written === undefined ? walk(base, key.path) : encodeWordOrNull(written.value);
      // An undone write needs nothing of the proof.
      if (value !== undefined) this.#storage.write(key.path, value, key.uncovered);
    }
    this.#storage.close();
    return this.#storage.root(this.#hashing.node);
  }
}

function wordsIn(written: Uint8Array | null | undefined): number {
  return written instanceof Uint8Array ? 1 : 0;
}

function encodeWordOrNull(word: Uint8Array | null): Uint8Array | null {
  return word === null ? null : encodeWord(word);
}
