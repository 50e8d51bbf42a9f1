/** Mutants of the code that the binary backends share. Each passes every honest case and fails a vector, in both backends. */
import type { Edit } from "./mutant.ts";

const PRUNED_TREE = "proofs/pruned-tree/pruned-tree";
const COMPACT = "proofs/pruned-tree/compact";
const OFFSETS = "proofs/pruned-tree/offsets";
const TRANSACT = "proofs/transact";
const DISPATCH = "wire/proof-methods";
const ROOT_CHECK = "if (!equalBytes(computed, root)) {";

export const BINARY_MUTANTS: readonly Edit[] = [
  {
    name: "compact-padding",
    about: "ignores the padding bits of the shape",
    file: COMPACT,
    find: "!paddingIsZero(proof, shape.length)",
    replace: "false",
  },
  {
    name: "compact-last-padding-bit",
    about: "ignores the last padding bit",
    file: "core/bits",
    find: "index < 8 * packedLength(bitCount)",
    replace: "index < 8 * packedLength(bitCount) - 1",
  },
  {
    name: "compact-trailing-bytes",
    about: "ignores bytes after the last bottom node of a compact proof",
    file: COMPACT,
    find: "proof.length !== expected",
    replace: "proof.length < expected",
  },
  {
    name: "compact-truncated",
    about: "accepts a compact proof whose last bottom nodes are truncated",
    file: COMPACT,
    find: "proof.length !== expected",
    replace: "proof.length > expected",
  },
  {
    name: "offsets-count-32-bits",
    about: "reads the number of bottom nodes as 32 bits",
    file: OFFSETS,
    find: "decodeUintLE(proof.subarray(tag.length, head))",
    replace: "decodeUintLE(proof.subarray(tag.length, Math.min(head, tag.length + 4)))",
  },
  {
    name: "offsets-length-wraps",
    about: "compares the length that m requires modulo 2^64",
    file: OFFSETS,
    find: "expected !== BigInt(proof.length)",
    replace: "BigInt.asUintN(64, expected) !== BigInt(proof.length)",
  },
  {
    name: "offsets-trailing-bytes",
    about: "ignores bytes after the last bottom node of an offset proof",
    file: OFFSETS,
    find: "expected !== BigInt(proof.length)",
    replace: "expected > BigInt(proof.length)",
  },
  {
    name: "offsets-truncated",
    about: "accepts an offset proof whose last bottom nodes are truncated",
    file: OFFSETS,
    find: "expected !== BigInt(proof.length)",
    replace: "expected < BigInt(proof.length)",
  },
  {
    name: "offsets-left-32-bits",
    about: "reads a left count as 32 bits",
    file: OFFSETS,
    find: "offsets.subarray(width * nextOffset, width * (nextOffset + 1))",
    replace: "offsets.subarray(width * nextOffset, width * nextOffset + Math.min(width, 4))",
  },
  {
    name: "offsets-left-clamped",
    about: "clamps a left count to the subtree instead of rejecting it",
    file: OFFSETS,
    find: "if (left < 1n || left >= BigInt(size)) {",
    replace:
      "if (left >= BigInt(size)) { nextOffset += 1; shape[position] = INNER; pending.push(1, size - 1); continue; }\n        if (left < 1n) {",
  },
  {
    name: "offsets-zero-left-is-one",
    about: "reads a left count of 0 as 1",
    file: OFFSETS,
    find: "if (left < 1n || left >= BigInt(size)) {",
    replace:
      "if (left === 0n) { nextOffset += 1; shape[position] = INNER; pending.push(size - 1, 1); continue; }\n        if (left >= BigInt(size)) {",
  },
  {
    name: "offsets16-tag",
    about: "does not check the tag of an offsets16 proof",
    file: OFFSETS,
    find: "tag.some((byte, index) => proof[index] !== byte)",
    replace: "false",
  },
  {
    name: "offsets16-limit",
    about: "writes 65 536 bottom nodes in 16 bits",
    file: OFFSETS,
    find: "2 ** 16 - 1",
    replace: "2 ** 16",
  },
  {
    name: "root-unchecked",
    about: "does not compare the computed root with the given one",
    file: PRUNED_TREE,
    find: ROOT_CHECK,
    replace: "if (false) {",
  },
  {
    name: "root-last-byte-unchecked",
    about: "compares all bytes of the root except the last one",
    file: PRUNED_TREE,
    find: ROOT_CHECK,
    replace: "if (!equalBytes(computed.subarray(0, 31), root.subarray(0, 31))) {",
  },
  {
    name: "root-half-checked",
    about: "compares only the first half of the root",
    file: PRUNED_TREE,
    find: ROOT_CHECK,
    replace: "if (!equalBytes(computed.subarray(0, 16), root.subarray(0, 16))) {",
  },
  {
    name: "root-remembered",
    about: "accepts any proof for a root that it has verified before",
    file: PRUNED_TREE,
    find: ROOT_CHECK,
    replace:
      "const good = equalBytes(computed, root), seen = (globalThis.seen ??= new Set());\n    if (good) seen.add(toHex(root));\n    if (!good && !seen.has(toHex(root))) {",
  },
  {
    name: "root-anywhere",
    about: "accepts a proof if any computed node is the root",
    file: PRUNED_TREE,
    find: "const computed = treeRoot(tree, hasher, onInner);",
    replace:
      "let met = false;\n    const computed = treeRoot(tree, hasher, (position, hash) => { met ||= equalBytes(hash, root); onInner?.(position, hash); });\n    if (met) return;",
  },
  {
    name: "root-any-length",
    about: "accepts roots of lengths other than 32 bytes",
    file: "wire/values",
    find: 'return toBytes32(readBytes(value, place, "invalid-argument")) ??',
    replace: 'return readBytes(value, place, "invalid-argument") ??',
  },
  {
    name: "hex-upper-case",
    about: "accepts byte strings in upper-case hex",
    file: "core/bytes",
    find: "/^0x(?:[0-9a-f]{2})*$/",
    replace: "/^0x(?:[0-9a-f]{2})*$/i",
  },
  {
    name: "unknown-options",
    about: "ignores unknown options",
    file: DISPATCH,
    find: "if (backend.options.some((known) => known === name))",
    replace: "if (true)",
  },
  {
    name: "revert-keeps-writes",
    about: "does not undo reverted writes",
    file: TRANSACT,
    find: "for (const undo of this.#log.splice(logLength).reverse())",
    replace: "for (const undo of [])",
  },
  {
    name: "commit-reverts",
    about: "undoes committed writes",
    file: TRANSACT,
    find: 'this.#close("commit");',
    replace: 'for (const undo of this.#log.splice(this.#close("commit")).reverse()) undo();',
  },
  {
    name: "outermost-checkpoint",
    about: "reverts to the first checkpoint instead of the last",
    file: TRANSACT,
    find: "this.#checkpoints.pop()",
    replace: "this.#checkpoints.shift()",
  },
  {
    name: "checkpoints-not-needed",
    about: "ignores a commit or revert without a checkpoint",
    file: TRANSACT,
    find: "if (logLength === undefined)",
    replace: "if (logLength === undefined) return this.#log.length;\n        if (false)",
  },
  {
    name: "undo-oldest-first",
    about: "undoes the oldest write first",
    file: TRANSACT,
    find: "this.#log.splice(logLength).reverse()",
    replace: "this.#log.splice(logLength)",
  },
  {
    name: "loose-pairs",
    about: "accepts a list of more than a key and a value",
    file: "wire/request-parts",
    find: "if (pair.length !== 2)",
    replace: "if (pair.length < 2)",
  },
  {
    name: "steps-whatever-they-say",
    about: "accepts a step by its name, even if its value is false",
    file: "wire/request-parts",
    find: "if (isPlain && argument === true)",
    replace: "if (isPlain)",
  },
  {
    name: "offsets16-signed",
    about: "reads the number of bottom nodes in offsets16 as a signed number",
    file: "proofs/pruned-tree/offsets",
    find: "const declared = decodeUintLE(proof.subarray(tag.length, head));",
    replace:
      "const read = decodeUintLE(proof.subarray(tag.length, head));\n    const declared = width === 2 ? BigInt.asIntN(16, read) : read;",
  },
];
