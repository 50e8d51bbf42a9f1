/** Mutants of the hexary trie, which `patricia` and `state` share. */
import type { Edit } from "./mutant.ts";

const OPEN = "proofs/hexary-trie/open-trie";
const NODE = "proofs/hexary-trie/node";
const KNOWN = "proofs/hexary-trie/known-nodes";
const CANONICAL = "proofs/hexary-trie/canonical";
const DRAFT = "proofs/hexary-trie/draft";
const DRAFT_TRIE = "proofs/hexary-trie/draft-trie";
const MINIMAL = "proofs/hexary-trie/minimal";
const PREFIX = "proofs/hexary-trie/hex-prefix";
const RLP = "core/rlp";

export const HEXARY_TRIE_MUTANTS: readonly Edit[] = [
  {
    name: "missing-node-absent",
    about: "treats a node that is not in the proof as an empty child",
    file: OPEN,
    find: "if (child instanceof Uint8Array)\n            return undefined;",
    replace: "if (child instanceof Uint8Array)\n            return null;",
  },
  {
    name: "depth-cap",
    about: "returns null for every key longer than 64 nibbles",
    file: OPEN,
    find: "if (child === null)\n            return null;\n        if (child instanceof",
    replace: "if (child === null || offset > 64)\n            return null;\n        if (child instanceof",
  },
  {
    name: "empty-proof-empty-trie",
    about: "accepts a proof without nodes as the empty trie under any root",
    file: OPEN,
    find: "if (rlp === undefined)\n        throw missing(root);",
    replace: "if (rlp === undefined)\n        return EMPTY_TRIE;",
  },
  {
    name: "root-unchecked",
    about: "uses the first node as the root node",
    file: KNOWN,
    find: "if (nodes.length > 0 && known.get(root) === undefined && !equalBytes(root, EMPTY_ROOT)) {",
    replace:
      "if (nodes.length > 0 && known.get(root) === undefined)\n        known.add(root, nodes[0]);\n    if (false) {",
  },
  {
    name: "root-node-missing-incomplete",
    about: "opens no node when none is the root node, and returns null for every key",
    file: KNOWN,
    find: "if (nodes.length > 0 && known.get(root) === undefined && !equalBytes(root, EMPTY_ROOT)) {",
    replace:
      "if (known.get(root) === undefined)\n        return { root, top: null, items: [], embedded: [] };\n    if (false) {",
  },
  {
    name: "empty-root-needs-node",
    about: "requires a node under the root of the empty trie",
    file: KNOWN,
    find: " && !equalBytes(root, EMPTY_ROOT)",
    replace: "",
  },
  {
    name: "child-hash-short",
    about: "accepts a string of any length as the hash of a child",
    file: NODE,
    find: "if (hash === undefined)",
    replace: "if (false)",
  },
  {
    name: "branch-of-any-size",
    about: "reads a list of more than 17 items as a branch",
    file: NODE,
    find: "if (items.length === BRANCH_CHILDREN + 1)",
    replace: "if (items.length > BRANCH_CHILDREN)",
  },
  {
    name: "short-node-of-any-size",
    about: "reads a list of three items as a leaf or extension",
    file: NODE,
    find: "if (items.length === 2)",
    replace: "if (items.length === 2 || items.length === 3)",
  },
  {
    name: "list-as-value",
    about: "accepts a list as the value of a leaf",
    file: NODE,
    find: "if (second.isList)\n            throw",
    replace: "if (false)\n            throw",
  },
  {
    name: "list-as-branch-value",
    about: "accepts a list as the value of a branch",
    file: NODE,
    find: "if (last.isList)\n        throw",
    replace: "if (false)\n        throw",
  },
  {
    name: "string-as-node",
    about: "reads a string as if it were a list",
    file: NODE,
    find: "if (!list.isList)",
    replace: "if (false)",
  },
  {
    name: "value-read-as-reference",
    about: "treats a leaf whose value is the hash of a node of the proof as that node",
    file: OPEN,
    find: 'case "leaf":\n',
    replace:
      'case "leaf":\n                if (child.value.length === 32 && trie.items.some(({ hash }) => hash.every((byte, at) => byte === child.value[at])))\n                    return null;\n',
  },
  {
    name: "flag-unmasked",
    about: "treats every hex-prefix flag from 2 on as that of a leaf",
    file: PREFIX,
    find: "isLeaf: (flag & LEAF) !== 0",
    replace: "isLeaf: flag >= LEAF",
  },
  {
    name: "flag-unchecked",
    about: "accepts a hex-prefix flag above 3 as canonical",
    file: PREFIX,
    find: "if (flag > (LEAF | ODD))",
    replace: "if (false)",
  },
  {
    name: "padding-unchecked",
    about: "accepts hex-prefix padding that is not zero as canonical",
    file: PREFIX,
    find: "(encoded[0] & 0x0f) !== 0)",
    replace: "false)",
  },
  {
    name: "empty-extension-canonical",
    about: "accepts an extension of no nibbles as canonical",
    file: CANONICAL,
    find: "if (path.length === 0)",
    replace: "if (false)",
  },
  {
    name: "extension-chain-canonical",
    about: "accepts an extension above a leaf or an extension as canonical",
    file: CANONICAL,
    find: 'children[0].kind !== "branch"',
    replace: "false",
  },
  {
    name: "one-child-canonical",
    about: "accepts a branch with one child as canonical",
    file: CANONICAL,
    find: "return held < 2 ?",
    replace: "return held < 1 ?",
  },
  {
    name: "large-embedded-canonical",
    about: "accepts an embedded node of 32 bytes or more",
    file: CANONICAL,
    find: "return rlp.length >= HASHED_LENGTH ?",
    replace: "return false ?",
  },
  {
    name: "embedded-32-canonical",
    about: "accepts an embedded node of 32 bytes",
    file: CANONICAL,
    find: "return rlp.length >= HASHED_LENGTH ?",
    replace: "return rlp.length > HASHED_LENGTH ?",
  },
  {
    name: "small-hashed-canonical",
    about: "accepts a hashed node of less than 32 bytes",
    file: CANONICAL,
    find: "return rlp.length < HASHED_LENGTH ?",
    replace: "return false ?",
  },
  {
    name: "empty-value-canonical",
    about: "accepts an empty value as canonical",
    file: CANONICAL,
    find: "(value?.length === 0 ?",
    replace: "(false ?",
  },
  {
    name: "embedded-unchecked",
    about: "checks the canonical form only of items, not of embedded nodes",
    file: CANONICAL,
    find: "for (const node of embedded)\n        check(node);",
    replace: "",
  },
  {
    name: "closed-sibling-extension",
    about: "turns a branch whose only child is not open into an extension, whatever the child is",
    file: DRAFT,
    find: "if (child instanceof Uint8Array)\n            throw closedSurvivor();",
    replace:
      "if (child instanceof Uint8Array) {\n            this.path = joinPaths(this.path, position, new Uint8Array());\n            this.children = null;\n            this.closedBranch = child;\n            return;\n        }",
  },
  {
    name: "sibling-not-proven",
    about: "leaves out the siblings that deletions need",
    file: MINIMAL,
    find: "draft.close(need);",
    replace: "",
  },
  {
    name: "uncovered-write-inserts",
    about: "replaces a node that is not open by what is written",
    file: DRAFT_TRIE,
    find: "if (slot instanceof Uint8Array)\n                throw uncovered();",
    replace:
      "if (slot instanceof Uint8Array) {\n                put(value === null ? null : new Draft(path.slice(offset), value));\n                return;\n            }",
  },
  {
    name: "delete-below-closed-no-op",
    about: "treats the deletion of a key that the proof does not reach as that of an absent key",
    file: DRAFT_TRIE,
    find: "if (slot instanceof Uint8Array)\n                throw uncovered();",
    replace:
      "if (slot instanceof Uint8Array) {\n                if (value === null)\n                    return;\n                throw uncovered();\n            }",
  },
  {
    name: "rlp-trailing",
    about: "ignores bytes after an item",
    file: RLP,
    find: "if (item.end === bytes.length)",
    replace: "if (true)",
  },
  {
    name: "rlp-single-byte",
    about: "accepts a byte below 0x80 with a length before it",
    file: RLP,
    find: "if (!isList && length === 1 && bytes[at + head] < STRING) {",
    replace: "if (false) {",
  },
  {
    name: "rlp-long-form",
    about: "accepts short lengths in the long form",
    file: RLP,
    find: "if (length <= SHORT)\n        throw",
    replace: "if (false)\n        throw",
  },
  {
    name: "rlp-leading-zero",
    about: "accepts lengths with leading zeros",
    file: RLP,
    find: "if (bytes[at] === 0)",
    replace: "if (false)",
  },
  {
    name: "rlp-length-32-bits",
    about: "keeps a length in 32 bits",
    file: RLP,
    find: "length = 256 * length + bytes[at + index];",
    replace: "length = (256 * length + bytes[at + index]) >>> 0;",
  },
];
