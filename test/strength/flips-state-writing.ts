/** Flips of how `state` writes, proves, and of its methods. */
import { type Flip, flipsOf } from "./flip.ts";

const ACCOUNT_DRAFT: readonly Flip[] = flipsOf("proofs/world-state/account-draft", [
  ['return key.kind === "field" ? this.#setField', 'return key.kind !== "field" ? this.#setField'],
  ["if (before === undefined)", "if (true)"],
  ["if (before === undefined)", "if (false)"],
  ["wordsIn(this.#slots.get(key)?.value)", "0"],
  ["return written === undefined ? lookUpSlot(", "return true ? lookUpSlot("],
  ['if (field === "codeHash" && ', "if ("],
  ["&& code !== undefined)", ")"],
  ["if (written !== undefined)\n            return written;", "if (false)\n            return written;"],
  ['const account = field === "storageRoot" ? this.#account() :', "const account = false ? this.#account() :"],
  ["if (account === null)", "if (false)"],
  ['return field === "code" ?', "return false ?"],
  ["return account && { ...account", "return { ...account"],
  ["return account && encodeAccount", "return encodeAccount"],
  ["return this.#isFresh ? null :", "return false ? null :"],
  ["this.#fields.size > 0 || this.#words > 0", "this.#words > 0"],
  ["|| this.#words > 0", ""],
  ["this.#base() ?? (isMade", "(isMade"],
  ["(isMade ? EMPTY_ACCOUNT : null)", "EMPTY_ACCOUNT"],
  ["if (base === null)", "if (false)"],
  ["code === undefined ? base.codeHash : this.#hashOf(code)", "base.codeHash"],
  ["if (this.#lastHashed?.code !== code)", "if (this.#lastHashed.code !== code)"],
  ["if (this.#lastHashed?.code !== code)", "if (!this.#lastHashed)"],
  ["if (this.#lastHashed?.code !== code)", "if (true)", "a code that is hashed again has the same hash"],
  ["this.#storage ??= new DraftTrie(base);", "this.#storage = new DraftTrie(base);"],
  ["const value = written === undefined ? walk(base, key.path) :", "const value = written === undefined ? null :"],
  ["if (value !== undefined)", "if (true)"],
  ["return written instanceof Uint8Array ? 1 : 0;", "return 1;"],
  ["return word === null ? null :", "return false ? null :"],
]);

const DRAFT_STATE: readonly Flip[] = flipsOf("proofs/world-state/draft-state", [
  ['if (key.kind === "ancestor")', "if (false)"],
  ["const draft = this.#drafts.get(key.address)?.value;", "const draft = this.#drafts.get(key.address).value;"],
  ["return draft === undefined ? lookUp(this.#state, key) :", "return true ? lookUp(this.#state, key) :"],
  ['if (key.kind === "account") {', "if (false) {"],
  ["this.#drafts.get(address)?.value ?? new", "this.#drafts.get(address).value ?? new"],
  ["this.#drafts.get(address)?.value ?? new", "new"],
  ["const draft = this.#drafts.get(address)?.value;", "const draft = this.#drafts.get(address).value;"],
  ["draft === undefined ? walk(this.#state.accounts, address.path) :", "draft === undefined ? null :"],
  ["if (value !== undefined)", "if (true)"],
  ["if (code !== undefined)", "if (true)", "what is noted as missing is missing, until it is written"],
]);

const MINIMAL: readonly Flip[] = flipsOf("proofs/world-state/minimal", [
  ['deletes.filter((key) => key.kind === "account")', "deletes"],
  ['deletes.filter((key) => key.kind === "slot")', "deletes"],
  ["storages.get(address.name) ?? { address", "{ address"],
  ['if (key.kind === "slot")', "if (true)"],
  ["(gone.has(key.address.name) ? asked : deleted)", "(deleted)"],
  ["lookUpAccount(state, address)?.storageRoot", "lookUpAccount(state, address).storageRoot"],
  ["const top = root && state", "const top = state"],
  ["if (root === undefined || ", "if (", "without a root there is no root node either"],
  ["|| top === undefined)", ")"],
  [".filter(isCodeKey)", ""],
  ["return account === null || ", "return "],
  ["|| isEmptyCodeHash(account.codeHash) ?", "?"],
]);

const ENCODINGS: readonly Flip[] = flipsOf("proofs/world-state/encodings", [
  ["if (keys.length === 0)", "if (false)"],
  ["if (deletes.length > 0)", "if (false)"],
  ["keys.find(isCodeKey)", "keys[0]"],
  ["if (code === undefined)", "if (true)"],
  ["if (encoding !== undefined)", "if (true)", "the wire has refused a name that there is not"],
]);

const STATE: readonly Flip[] = flipsOf("proofs/world-state/world-state", [
  ["if (context.isStrict) {", "if (false) {"],
  ["if (context.isStrict) {", "if (true) {"],
  [
    "if (!context.isStrict)",
    "if (false)",
    "whether faulty nodes are refused where something is written is left open: PROOF-STATE-012",
  ],
  ["const root = top === undefined ? EMPTY_ROOT :", "const root = false ? EMPTY_ROOT :"],
  ['if (key.kind === "ancestor")', "if (false)"],
  ['if (key.kind === "account" || ', "if ("],
  ['|| key.kind === "slot")', ")"],
  ["return top instanceof Uint8Array ? depth :", "return"],
]);

export const STATE_WRITING_FLIPS: readonly Flip[] = [
  ...ACCOUNT_DRAFT,
  ...DRAFT_STATE,
  ...MINIMAL,
  ...ENCODINGS,
  ...STATE,
];
