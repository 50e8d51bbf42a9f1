/** An account that is written to: fields and slots over what the proof says of it. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { HashNode } from "../hexary-trie/draft.ts";
import { DraftTrie } from "../hexary-trie/draft-trie.ts";
import { walk } from "../hexary-trie/open-trie.ts";
import { type Account, EMPTY_ACCOUNT, encodeAccount, encodeWord } from "./account.ts";
import type { Address, FieldKey, SlotKey } from "./keys.ts";
import { lookUpAccount, lookUpCode, lookUpSlot, storageOf } from "./look-up.ts";
import type { OpenState } from "./open-state.ts";

/** What hashes nodes, and what hashes codes. */
export interface Hashing {
  readonly node: HashNode;
  readonly code: HashNode;
}

interface WrittenSlot {
  readonly key: SlotKey;
  readonly word: Uint8Array | null;
}

export class AccountDraft {
  readonly address: Address;
  readonly #state: OpenState;
  /** Whether the account of the proof has been deleted, so that nothing of it counts. */
  readonly #isFresh: boolean;
  readonly #hashing: Hashing;
  readonly #fields = new Map<string, Uint8Array>();
  readonly #slots = new Map<string, WrittenSlot>();
  /** How many of the written words are not zero. */
  #words = 0;
  /** Slots whose words may differ from the storage trie as of its last root. */
  readonly #touched = new Map<string, SlotKey>();
  #storage: DraftTrie | undefined;
  #lastHashed: { readonly code: Uint8Array; readonly hash: Bytes32 } | undefined;

  constructor(address: Address, state: OpenState, isFresh: boolean, hashing: Hashing) {
    this.address = address;
    this.#state = state;
    this.#isFresh = isFresh;
    this.#hashing = hashing;
  }

  /** Whether the account is as the proof says. */
  get isUntouched(): boolean {
    return !this.#isFresh && this.#fields.size === 0 && this.#slots.size === 0;
  }

  setField({ field }: FieldKey, value: Uint8Array): () => void {
    const before = this.#fields.get(field);
    this.#fields.set(field, value);
    return () => {
      if (before === undefined) this.#fields.delete(field);
      else this.#fields.set(field, before);
    };
  }

  setSlot(key: SlotKey, word: Uint8Array | null): () => void {
    const before = this.#slots.get(key.name);
    this.#putSlot(key, { key, word });
    return () => this.#putSlot(key, before);
  }

  #putSlot(key: SlotKey, written: WrittenSlot | undefined): void {
    const before = this.#slots.get(key.name);
    this.#words += wordsIn(written) - wordsIn(before);
    if (written === undefined) this.#slots.delete(key.name);
    else this.#slots.set(key.name, written);
    this.#touched.set(key.name, key);
  }

  /**
   * The account as it is now, `null` where there is none.
   *
   * Req:    PROOF-STATE-041.
   * Errors: incomplete.
   * Cost:   that of `#storageRoot`, and a hash for a code that was written.
   */
  account(): Account | null {
    const account = this.#withoutStorage();
    return account && { ...account, storageRoot: this.#storageRoot() };
  }

  /** Its RLP. Errors and cost: of `account`. */
  rlp(): Uint8Array | null {
    const account = this.account();
    return account && encodeAccount(account);
  }

  /** Errors: incomplete. */
  slot(key: SlotKey): Uint8Array | null {
    const written = this.#slots.get(key.name);
    if (written !== undefined) return written.word;
    return lookUpSlot(this.#state, this.#base(), key);
  }

  /** Errors: incomplete. */
  field({ field, name }: FieldKey): Uint8Array | null {
    const written = this.#fields.get(field);
    if (written !== undefined) return written;
    if (field === "storageRoot") return this.account()?.storageRoot ?? null;
    const account = this.#withoutStorage();
    if (account === null) return null;
    return field === "code" ? lookUpCode(this.#state, account.codeHash, name) : account[field];
  }

  /** The account of the proof. Errors: incomplete. */
  #base(): Account | null {
    return this.#isFresh ? null : lookUpAccount(this.#state, this.address);
  }

  /** The account with its storage root as in the proof. Errors: incomplete. */
  #withoutStorage(): Account | null {
    const isMade = this.#fields.size > 0 || this.#words > 0;
    const base = this.#base() ?? (isMade ? EMPTY_ACCOUNT : null);
    if (base === null) return null;
    const { nonce = base.nonce, balance = base.balance, code } = Object.fromEntries(this.#fields);
    return { ...base, nonce, balance, codeHash: code === undefined ? base.codeHash : this.#hashOf(code) };
  }

  /** A code may be long, and asked about as often as an attacker likes: it is hashed once. */
  #hashOf(code: Uint8Array): Bytes32 {
    if (this.#lastHashed?.code !== code) this.#lastHashed = { code, hash: this.#hashing.code(code) };
    return this.#lastHashed.hash;
  }

  /**
   * Errors: incomplete, where the written slots need nodes that are not open.
   * Cost:   at most a hash for each node on the paths of what was written, or taken back, since it was asked for before.
   */
  #storageRoot(): Bytes32 {
    const base = storageOf(this.#state, this.#base());
    this.#storage ??= new DraftTrie(base);
    for (const [name, { path, uncovered }] of this.#touched) {
      const written = this.#slots.get(name);
      const value = written === undefined ? walk(base, path) : encodeWordOrNull(written.word);
      // A write that was taken back asks nothing of the proof.
      if (value !== undefined) this.#storage.write(path, value, uncovered);
    }
    this.#touched.clear();
    this.#storage.close();
    return this.#storage.root(this.#hashing.node);
  }
}

function wordsIn(written: WrittenSlot | undefined): number {
  return written === undefined || written.word === null ? 0 : 1;
}

function encodeWordOrNull(word: Uint8Array | null): Uint8Array | null {
  return word === null ? null : encodeWord(word);
}
