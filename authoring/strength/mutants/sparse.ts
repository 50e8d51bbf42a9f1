/** Mutants of the sparse backend. Each passes every honest case and fails a vector. */
import type { Edit } from "./mutant.ts";

const SPARSE = "proofs/sparse/sparse";
const KEYS = "proofs/sparse/keys";
const CANONICAL = "proofs/sparse/canonical";
const LOOK_UP = "proofs/sparse/look-up";
const UPDATE = "proofs/sparse/update";
const ZERO_NODES = "core/zero-nodes";

const KEY_LENGTH = "const path = toBytes32(bytes);";
const KEY_BITS = "for (let level = depth; level < MAX_DEPTH; level++) {";
const VALUE_LENGTH = "const leaf = toBytes32(value);";
const RULE = "if (zeros === 2 || (zeros === 0 && height > 0)) {";
const ABSENT = "if (isZeroNode(node, levelsBelow))";
const SAME_NODE = "return equalBytes(node, ZERO_NODES[height]);";
const OPENED = "const tree = open(context, context.encoding, root, proof);\n        return paths";
const LAST_WRITES = "lastLeaves(writes).filter(({ key, value }) => value !== null || before.get(toHex(key)) !== null)";
const WRITTEN = "return this.#overlay.set(key, value);";

export const SPARSE_MUTANTS: readonly Edit[] = [
  {
    name: "depth-unchecked",
    about: "accepts any depth",
    file: KEYS,
    find: "if (depth >= 1 && depth <= MAX_DEPTH)",
    replace: "if (true)",
  },
  {
    name: "depth-0-is-256",
    about: "treats a depth of 0 as the default depth",
    file: KEYS,
    find: "if (depth >= 1 && depth <= MAX_DEPTH)",
    replace: "if (depth === 0)\n        return MAX_DEPTH;\n    if (depth >= 1 && depth <= MAX_DEPTH)",
  },
  {
    name: "depth-clamped",
    about: "treats a depth above 256 as 256",
    file: KEYS,
    find: "if (depth >= 1 && depth <= MAX_DEPTH)",
    replace: "if (depth > MAX_DEPTH)\n        return MAX_DEPTH;\n    if (depth >= 1)",
  },
  {
    name: "depth-32-bits",
    about: "keeps the depth in 32 bits",
    file: "wire/values",
    find: "if (Number.isInteger(value) && value >= 0 && value < 2 ** 31)",
    replace:
      "if (Number.isInteger(value)) value %= 2 ** 32;\n    if (Number.isInteger(value) && value >= 0 && value < 2 ** 31)",
  },
  {
    name: "key-padded",
    about: "pads a short key with zeros",
    file: KEYS,
    find: KEY_LENGTH,
    replace: "const path = bytes.length > 32 ? undefined : Uint8Array.from({ length: 32 }, (_, i) => bytes[i] ?? 0);",
  },
  {
    name: "key-cut",
    about: "truncates a long key",
    file: KEYS,
    find: KEY_LENGTH,
    replace: "const path = toBytes32(bytes.subarray(0, 32));",
  },
  {
    name: "key-bits-unchecked",
    about: "ignores the bits of a key beyond the depth",
    file: KEYS,
    find: KEY_BITS,
    replace: "for (let level = MAX_DEPTH; level < MAX_DEPTH; level++) {",
  },
  {
    name: "key-bits-of-one-byte",
    about: "checks the bits beyond the depth only in the byte in which it ends",
    file: KEYS,
    find: KEY_BITS,
    replace: "for (let level = depth; level < 8 * Math.ceil(depth / 8); level++) {",
  },
  {
    name: "key-bits-of-whole-bytes",
    about: "checks the bits beyond the depth only from the next byte on",
    file: KEYS,
    find: KEY_BITS,
    replace: "for (let level = 8 * Math.ceil(depth / 8); level < MAX_DEPTH; level++) {",
  },
  {
    name: "key-last-bit-unchecked",
    about: "ignores the last bit of a key",
    file: KEYS,
    find: KEY_BITS,
    replace: "for (let level = depth; level < MAX_DEPTH - 1; level++) {",
  },
  {
    name: "value-padded",
    about: "pads a short value with zeros",
    file: KEYS,
    find: VALUE_LENGTH,
    replace: "const leaf = value.length > 32 ? undefined : Uint8Array.from({ length: 32 }, (_, i) => value[i] ?? 0);",
  },
  {
    name: "value-cut",
    about: "truncates a long value",
    file: KEYS,
    find: VALUE_LENGTH,
    replace: "const leaf = toBytes32(value.subarray(0, 32));",
  },
  {
    name: "zero-value-is-present",
    about: "keeps 32 zero bytes as a value",
    file: KEYS,
    find: "return isZeroNode(leaf, 0) ? null : leaf;",
    replace: "return leaf;",
  },
  {
    name: "first-of-each-key",
    about: "uses the first of two entries or writes of a key",
    file: "proofs/writes",
    find: "const next = sorted[index + 1];",
    replace: "const next = sorted[index - 1];",
  },
  {
    name: "below-the-leaves",
    about: "accepts a proof with nodes below the leaf level",
    file: CANONICAL,
    find: "if (deepest > depth) {",
    replace: "if (false) {",
  },
  {
    name: "one-below-the-leaves",
    about: "accepts a node one level below the leaves",
    file: CANONICAL,
    find: "if (deepest > depth) {",
    replace: "if (deepest > depth + 1) {",
  },
  {
    name: "strict-unchecked",
    about: "accepts any shape in the strict profile",
    file: CANONICAL,
    find: RULE,
    replace: "if (false) {",
  },
  {
    name: "strict-zeros-alone",
    about: "accepts, in the strict profile, a node that is opened for no key",
    file: CANONICAL,
    find: RULE,
    replace: "if (zeros === 2) {",
  },
  {
    name: "strict-witnesses-alone",
    about: "accepts, in the strict profile, an opened empty subtree",
    file: CANONICAL,
    find: RULE,
    replace: "if (zeros === 0 && height > 0) {",
  },
  {
    name: "strict-refuses-two-leaves",
    about: "rejects, in the strict profile, two sibling leaves",
    file: CANONICAL,
    find: RULE,
    replace: "if (zeros === 2 || zeros === 0) {",
  },
  {
    name: "strict-first",
    about: "checks the shape before it verifies",
    file: SPARSE,
    find: "const tree = verifyTree(decode(encoding, proof, depth), root, context.hasher);",
    replace:
      "if (context.isStrict)\n        checkCanonical(decode(encoding, proof, depth), depth);\n    const tree = verifyTree(decode(encoding, proof, depth), root, context.hasher);",
  },
  {
    name: "strict-root-unchecked",
    about: "does not check the shape when it computes a root",
    file: SPARSE,
    find: "if (isStrict)",
    replace: "if (false)",
  },
  {
    name: "strict-everywhere",
    about: "rejects a proof that is not canonical in the lenient profile, too",
    file: SPARSE,
    find: "if (context.isStrict)",
    replace: "if (true)",
  },
  {
    name: "keeps-open-witnesses",
    about: "returns proofs with opened nodes that cover no key",
    file: CANONICAL,
    find: "(decides[position + 1] | decides[link[position]]) === 1",
    replace: "true",
  },
  {
    name: "extract-keeps-split-zeros",
    about: "extracts an opened empty subtree without closing it",
    file: CANONICAL,
    find: "if (isZeroNode(nodeAt(tree, position), depth - level))",
    replace: "if (false)",
  },
  {
    name: "extract-uncovered",
    about: "extracts a proof of a key that the proof does not cover",
    file: CANONICAL,
    find: "if (decide(tree, key, depth) === undefined)",
    replace: "if (false)",
  },
  {
    name: "absent-at-any-height",
    about: "treats the zero node of any height as an empty subtree",
    file: LOOK_UP,
    find: ABSENT,
    replace: "if (Array.from({ length: 257 }, (_, height) => height).some((height) => isZeroNode(node, height)))",
  },
  {
    name: "absent-one-higher",
    about: "treats the zero node of the height above as an empty subtree, too",
    file: LOOK_UP,
    find: ABSENT,
    replace: "if (isZeroNode(node, levelsBelow) || (levelsBelow < 256 && isZeroNode(node, levelsBelow + 1)))",
  },
  {
    name: "absent-one-lower",
    about: "treats the zero node of the height below as an empty subtree, too",
    file: LOOK_UP,
    find: ABSENT,
    replace: "if (isZeroNode(node, levelsBelow) || (levelsBelow > 0 && isZeroNode(node, levelsBelow - 1)))",
  },
  {
    name: "absent-32-zeros",
    about: "treats 32 zero bytes as an empty subtree at every level",
    file: LOOK_UP,
    find: ABSENT,
    replace: "if (isZeroNode(node, levelsBelow) || isZeroNode(node, 0))",
  },
  {
    name: "zero-first-8-bytes",
    about: "compares only the first eight bytes with those of an empty subtree",
    file: ZERO_NODES,
    find: SAME_NODE,
    replace: "return equalBytes(node.subarray(0, 8), ZERO_NODES[height].subarray(0, 8));",
  },
  {
    name: "zero-last-byte-unchecked",
    about: "compares all bytes except the last one with those of an empty subtree",
    file: ZERO_NODES,
    find: SAME_NODE,
    replace: "return equalBytes(node.subarray(0, 31), ZERO_NODES[height].subarray(0, 31));",
  },
  {
    name: "zero-first-byte-unchecked",
    about: "compares all bytes except the first one with those of an empty subtree",
    file: ZERO_NODES,
    find: SAME_NODE,
    replace: "return equalBytes(node.subarray(1), ZERO_NODES[height].subarray(1));",
  },
  {
    name: "missing-is-absent",
    about: "returns `null` for a key that the proof does not cover",
    file: LOOK_UP,
    find: "throw uncovered(key);",
    replace: "return null;",
  },
  {
    name: "missing-is-the-node-above",
    about: "returns the node above a key that the proof does not cover",
    file: LOOK_UP,
    find: "return levelsBelow === 0 ? node : undefined;",
    replace: "return node;",
  },
  {
    name: "get-sorted",
    about: "returns the values in the order of the sorted keys",
    file: SPARSE,
    find: "return paths.map((key) => lookUp(tree, key, depth));",
    replace: "return paths.sort((a, b) => Buffer.compare(a, b)).map((key) => lookUp(tree, key, depth));",
  },
  {
    name: "get-repeats-once",
    about: "returns the value of a repeated key once",
    file: SPARSE,
    find: "return paths.map((key) => lookUp(tree, key, depth));",
    replace:
      "return [...new Map(paths.map((key) => [String(key), key])).values()].map((key) => lookUp(tree, key, depth));",
  },
  {
    name: "get-nothing-unverified",
    about: "does not verify a proof when there are no keys",
    file: SPARSE,
    find: OPENED,
    replace: `if (paths.length === 0)\n            return [];\n        ${OPENED}`,
  },
  {
    name: "prove-ignores-deletes",
    about: "ignores the `deletes` of `prove`",
    file: SPARSE,
    find: "const covered = [...keys, ...deletes].map((key) => toKey(key, depth));\n        const tree = provePruned",
    replace: "const covered = keys.map((key) => toKey(key, depth));\n        const tree = provePruned",
  },
  {
    name: "extract-ignores-deletes",
    about: "ignores the `deletes` of `extract`",
    file: SPARSE,
    find: "const covered = [...keys, ...deletes].map((key) => toKey(key, depth));\n        const tree = open",
    replace: "const covered = keys.map((key) => toKey(key, depth));\n        const tree = open",
  },
  {
    name: "convert-ignores-keys",
    about: "accepts keys in a conversion",
    file: SPARSE,
    find: "if (keys !== undefined)",
    replace: "if (false)",
  },
  {
    name: "convert-normalises",
    about: "makes a proof canonical in a conversion",
    file: SPARSE,
    find: "return CODEC.encode(to, open(context, from, root, proof));",
    replace: "return CODEC.encode(to, normalise(open(context, from, root, proof), toDepth(context.depth)));",
  },
  {
    name: "merge-nothing",
    about: "returns a proof when there is no proof to merge",
    file: SPARSE,
    find: "if (proofs.length === 0)",
    replace:
      "if (proofs.length === 0)\n        return CODEC.encode(context.encoding, { shape: Uint8Array.of(1), bottoms: root });\n    if (false)",
  },
  {
    name: "merge-not-normalised",
    about: "returns a union without making it canonical",
    file: SPARSE,
    find: "normalise(union, depth)",
    replace: "union",
  },
  {
    name: "update-first-write",
    about: "keeps the first of two writes to a key",
    file: UPDATE,
    find: LAST_WRITES,
    replace: LAST_WRITES.replace("(writes)", "(writes.reverse())"),
  },
  {
    name: "update-drops-deletes-first",
    about: "drops deletions of absent keys before it selects the last write of a key",
    file: UPDATE,
    find: LAST_WRITES,
    replace: "lastLeaves(writes.filter(({ key, value }) => value !== null || before.get(toHex(key)) !== null))",
  },
  {
    name: "update-deletes-unseen",
    about: "treats a deleted key that the proof does not cover as absent",
    file: UPDATE,
    find: "writes.map(({ key }) => [toHex(key), lookUp(tree, key, depth)])",
    replace:
      "writes.map(({ key, value }) => { try { return [toHex(key), lookUp(tree, key, depth)]; } catch (error) { if (value !== null) throw error; return [toHex(key), null]; } })",
  },
  {
    name: "update-nothing-not-normalised",
    about: "returns the proof unchanged when there are no writes",
    file: UPDATE,
    find: "tree: normalise(written, depth)",
    replace: "tree: writes.length === 0 ? tree : normalise(written, depth)",
  },
  {
    name: "transact-needs-nodes-to-write",
    about: "rejects a write to a key that the proof does not cover, before there is a root step",
    file: UPDATE,
    find: WRITTEN,
    replace: `lookUp(this.#tree, key, this.#depth);\n        ${WRITTEN}`,
  },
  {
    name: "transact-root-leaves-out",
    about: "leaves writes to uncovered keys out of the root",
    file: UPDATE,
    find: "if (written === undefined && decide(this.#tree, key, this.#depth) === undefined)",
    replace: "if (decide(this.#tree, key, this.#depth) === undefined)",
  },
  {
    name: "transact-root-asks-for-what-was-undone",
    about: "rejects a root after an undone write to an uncovered key",
    file: UPDATE,
    find: "if (written === undefined && decide(this.#tree, key, this.#depth) === undefined)",
    replace: "if (false)",
  },
  {
    name: "sorts-by-eight-bytes",
    about: "sorts keys only by their first eight bytes",
    file: "core/bytes",
    find: "const shared = Math.min(a.length, b.length);",
    replace: "const shared = 8;",
  },
];
