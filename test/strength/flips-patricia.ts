/** Flips of `patricia`. */
import { type Flip, flipsOf } from "./flip.ts";

const KEYS: readonly Flip[] = flipsOf("proofs/patricia/keys", [
  ["secure ? hasher.keccak256(bytes) : bytes", "bytes"],
  ["if (value?.length !== 0)", "if (value.length !== 0)"],
  ["if (value?.length !== 0)", "if (true)"],
]);

const NODE_LIST: readonly Flip[] = flipsOf("proofs/patricia/node-list", [
  ["if (!list.isList)", "if (false)"],
  ["if (item.isList)", "if (false)"],
]);

const EIP1186: readonly Flip[] = flipsOf("proofs/patricia/eip1186", [
  ["if (proofs.length > 0)", "if (true)"],
  ["if (hash !== undefined)", "if (true)"],
  ["if (value === undefined)", "if (false)"],
]);

const ENCODINGS: readonly Flip[] = flipsOf("proofs/patricia/encodings", [
  ["if (encoding !== undefined)", "if (true)", "the wire has refused a name that there is not"],
  [
    "if (proof instanceof Uint8Array)\n        checkLimit",
    "if (false)\n        checkLimit",
    "the wire refuses so many bytes before they are converted",
  ],
  ["if (proof instanceof Uint8Array)\n        return proof.length;", "if (false)\n        return proof.length;"],
  [
    "key?.length ?? 0",
    "key.length ?? 0",
    "lists without a key are those of proofs that are bytes, and have their length",
  ],
  ["key?.length ?? 0", "0"],
  ["if (!encoding.namesRoot)", "if (false)"],
  ["if (top === nodes[0] || ", "if ("],
  ["(top !== undefined && nodes", "(nodes"],
  ["&& nodes.length > 0 && ", "&& "],
  ["&& equalBytes(top, nodes[0])))", "))"],
  ["if (right === undefined || ", "if ("],
  ["|| !isSame(key, right.key))", ")"],
  ["if (!isSame(node, right.nodes[place]))", "if (false)"],
  [
    "if (nodes.length < right.nodes.length)",
    "if (false)",
    "a list for a key that ends early is incomplete before it is compared, and one without a key holds all that is open",
  ],
  ["return a === b || ", "return "],
  [
    "(a !== undefined && b",
    "(b",
    "what is given is a node or a key of the proof, and there; what is expected may be missing",
  ],
  ["&& b !== undefined && ", "&& "],
]);

const UPDATE: readonly Flip[] = flipsOf("proofs/patricia/update", [
  ["return written === undefined ? lookUp(this.#trie, key) : written.value;", "return lookUp(this.#trie, key);"],
  [
    "const value = written === undefined ? walk(this.#trie, key.path) : written.value;",
    "const value = written?.value;",
  ],
  ["if (value !== undefined)\n                this", "if (true)\n                this"],
]);

const LOOK_UP: readonly Flip[] = flipsOf("proofs/patricia/look-up", [["if (value === undefined)", "if (false)"]]);

const PATRICIA: readonly Flip[] = flipsOf("proofs/patricia/patricia", [
  ["const root = top === undefined ? EMPTY_ROOT :", "const root = false ? EMPTY_ROOT :"],
  ["if (!context.isStrict)\n        return", "if (true)\n        return"],
  [
    "if (!context.isStrict)\n        checkCanonicalNodes",
    "if (false)\n        checkCanonicalNodes",
    "whether faulty nodes are refused where something is written is left open: PROOF-PATRICIA-012",
  ],
  [
    "return named ?? toKeys(context, lists);",
    "return toKeys(context, lists);",
    "keys that are hashed again are the same; the budget notices, the answer does not",
  ],
  ["(key === undefined ? [] : [toKey(key)])", "[]"],
  ["if (target.namesKeys ? named.length === 0 :", "if (target.namesKeys ? false :"],
  ["named.length === 0 : keys !== undefined) {", "named.length === 0 : false) {"],
  ["const named = keys ?? [];", "const named = keys;"],
  ['target.namesKeys ? "keys are needed" :', 'false ? "keys are needed" :', "a message, which no verdict looks at"],
  ["if (proofs.length === 0)", "if (false)"],
  [
    "deletes.length > 0 ? openToWrite(context, root, proof) :",
    "false ? openToWrite(context, root, proof) :",
    "whether faulty nodes are refused where something is deleted is left open: PROOF-PATRICIA-012",
  ],
  ["if (!encoding.namesKeys)", "if (false)"],
  ["if (keys.length === 0)", "if (false)"],
  ["if (deletes.length === 0)", "if (true)"],
]);

export const PATRICIA_FLIPS: readonly Flip[] = [
  ...KEYS,
  ...NODE_LIST,
  ...EIP1186,
  ...ENCODINGS,
  ...UPDATE,
  ...LOOK_UP,
  ...PATRICIA,
];
