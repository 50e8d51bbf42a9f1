/** Flips of how `state` reads proofs. */
import { type Flip, flipsOf } from "./flip.ts";

const MESSAGE = "a message, which no verdict looks at";

const KEYS: readonly Flip[] = flipsOf("proofs/world-state/keys", [
  ["if (known !== undefined)", "if (false)", "an address that is hashed again has the same path"],
  ["if (field === undefined)", "if (false)"],
  ['return key.kind === "account" ? key.address.name : key.name;', "return key.name;", MESSAGE],
  [
    'if (value === null)\n                return null;\n            throw badWrite(key, "an account is',
    'if (false)\n                return null;\n            throw badWrite(key, "an account is',
  ],
  [
    "if (value === null)\n                return null;\n            if (value.length",
    "if (false)\n                return null;\n            if (value.length",
  ],
  ["if (value.length !== WORD_BYTES)", "if (false)"],
  ["return withoutLeadingZeros(value).length === 0 ? null : value;", "return value;"],
  ["if (value === null)\n        throw badWrite", "if (false)\n        throw badWrite"],
  ["if (value.length > maxBytes)", "if (false)"],
  ["if (value[0] === 0)", "if (false)"],
]);

const CODE_KEY: readonly Flip[] = flipsOf("proofs/world-state/keys", [
  ['return key.kind === "field" && key.field', "return key.field", "no other key has a field"],
  ['&& key.field === "code"', ""],
]);

const ACCOUNT: readonly Flip[] = flipsOf("proofs/world-state/account", [
  ["if (!list.isList)", "if (false)"],
  ["if (items.length !== 4)", "if (false)"],
  ["if (items.length !== 4)", "if (items.length < 4)"],
  ["if (trimmed.length === 0)", "if (false)"],
  ["return first === -1 ? NOTHING :", "return false ? NOTHING :"],
  ["if (isList)\n", "if (false)\n"],
  ["if (payload.length > maxBytes)", "if (false)"],
  ["if (payload[0] === 0)", "if (false)"],
  ["const hash = isList ? undefined :", "const hash = false ? undefined :"],
  ["if (hash === undefined)", "if (false)"],
]);

const CLAIMS: readonly Flip[] = flipsOf("proofs/world-state/claims", [
  ['keys.filter((key) => key.kind === "slot")', "keys"],
  ["word: lookUpSlot(state, account, key) ?? ZERO_WORD,", "word: lookUpSlot(state, account, key),"],
  ["account: account ?? EMPTY_ACCOUNT, slots", "account, slots"],
  ["if (hash !== undefined)", "if (true)"],
  ["if (!equalBytes(encodeAccount(asProven(", "if (false && equalBytes(encodeAccount(asProven("],
  ["encodeAccount(account ?? EMPTY_ACCOUNT)", "encodeAccount(account)"],
  ["const word = lookUpSlot(state, account, key) ?? ZERO_WORD;", "const word = lookUpSlot(state, account, key);"],
  ["if (equalBytes(claim.slots[place].word, word))", "if (true)"],
  ["if (proven !== null)", "if (false)"],
  ["storageRoot: equalBytes(storageRoot, ZERO_WORD) ?", "storageRoot: false ?"],
  ["codeHash: equalBytes(codeHash, ZERO_WORD) ?", "codeHash: false ?"],
  ["if (right === undefined || ", "if ("],
  ["|| !equalBytes(address, right.address))", ")"],
  ["if (right.slots[at] === undefined || ", "if ("],
  ["|| !equalBytes(slot.slot, right.slots[at].slot))", ")"],
  ["right[index] === undefined || !equalBytes", "!equalBytes"],
  ["|| !equalBytes(node, right[index]))", ")"],
  ["if (other >= 0)", "if (false)"],
  ["if (given.length === right.length)", "if (true)"],
]);

const CLIENT_JSON: readonly Flip[] = flipsOf("proofs/world-state/client-json", [
  [
    'if (typeof value !== "object" || ',
    "if (",
    "a string or number has no member of these names: it is malformed either way",
  ],
  ["|| value === null || Array", "|| Array"],
  ["|| Array.isArray(value))", ")", "a list has no member of these names: it is malformed either way"],
  ["if (held === undefined)", "if (false)", "what is missing is then refused as of another type"],
  ["if (!Array.isArray(value))", "if (false)"],
  ["const bytes = isHex(value) ?", 'const bytes = typeof value === "string" ?'],
  ["if (bytes === undefined)", "if (false)"],
  ["if (length !== undefined && ", "if ("],
  ["&& bytes.length !== length)", "&& false)"],
  ["const digits = isHex(value) ?", 'const digits = typeof value === "string" ?'],
  ["if (digits === undefined || ", "if ("],
  ["|| digits.length > 2 * WORD_BYTES)", ")"],
  ["const even = digits.length % 2 === 0 ? digits :", "const even = false ? digits :"],
  ['return typeof value === "string" && ', "return "],
  ["&& HEX.test(value)", ""],
  ['const shown = typeof value === "string" ?', "const shown = false ?", MESSAGE],
  ['Array.isArray(value) ? "list" :', 'false ? "list" :', MESSAGE],
]);

