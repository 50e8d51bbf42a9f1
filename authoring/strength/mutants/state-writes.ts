/** Mutants of the state backend that change how it proves and writes. Each passes every honest case and fails a vector. */
import type { Edit } from "./mutant.ts";

const ACCOUNT = "proofs/world-state/account-draft";
const DRAFT = "proofs/world-state/draft-state";
const KEYS = "proofs/world-state/keys";
const MINIMAL = "proofs/world-state/minimal";
const STATE = "proofs/world-state/world-state";

export const STATE_WRITING_MUTANTS: readonly Edit[] = [
  {
    name: "deleted-storage-comes-back",
    about: "restores the storage of an account that was deleted and made again",
    file: ACCOUNT,
    find: "const base = storageOf(this.#state, this.#base());",
    replace: "const base = storageOf(this.#state, lookUpAccount(this.#state, this.#address));",
  },
  {
    name: "deleted-fields-come-back",
    about: "restores the fields of a deleted account",
    file: ACCOUNT,
    find: "return this.#isFresh ? null :",
    replace: "return this.#isFresh && this.#fields.size === 0 ? null :",
  },
  {
    name: "deletions-first",
    about: "carries out deletions before writes, whatever the order of the batch",
    file: DRAFT,
    find: "for (const { key, value } of writes)",
    replace:
      'const isDeletion = ({ key }) => key.kind === "account";\n    for (const { key, value } of [...writes.filter(isDeletion), ...writes.filter((one) => !isDeletion(one))])',
  },
  {
    name: "zero-makes-account",
    about: "makes an account for a slot that is zero in the end",
    file: ACCOUNT,
    find: "return written instanceof Uint8Array ? 1 : 0;",
    replace: "return written === undefined ? 0 : 1;",
  },
  {
    name: "cleared-slot-makes-account",
    about: "makes an account for a slot that is written and cleared again",
    file: ACCOUNT,
    find: "const more = wordsIn(word) - wordsIn(this.#slots.get(key)?.value);",
    replace: "const more = wordsIn(word);",
  },
  {
    name: "storage-root-stale",
    about: "returns the storage root before the writes",
    file: ACCOUNT,
    find: 'const account = field === "storageRoot" ? this.#account() :',
    replace: "const account = false ? this.#account() :",
  },
  {
    name: "code-hash-needs-account",
    about: "needs the account to return the hash of a written code",
    file: ACCOUNT,
    find: 'if (field === "codeHash" && code !== undefined)',
    replace: "if (false)",
  },
  {
    name: "code-hash-of-the-first",
    about: "keeps the hash of the code that was written first",
    file: ACCOUNT,
    find: "if (this.#lastHashed?.code !== code)",
    replace: "if (this.#lastHashed === undefined)",
  },
  {
    name: "reverted-slot-asks",
    about: "needs the nodes of a slot whose write was reverted",
    file: ACCOUNT,
    find: "if (value !== undefined)\n                this.#storage.write",
    replace: "if (true)\n                this.#storage.write",
  },
  {
    name: "reverted-slot-stays",
    about: "keeps a slot in the storage root that was reverted after a root",
    file: ACCOUNT,
    find: "const value = written === undefined ? walk(base, key.path) : encodeWordOrNull(written.value);",
    replace: "const value = written === undefined ? undefined : encodeWordOrNull(written.value);",
  },
  {
    name: "field-undone-to-proof",
    about: "reverts a field to the value of the proof instead of the value written before",
    file: ACCOUNT,
    find: "if (before === undefined)",
    replace: "if (true)",
  },
  {
    name: "reverted-account-asks",
    about: "needs the nodes of an account whose writes were reverted",
    file: DRAFT,
    find: "if (value !== undefined)\n                this.#rooted",
    replace: "if (true)\n                this.#rooted",
  },
  {
    name: "reverted-account-stays",
    about: "keeps an account in the root that was reverted after a root",
    file: DRAFT,
    find: "const value = draft === undefined ? walk(this.#state.accounts, address.path) : draft.rlp();",
    replace: "const value = draft?.rlp();",
  },
  {
    name: "deletion-not-reverted",
    about: "keeps the deletion of an account that is reverted",
    file: DRAFT,
    find: "return this.#drafts.set(address, new AccountDraft(address, this.#state, true, this.#hashing));",
    replace:
      "this.#drafts.set(address, new AccountDraft(address, this.#state, true, this.#hashing));\n            return () => { };",
  },
  {
    name: "codes-forgotten",
    about: "leaves the codes of the witness out of the returned witness",
    file: DRAFT,
    find: "const codes = namedCodes(state);",
    replace: "const codes = new HashMap();",
  },
  {
    name: "siblings-of-accounts-not-proven",
    about: "leaves out the siblings that deleted accounts need",
    file: MINIMAL,
    find: "pruneToPaths(state.accounts, paths, deletedAccounts).items",
    replace: "pruneToPaths(state.accounts, [...paths, ...deletedAccounts], []).items",
  },
  {
    name: "siblings-of-slots-not-proven",
    about: "leaves out the siblings that deleted slots need",
    file: MINIMAL,
    find: "(gone.has(key.address.name) ? asked : deleted).push(key);",
    replace: "asked.push(key);",
  },
  {
    name: "siblings-in-deleted-storage",
    about: "proves the siblings of slots whose account is deleted too",
    file: MINIMAL,
    find: "(gone.has(key.address.name) ? asked : deleted).push(key);",
    replace: "deleted.push(key);",
  },
  {
    name: "deleted-slots-of-deleted-left-out",
    about: "leaves out slots to be deleted whose account is deleted too",
    file: MINIMAL,
    find: "(gone.has(key.address.name) ? asked : deleted).push(key);",
    replace: "if (!gone.has(key.address.name))\n            deleted.push(key);",
  },
  {
    name: "written-lists-strict",
    about: "requires canonical lists for writes, also in the lenient profile",
    file: STATE,
    find: "checkCanonicalState(opened.opened);",
    replace: "opened.decoded.checkCanonical(opened.opened, toKey);",
  },
  {
    name: "claims-of-writes-alone",
    about: "claims only the written keys, not the claims of the proof",
    file: STATE,
    find: "const claimed = [...decoded.claimed(toKey), ...batch.map(({ key }) => key)];",
    replace: "const claimed = batch.length > 0 ? batch.map(({ key }) => key) : decoded.claimed(toKey);",
  },
  {
    name: "deletes-of-fields",
    about: "treats the deletion of a field as that of its account",
    file: STATE,
    find: 'throw badWrite(key, "only accounts and slots can be deleted");',
    replace:
      'if (key.kind === "field")\n        return { kind: "account", address: key.address };\n    throw badWrite(key, "only accounts and slots can be deleted");',
  },
  {
    name: "leading-zeros-written",
    about: "accepts numbers with leading zeros in writes",
    file: KEYS,
    find: "if (value[0] === 0)",
    replace: "if (false)",
  },
  {
    name: "nonce-of-32-bytes",
    about: "accepts numbers of any length in writes",
    file: KEYS,
    find: "if (value.length > maxBytes)",
    replace: "if (false)",
  },
  {
    name: "short-words-written",
    about: "accepts words shorter than 32 bytes in writes",
    file: KEYS,
    find: "if (value.length !== WORD_BYTES)",
    replace: "if (value.length > WORD_BYTES)",
  },
  {
    name: "null-clears-field",
    about: "treats null as an empty field",
    file: KEYS,
    find: "if (value === null)\n        throw badWrite",
    replace: "if (value === null)\n        return new Uint8Array();\n    if (false)\n        throw badWrite",
  },
];
