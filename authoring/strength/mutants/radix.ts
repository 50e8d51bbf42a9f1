/** Mutants of the radix backend. Each passes every honest case and fails a vector. */
import type { Edit } from "./mutant.ts";

const KEYS = "proofs/radix/keys";
const NODE = "proofs/radix/node";
const KMM = "proofs/radix/kmm";
const NODES = "proofs/radix/nodes";
const LOOK_UP = "proofs/radix/look-up";
const ENCODINGS = "proofs/radix/encodings";
const PIECES = "proofs/radix/pieces";
const BUILD = "proofs/radix/build";
const PROVE = "proofs/radix/prove";
const UPDATE = "proofs/radix/update";
const RADIX = "proofs/radix/radix";

export const RADIX_MUTANTS: readonly Edit[] = [
  {
    name: "root-unchecked",
    about: "does not compare the root that a kmm proof hashes to",
    file: ENCODINGS,
    find: "if (equalBytes(tree.root, root))",
    replace: "if (true)",
  },
  {
    name: "root-first-byte",
    about: "compares one byte of the root",
    file: ENCODINGS,
    find: "if (equalBytes(tree.root, root))",
    replace: "if (tree.root[0] === root[0])",
  },
  {
    name: "unopened-absent",
    about: "treats a child that is not open as an empty subtree",
    file: LOOK_UP,
    find: "return undefined;",
    replace: "return null;",
  },
  {
    name: "key-ends-at-unopened",
    about: "treats a key that ends at a child which is not open as absent",
    file: LOOK_UP,
    find: "return undefined;",
    replace: "return start === 8 * key.length ? null : undefined;",
  },
  {
    name: "key-of-any-length",
    about: "accepts keys of more than 8192 bytes",
    file: KEYS,
    find: "if (isKeyLength(bytes.length))",
    replace: "if (bytes.length > 0)",
  },
  {
    name: "empty-key",
    about: "accepts the empty key",
    file: KEYS,
    find: "return length >= 1 && ",
    replace: "return ",
  },
  {
    name: "zero-value-deletes",
    about: "treats 32 zero bytes as a deletion",
    file: KEYS,
    find: "if (checked !== undefined)",
    replace: "if (checked?.every((byte) => byte === 0))\n        return null;\n    if (checked !== undefined)",
  },
  {
    name: "value-padded",
    about: "accepts a value that is not 32 bytes long",
    file: KEYS,
    find: "if (checked !== undefined)",
    replace:
      "if (checked === undefined)\n        return Uint8Array.from({ length: 32 }, (_, at) => value[at] ?? 0);\n    if (checked !== undefined)",
  },
  {
    name: "tag-unchecked",
    about: "reads every node that is not a leaf as an internal node",
    file: NODE,
    find: "if (preimage[0] !== INTERNAL_TAG)",
    replace: "if (false)",
  },
  {
    name: "internal-trailing",
    about: "ignores bytes after an internal node",
    file: NODE,
    find: "if (preimage.length !== expected) {",
    replace: "if (preimage.length < expected) {",
  },
  {
    name: "prefix-padding-unchecked",
    about: "ignores padding of a prefix that is not zero",
    file: NODE,
    find: "if (!paddingIsZero(preimage.subarray(PREFIX_BYTE), prefixLength))",
    replace: "if (false)",
  },
  {
    name: "branch-beyond-keys",
    about: "lets a node branch beyond the longest key",
    file: NODE,
    find: "if (bit > LAST_BIT)",
    replace: "if (false)",
  },
  {
    name: "zero-subtree",
    about: "accepts 32 zero bytes as the root of a subtree",
    file: NODE,
    find: "if (isEmptyRoot(root))",
    replace: "if (false)",
  },
  {
    name: "sections-trailing",
    about: "ignores bytes after the fourth section",
    file: KMM,
    find: "if (offset < proof.length)",
    replace: "if (false)",
  },
  {
    name: "surplus-in-section",
    about: "ignores bytes of a section that no open node needs",
    file: KMM,
    find: "if (surplus > 0)",
    replace: "if (false)",
  },
  {
    name: "label-padding-unchecked",
    about: "ignores padding of the labels that is not zero",
    file: KMM,
    find: "if (!paddingIsZero(labels, this.#label))",
    replace: "if (false)",
  },
  {
    name: "path-padding-unchecked",
    about: "ignores padding of a path that is not zero",
    file: KMM,
    find: "if (!paddingIsZero(path, branch))",
    replace: "if (false)",
  },
  {
    name: "prefix-disagreement",
    about: "reads a prefix from the first terminal and does not compare the others",
    file: KMM,
    find: "if (commonBits(before, 0, terminal, 0, this.#parting) < this.#parting || ",
    replace: "if (",
  },
  {
    name: "side-unchecked",
    about: "does not compare a branching bit with the side of the only terminal",
    file: KMM,
    find: "&& bitAt(terminal, branch) !== side) {",
    replace: "&& false) {",
  },
  {
    name: "right-side-unchecked",
    about: "does not check that the branching bit of a terminal on the right is 1",
    file: KMM,
    find: "|| bitAt(terminal, this.#parting) === 0) {",
    replace: ") {",
  },
  {
    name: "short-leaf-key",
    about: "accepts a leaf whose key is shorter than its path",
    file: KMM,
    find: "if (8 * length < start)",
    replace: "if (false)",
  },
  {
    name: "kmm-key-length",
    about: "accepts a leaf with a key of any length",
    file: KMM,
    find: "if (!isKeyLength(length))",
    replace: "if (false)",
  },
  {
    name: "nodes-trailing",
    about: "ignores bytes after the last item",
    file: NODES,
    find: "if (offset < proof.length)",
    replace: "if (false)",
  },
  {
    name: "nodes-misplaced-leaf",
    about: "does not compare the key of a leaf with its path",
    file: NODES,
    find: "|| commonBits(key, 0, path, 0, start) < start) {",
    replace: ") {",
  },
  {
    name: "nodes-twice",
    about: "accepts a node that is reached by two paths",
    file: NODES,
    find: "if (met.has(item))",
    replace: "if (false)",
  },
  {
    name: "nodes-order-unchecked",
    about: "accepts items out of order in the strict profile",
    file: NODES,
    find: "if (unsorted !== undefined) {",
    replace: "if (false) {",
  },
  {
    name: "nodes-repeats-canonical",
    about: "accepts a repeated item in the strict profile",
    file: NODES,
    find: ">= 0)\n                return index;",
    replace: "> 0)\n                return index;",
  },
  {
    name: "nodes-unreachable-canonical",
    about: "accepts items that are not open in the strict profile",
    file: NODES,
    find: "if (count < different.length) {",
    replace: "if (false) {",
  },
  {
    name: "nodes-lenient-is-strict",
    about: "requires the canonical form in both profiles",
    file: NODES,
    find: "if (isStrict) {",
    replace: "if (true) {",
  },
  {
    name: "nodes-other-root-unopened",
    about: "reads items of which none hashes to the root as a tree whose root node is not open",
    file: NODES,
    find: "if (first === undefined) {",
    replace: "if (first === undefined)\n        return unopened(root);\n    if (false) {",
  },
  {
    name: "prefix-keys-written",
    about: "accepts a key that is a prefix of another",
    file: BUILD,
    find: "checkPrefixes(pieces);",
    replace: "",
  },
  {
    name: "unopened-sibling-moves",
    about: "keeps a sibling that is not open unchanged when its parent is removed",
    file: BUILD,
    find: "if (node === undefined)\n        throw unopened(old.start);",
    replace: "if (node === undefined)\n        return { node, root };",
  },
  {
    name: "siblings-not-proven",
    about: "leaves out the siblings that deletions need",
    file: PROVE,
    find: "for (const node of movedUp(cutTree(tree, without)))\n        needed.add(node);",
    replace: "movedUp(cutTree(tree, without));",
  },
  {
    name: "uncovered-delete-no-op",
    about: "treats the deletion of a key that the proof does not decide as that of an absent key",
    file: PIECES,
    find: "else if (node === undefined)\n            throw",
    replace:
      "else if (node === undefined && this.#changes.slice(from, to).every(({ value }) => value === null))\n            this.#keep(subtree);\n        else if (node === undefined)\n            throw",
  },
  {
    name: "revert-keeps-rooted",
    about: "keeps reverted writes when a root was returned in between",
    file: UPDATE,
    find: "this.#overlay.get(key) ?? this.#proven(key)",
    replace: "this.#overlay.get(key)",
  },
  {
    name: "merge-nothing",
    about: "accepts an empty list of proofs in merge",
    file: RADIX,
    find: "if (proofs.length === 0)\n            throw",
    replace:
      "if (proofs.length === 0)\n            return encodeProof(context.encoding, { root, top: undefined });\n        if (false)\n            throw",
  },
  {
    name: "convert-ignores-keys",
    about: "ignores keys in convert",
    file: RADIX,
    find: "if (keys !== undefined)",
    replace: "if (false)",
  },
];