const EIP1186: readonly Flip[] = flipsOf("proofs/world-state/eip1186", [
  ["if (accounts.length === 0)", "if (false)"],
  ["nodes.length === 1 && nodes[0].length", "nodes.length > 0 && nodes[0].length"],
  ["&& nodes[0].length === 1 &&", "&&"],
  ["&& nodes[0][0] === EMPTY_STRING_RLP", ""],
  ["return isEmptyTrie ? [] : nodes;", "return nodes;"],
  ['digits === "" ? "0" : digits', "digits"],
  ["top === undefined || first === undefined ?", "first === undefined ?"],
  ["|| first === undefined ?", "?"],
  ["tops.findIndex((top) => ", "[].findIndex((top) => "],
  ["if (other === -1)", "if (true)"],
]);

const HEADERS: readonly Flip[] = flipsOf("proofs/world-state/headers", [
  ["if (before !== undefined && !equalBytes", "if (!equalBytes"],
  ["&& !equalBytes(parentHash, before.hash))", "&& false)"],
  ["if (before !== undefined && number", "if (number"],
  ["&& number !== before.number + 1n)", "&& false)"],
  ["if (last !== undefined && ", "if ("],
  ["&& !equalBytes(last.stateRoot, root))", "&& false)"],
  ["list.isList ? decodeItems(list.payload, what) : []", "decodeItems(list.payload, what)"],
  ["if (items.length < MIN_HEADER_ITEMS || ", "if ("],
  ["|| items.some(({ isList }) => isList))", ")"],
  ["items.some(({ isList }) => isList)", "items.every(({ isList }) => isList)"],
  ["number.length === 0 ? 0n :", "false ? 0n :"],
  ["if (place === undefined)", "if (false)"],
  ["if (number > ownNumber)", "if (false)"],
  ["if (above >= 0n)", "if (above > 0n)"],
  ["if (above >= 0n)", "if (true)"],
  ["if (above === -1n)", "if (false)"],
  ["if (above === -1n)", "if (true)"],
]);

const LOOK_UP: readonly Flip[] = flipsOf("proofs/world-state/look-up", [
  ["if (account === null)\n                return null;", "if (false)\n                return null;"],
  ['return key.field === "code" ?', "return false ?"],
  [
    "if (value === undefined)\n        throw uncovered();\n    return value;",
    "if (false)\n        throw uncovered();\n    return value;",
  ],
  ["return value === null ? null : decodeAccount(value);", "return decodeAccount(value);"],
  ["if (account === null || ", "if ("],
  ["|| isEmptyRoot(account.storageRoot))", ")"],
  ["storages.tops.get(account.storageRoot) ?? account.storageRoot", "storages.tops.get(account.storageRoot) ?? null"],
  [
    "if (value === undefined)\n        throw uncovered();\n    return value === null ? null : decodeWord(value);",
    "if (false)\n        throw uncovered();\n    return value === null ? null : decodeWord(value);",
  ],
  ["return value === null ? null : decodeWord(value);", "return decodeWord(value);"],
  ["if (isEmptyCodeHash(codeHash))", "if (false)"],
  ["if (code !== undefined)", "if (true)"],
]);

const OPEN_STATE: readonly Flip[] = flipsOf("proofs/world-state/open-state", [
  [".filter((storageRoot) => !isEmptyRoot(storageRoot))", ""],
  ["return all.filter((value) => value !== null);", "return all;"],
]);

const WITNESS: readonly Flip[] = flipsOf("proofs/world-state/witness", [
  ["held.filter(({ codeHash }) => !isEmptyCodeHash(codeHash))", "held"],
  ["named.filter((code) => code !== undefined)", "named"],
  ["canonical[index] === undefined || ", ""],
  ["|| !equalBytes(item, canonical[index]))", ")"],
  ["if (place === -1)", "if (true)"],
]);

export const STATE_READING_FLIPS: readonly Flip[] = [
  ...KEYS,
  ...CODE_KEY,
  ...ACCOUNT,
  ...CLAIMS,
  ...CLIENT_JSON,
  ...EIP1186,
  ...HEADERS,
  ...LOOK_UP,
  ...OPEN_STATE,
  ...WITNESS,
];
