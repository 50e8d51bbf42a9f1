/** Mutants of the state backend that change how it reads. Each passes every honest case and fails a vector. */
import type { Edit } from "./mutant.ts";

const ACCOUNT = "proofs/world-state/account";
const CLAIMS = "proofs/world-state/claims";
const CLIENT_JSON = "proofs/world-state/client-json";
const EIP1186 = "proofs/world-state/eip1186";
const ENCODINGS = "proofs/world-state/encodings";
const HEADERS = "proofs/world-state/headers";
const KEYS = "proofs/world-state/keys";
const LOOK_UP = "proofs/world-state/look-up";
const OPEN = "proofs/world-state/open-state";
const STATE = "proofs/world-state/world-state";
const WITNESS = "proofs/world-state/witness";

export const STATE_READING_MUTANTS: readonly Edit[] = [
  {
    name: "missing-storage-empty",
    about: "treats a storage trie whose root node is not in the proof as empty",
    file: LOOK_UP,
    find: "const value = walk(storageOf(state, account), path);",
    replace:
      "const { top } = storageOf(state, account);\n    const value = top instanceof Uint8Array ? null : walk({ top }, path);",
  },
  {
    name: "missing-code-empty",
    about: "treats a code that is not in the proof as empty",
    file: LOOK_UP,
    find: "if (code !== undefined)\n        return code;",
    replace: "return code ?? new Uint8Array();",
  },
  {
    name: "zero-storage-root-empty",
    about: "treats a storage root of zeros as the root of the empty trie",
    file: ACCOUNT,
    find: "return equalBytes(storageRoot, EMPTY_ROOT);",
    replace: "return equalBytes(storageRoot, EMPTY_ROOT) || equalBytes(storageRoot, ZERO_WORD);",
  },
  {
    name: "zero-code-hash-empty",
    about: "treats a code hash of zeros as the hash of the empty code",
    file: ACCOUNT,
    find: "return equalBytes(codeHash, EMPTY_CODE_HASH);",
    replace: "return equalBytes(codeHash, EMPTY_CODE_HASH) || equalBytes(codeHash, ZERO_WORD);",
  },
  {
    name: "account-of-five-items",
    about: "accepts an account of more than four items",
    file: ACCOUNT,
    find: "if (items.length !== 4)",
    replace: "if (items.length < 4)",
  },
  {
    name: "numbers-padded",
    about: "accepts numbers of accounts, words and headers with leading zeros",
    file: ACCOUNT,
    find: "if (payload[0] === 0)",
    replace: "if (false)",
  },
  {
    name: "numbers-of-any-length",
    about: "accepts numbers of accounts and headers of any length",
    file: ACCOUNT,
    find: "if (payload.length > maxBytes)",
    replace: "if (payload.length > 32)",
  },
  {
    name: "zero-word-in-trie",
    about: "accepts a word of zero in a storage trie",
    file: ACCOUNT,
    find: "if (trimmed.length === 0)",
    replace: "if (false)",
  },
  {
    name: "words-on-the-path-alone",
    about: "checks only the words that the request reads, also in the strict profile",
    file: OPEN,
    find: "for (const value of valuesOf(storages))\n        decodeWord(value);",
    replace: "",
  },
  {
    name: "accounts-of-leaves-alone",
    about: "reads accounts only in leaves, not in branches",
    file: OPEN,
    find: "const held = valuesOf(accounts).map(decodeAccount);",
    replace:
      'const held = valuesOf({ items: accounts.items.filter(({ kind }) => kind === "leaf"), embedded: [] }).map(decodeAccount);',
  },
  {
    name: "header-parents-unchecked",
    about: "does not compare the parent hash of a header with the header before",
    file: HEADERS,
    find: "!equalBytes(parentHash, before.hash)",
    replace: "false",
  },
  {
    name: "header-numbers-unchecked",
    about: "does not compare the number of a header with that of the header before",
    file: HEADERS,
    find: "number !== before.number + 1n",
    replace: "false",
  },
  {
    name: "header-root-unchecked",
    about: "accepts headers that end with another state root",
    file: HEADERS,
    find: "!equalBytes(last.stateRoot, root)",
    replace: "false",
  },
  {
    name: "header-root-anywhere",
    about: "accepts headers when any of them has the state root",
    file: HEADERS,
    find: "!equalBytes(last.stateRoot, root)",
    replace: "!headers.some(({ stateRoot }) => equalBytes(stateRoot, root))",
  },
  {
    name: "header-of-14-items",
    about: "accepts a header that is too short",
    file: HEADERS,
    find: "items.length < MIN_HEADER_ITEMS",
    replace: "items.length <= NUMBER",
  },
  {
    name: "ancestor-of-any-block",
    about: "returns the ancestors of the last header, whatever block the key names",
    file: HEADERS,
    find: "const position = indexByHash.get(block);",
    replace: "const position = indexByHash.get(block) ?? (headers.length > 0 ? headers.length - 1 : undefined);",
  },
  {
    name: "missing-header-absent",
    about: "returns null for a block that the headers do not reach",
    file: HEADERS,
    find: "if (above === -1n)\n        return headers[0].parentHash;",
    replace: "if (above === -1n)\n        return headers[0].parentHash;\n    if (above < 0n)\n        return null;",
  },
  {
    name: "stated-account-unchecked",
    about: "does not compare the claimed account with the proven one",
    file: CLAIMS,
    find: "if (!equalBytes(encodeAccount(asProven(",
    replace: "if (false && equalBytes(encodeAccount(asProven(",
  },
  {
    name: "stated-word-unchecked",
    about: "does not compare a claimed word with the proven one",
    file: CLAIMS,
    find: "if (equalBytes(claim.slots[slotIndex].word, word))",
    replace: "if (true)",
  },
  {
    name: "stated-hashes-unchecked",
    about: "compares the claimed nonce and balance, but not the claimed hashes",
    file: CLAIMS,
    find: "encodeAccount(asProven(claim.account, account))",
    replace:
      "encodeAccount({ ...(account ?? EMPTY_ACCOUNT), nonce: claim.account.nonce, balance: claim.account.balance })",
  },
  {
    name: "zero-hashes-of-any-account",
    about: "accepts zeros as the empty hashes of an account that is present",
    file: CLAIMS,
    find: "if (proven !== null)",
    replace: "if (false)",
  },
  {
    name: "account-order-unchecked",
    about: "does not compare the addresses of objects in the strict profile",
    file: CLAIMS,
    find: "if (right === undefined || !equalBytes(address, right.address)) {",
    replace: "if (right === undefined) {",
  },
  {
    name: "slot-order-unchecked",
    about: "does not compare the slots of an object in the strict profile",
    file: CLAIMS,
    find: "if (right.slots[slotIndex] === undefined || !equalBytes(slot.slot, right.slots[slotIndex].slot)) {",
    replace: "if (right.slots[slotIndex] === undefined) {",
  },
  {
    name: "longer-lists",
    about: "accepts a list that continues after its path in the strict profile",
    file: CLAIMS,
    find: "right[index] === undefined || !equalBytes(node, right[index])",
    replace: "right[index] !== undefined && !equalBytes(node, right[index])",
  },
  {
    name: "shorter-lists",
    about: "accepts a list that ends before its path in the strict profile when another list has the rest",
    file: CLAIMS,
    find: "if (given.length === right.length)",
    replace: "if (given.length <= right.length)",
  },
  {
    name: "claimed-keys-only",
    about: "answers only keys that an object claims, not others that the nodes decide",
    file: STATE,
    find: "const { opened } = open(context, root, proof, toKey);",
    replace:
      'const { opened, decoded } = open(context, root, proof, toKey);\n    const claimed = decoded.claimed(toKey);\n    for (const key of asked)\n        if (claimed.length > 0 && key.kind === "slot" && !claimed.some(({ name }) => name === key.name))\n            throw key.uncovered();',
  },
  {
    name: "numbers-in-full",
    about: "rejects numbers with more digits than a word has",
    file: CLIENT_JSON,
    find: 'value.slice(2).replace(/^0+/, "")',
    replace: "value.slice(2)",
  },
  {
    name: "numbers-cut",
    about: "keeps the last 256 bits of a number that has more",
    file: CLIENT_JSON,
    find: 'value.slice(2).replace(/^0+/, "")',
    replace: 'value.slice(2).replace(/^0+/, "").slice(-64)',
  },
  {
    name: "lower-case-only",
    about: "rejects digits in upper case",
    file: CLIENT_JSON,
    find: "const HEX = /^0x[0-9a-fA-F]*$/;",
    replace: "const HEX = /^0x[0-9a-f]*$/;",
  },
  {
    name: "missing-number-zero",
    about: "reads a missing number of an object as zero",
    file: CLIENT_JSON,
    find: "if (held === undefined)\n        throw",
    replace:
      'if (held === undefined && (name === "balance" || name === "nonce"))\n        return { value: "0x0", pointer };\n    if (held === undefined)\n        throw',
  },
  {
    name: "empty-trie-node-refused",
    about: "reads the node of the empty trie as an item of the list",
    file: EIP1186,
    find: "return isEmptyTrie ? [] : nodes;",
    replace: "return nodes;",
  },
  {
    name: "account-roots-unchecked",
    about: "uses the first node of the first object as the root node and ignores the other objects",
    file: EIP1186,
    find: "if (other === -1)",
    replace: "if (true)",
  },
  {
    name: "no-accounts",
    about: "accepts an eip1186 proof without an account",
    file: EIP1186,
    find: "if (accounts.length === 0)",
    replace: "if (false)",
  },
  {
    name: "lenient-is-strict",
    about: "requires the canonical form in both profiles",
    file: STATE,
    find: "if (context.isStrict) {",
    replace: "if (true) {",
  },
  {
    name: "canonical-lists-unchecked",
    about: "checks only nodes in the strict profile, not the lists",
    file: STATE,
    find: "decoded.checkCanonical(opened, toKey);",
    replace: "",
  },
  {
    name: "canonical-accounts-unchecked",
    about: "checks only the nodes of storage tries in the strict profile, not those of the account trie",
    file: OPEN,
    find: "checkCanonicalNodes(accounts);",
    replace: "",
  },
  {
    name: "canonical-storage-unchecked",
    about: "checks only the nodes of the account trie in the strict profile, not those of storage tries",
    file: OPEN,
    find: "checkCanonicalNodes(storages);",
    replace: "",
  },
  {
    name: "unused-nodes-canonical",
    about: "accepts any nodes in a witness in the strict profile",
    file: WITNESS,
    find: 'checkSame("state", given.state, canonical.state);',
    replace: "",
  },
  {
    name: "unused-codes-canonical",
    about: "accepts any codes in a witness in the strict profile",
    file: WITNESS,
    find: 'checkSame("codes", given.codes, canonical.codes);',
    replace: "",
  },
  {
    name: "witness-order-unchecked",
    about: "compares the lists of a witness as sets in the strict profile",
    file: WITNESS,
    find: "canonical[index] === undefined || !equalBytes(item, canonical[index])",
    replace: "!canonical.some((one) => equalBytes(item, one)) || index >= canonical.length",
  },
  {
    name: "empty-code-canonical",
    about: "accepts the empty code in a witness in the strict profile",
    file: WITNESS,
    find: 'checkSame("codes", given.codes, canonical.codes);',
    replace: 'checkSame("codes", given.codes.filter(({ length }) => length > 0), canonical.codes);',
  },
  {
    name: "fields-beyond-code",
    about: "reads a field number above 4 as that of the code",
    file: KEYS,
    find: "if (field === undefined)",
    replace: "if (field === undefined && key[ADDRESS_BYTES] < 128)",
  },
  {
    name: "code-asked-in-eip1186",
    about: "proves the account when the key is its code, in an encoding that cannot hold a code",
    file: ENCODINGS,
    find: "if (code === undefined)",
    replace: "if (true)",
  },
  {
    name: "deletes-in-eip1186",
    about: "accepts deletes in an encoding that cannot hold their siblings",
    file: ENCODINGS,
    find: "if (deletes.length > 0) {",
    replace: "if (false) {",
  },
];
