/** Mutants of the patricia backend. Each passes every honest case and fails some vector. */
import { HEXARY_TRIE_MUTANTS } from "./hexary-trie.ts";
import type { Edit } from "./mutant.ts";

const PATRICIA = "proofs/patricia/patricia";
const ENCODINGS = "proofs/patricia/encodings";
const CLAIMS = "proofs/patricia/eip1186";
const KEYS = "proofs/patricia/keys";
const UPDATE = "proofs/patricia/update";

export const PATRICIA_MUTANTS: readonly Edit[] = [
  ...HEXARY_TRIE_MUTANTS,
  {
    name: "canonical-lists-unchecked",
    about: "checks only nodes in the strict profile, not their lists",
    file: PATRICIA,
    find: "checkCanonicalLists(lists, encoding.list(opened.trie, named));",
    replace: "",
  },
  {
    name: "canonical-nodes-unchecked",
    about: "checks only the lists of nodes in the strict profile, not the nodes",
    file: PATRICIA,
    find: "checkCanonicalNodes(opened.trie);\n    const named",
    replace: "const named",
  },
  {
    name: "lenient-is-strict",
    about: "requires canonical nodes in both profiles",
    file: PATRICIA,
    find: "if (!context.isStrict)\n        return",
    replace: "if (false)\n        return",
  },
  {
    name: "claim-order-unchecked",
    about: "does not compare the keys of claims in the strict profile",
    file: ENCODINGS,
    find: "if (expected === undefined || !isSame(key, expected.key))",
    replace: "if (expected === undefined)",
  },
  {
    name: "list-roots-unchecked",
    about: "uses the first node of the first list as the root node, whatever the other lists begin with",
    file: ENCODINGS,
    find: "if (top === nodes[0] || (top !== undefined && nodes.length > 0 && equalBytes(top, nodes[0])))",
    replace: "if (true)",
  },
  {
    name: "no-claims",
    about: "accepts an eip1186 proof without a key",
    file: CLAIMS,
    find: "if (proofs.length > 0)",
    replace: "if (true)",
  },
  {
    name: "nested-list-items",
    about: "accepts an item of the proof that is a list",
    file: ENCODINGS,
    find: "if (item.isList)",
    replace: "if (false)",
  },
  {
    name: "string-as-list",
    about: "accepts a proof that is a string",
    file: ENCODINGS,
    find: "if (!list.isList)",
    replace: "if (false)",
  },
  {
    name: "empty-value-written",
    about: "writes an empty value",
    file: KEYS,
    find: "if (value?.length !== 0)",
    replace: "if (true)",
  },
  {
    name: "empty-value-deletes",
    about: "treats a write of an empty value as a deletion",
    file: KEYS,
    find: "if (value?.length !== 0)\n        return value;",
    replace: "if (value?.length === 0)\n        return null;\n    if (value?.length !== 0)\n        return value;",
  },
  {
    name: "revert-keeps-writes",
    about: "keeps undone writes when a root was computed before they were undone",
    file: UPDATE,
    find: "const value = written === undefined ? walk(this.#trie, key.path) : written.value;",
    replace: "const value = written?.value;",
  },
  {
    name: "reverted-write-asks",
    about: "requires the nodes of a write that was undone",
    file: UPDATE,
    find: "if (value !== undefined)\n                this.#rooted",
    replace: "if (true)\n                this.#rooted",
  },
  {
    name: "convert-unverified",
    about: "converts a proof under another root",
    file: PATRICIA,
    find: "return encodeProof(target, open(context, encodingOf(from), root, proof).trie, asked);",
    replace:
      "const { nodes } = decodeProof(encodingOf(from), proof)[0];\n    const implied = nodes.length > 0 && !nodes.some((node) => String(context.hasher.keccak256(node)) === String(root)) ? context.hasher.keccak256(nodes[0]) : root;\n    return encodeProof(target, open(context, encodingOf(from), implied, proof).trie, asked);",
  },
  {
    name: "convert-ignores-keys",
    about: "accepts keys where they are not used",
    file: PATRICIA,
    find: "named.length === 0 : keys !== undefined",
    replace: "named.length === 0 : false",
  },
  {
    name: "merge-nothing",
    about: "accepts an empty list of proofs to merge",
    file: PATRICIA,
    find: "if (proofs.length === 0)\n            throw",
    replace:
      "if (proofs.length === 0)\n            return encodeProof(encodingOf(context.encoding), EMPTY_TRIE, []);\n        if (false)\n            throw",
  },
  {
    name: "extract-claimed-only",
    about: "extracts only keys that the proof claims, not others that it decides",
    file: PATRICIA,
    find: "return encodeProof(encoding, pruneToPaths(trie, asked, deleted), asked);\n    }",
    replace:
      "const named = toKeys(context, decodeProof(encoding, proof));\n        for (const one of asked)\n            if (encoding.namesKeys && !named.some(({ bytes }) => String(bytes) === String(one.bytes)))\n                throw one.uncovered();\n        return encodeProof(encoding, pruneToPaths(trie, asked, deleted), asked);\n    }",
  },
  {
    name: "deletes-in-eip1186",
    about: "accepts deletes in eip1186, which cannot hold their siblings",
    file: PATRICIA,
    find: "if (deletes.length === 0)\n        return;",
    replace: "if (true)\n        return;",
  },
];
