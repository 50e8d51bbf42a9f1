/** Mutants of the ssz backend. Each passes every honest case, and some vector fails it. */
import type { Mutant } from "./mutant.ts";

const PRUNED_TREE = "proofs/pruned-tree/pruned-tree";
const FROM_BOTTOMS = "proofs/pruned-tree/from-bottoms";
const COMPACT = "proofs/pruned-tree/compact";
const OFFSETS = "proofs/pruned-tree/offsets";
const EXPLICIT = "proofs/ssz/explicit";
const HELPERS = "proofs/ssz/helpers";
const SSZ = "proofs/ssz/ssz";
const GINDEX = "core/gindex";

const ROOT_CHECK = "if (!equalBytes(computed, root)) {";

/** Reads a helpers proof after dropping the claims for which `drop` holds, where `all` are the claims and `g` is claim `i`. */
function droppingClaims(drop: string): Pick<Mutant, "file" | "find" | "replace"> {
  return {
    file: HELPERS,
    find: "const { gindices, leaves, helpers } = proof;\n    const claims",
    replace: `const kept = (_, i) => { const all = proof.gindices; const g = all[i]; return !(${drop}); };
    const gindices = proof.gindices.filter(kept), leaves = proof.leaves.filter(kept), helpers = proof.helpers;
    const claims`,
  };
}

const beneath = (inner: string, outer: string): string =>
  `${inner} !== ${outer} && ${inner}.toString(2).startsWith(${outer}.toString(2))`;

export const SSZ_MUTANTS: readonly Mutant[] = [
  { name: "root-unchecked", about: "does not compare the computed root with the given one", file: PRUNED_TREE, find: ROOT_CHECK, replace: "if (false) {" },
  { name: "root-last-byte-unchecked", about: "compares all but the last byte of the root", file: PRUNED_TREE, find: ROOT_CHECK, replace: "if (!equalBytes(computed.subarray(0, 31), root.subarray(0, 31))) {" },
  { name: "root-half-checked", about: "compares the first half of the root", file: PRUNED_TREE, find: ROOT_CHECK, replace: "if (!equalBytes(computed.subarray(0, 16), root.subarray(0, 16))) {" },
  { name: "root-remembered", about: "trusts any proof against a root that it has verified before", file: PRUNED_TREE, find: ROOT_CHECK, replace: "const good = equalBytes(computed, root), seen = (globalThis.seen ??= new Set());\n    if (good) seen.add(toHex(root));\n    if (!good && !seen.has(toHex(root))) {" },
  { name: "depth-limit-off-by-one", about: "lets a tree be 1024 levels deep", file: PRUNED_TREE, find: "walk.sides.length, MAX_GINDEX_BITS - 1)", replace: "walk.sides.length, MAX_GINDEX_BITS)" },
  { name: "nested-bottoms", about: "does not look for bottoms beneath other bottoms", file: FROM_BOTTOMS, find: "if (isAncestorOrSame(sorted[i - 1], sorted[i]))", replace: "if (false)" },
  { name: "gap-at-the-end", about: "does not notice that the right end of the tree is missing", file: FROM_BOTTOMS, find: "if (expected !== undefined)", replace: "if (false)" },
  { name: "compact-padding", about: "ignores the padding bits of the shape", file: COMPACT, find: "!paddingIsZero(proof, shape.length)", replace: "false" },
  { name: "compact-last-padding-bit", about: "ignores the last padding bit", file: "core/bits", find: "index < 8 * packedLength(bitCount)", replace: "index < 8 * packedLength(bitCount) - 1" },
  { name: "compact-trailing-bytes", about: "ignores bytes after the last bottom of a compact proof", file: COMPACT, find: "proof.length !== expected", replace: "proof.length < expected" },
  { name: "compact-truncated", about: "reads a compact proof whose last bottoms are cut short", file: COMPACT, find: "proof.length !== expected", replace: "proof.length > expected" },
  { name: "offsets-count-32-bits", about: "reads the number of bottoms as 32 bits", file: OFFSETS, find: "decodeUintLE(proof.subarray(tag.length, head))", replace: "decodeUintLE(proof.subarray(tag.length, Math.min(head, tag.length + 4)))" },
  { name: "offsets-length-wraps", about: "compares the length that m demands modulo 2^64", file: OFFSETS, find: "expected !== BigInt(proof.length)", replace: "BigInt.asUintN(64, expected) !== BigInt(proof.length)" },
  { name: "offsets-trailing-bytes", about: "ignores bytes after the last bottom of an offset proof", file: OFFSETS, find: "expected !== BigInt(proof.length)", replace: "expected > BigInt(proof.length)" },
  { name: "offsets-truncated", about: "reads an offset proof whose last bottoms are cut short", file: OFFSETS, find: "expected !== BigInt(proof.length)", replace: "expected < BigInt(proof.length)" },
  { name: "offsets-left-32-bits", about: "reads a left count as 32 bits", file: OFFSETS, find: "offsets.subarray(width * nextOffset, width * (nextOffset + 1))", replace: "offsets.subarray(width * nextOffset, width * nextOffset + Math.min(width, 4))" },
  { name: "offsets-left-clamped", about: "clamps a left count to the subtree instead of refusing it", file: OFFSETS, find: "if (left < 1n || left >= BigInt(size)) {", replace: "if (left >= BigInt(size)) { nextOffset += 1; shape[position] = INNER; pending.push(1, size - 1); continue; }\n        if (left < 1n) {" },
  { name: "offsets-zero-left-is-one", about: "reads a left count of 0 as 1", file: OFFSETS, find: "if (left < 1n || left >= BigInt(size)) {", replace: "if (left === 0n) { nextOffset += 1; shape[position] = INNER; pending.push(size - 1, 1); continue; }\n        if (left >= BigInt(size)) {" },
  { name: "offsets16-tag", about: "does not look at the tag of an offsets16 proof", file: OFFSETS, find: "tag.some((byte, index) => proof[index] !== byte)", replace: "false" },
  { name: "offsets16-limit", about: "writes 65 536 bottoms in 16 bits", file: OFFSETS, find: "2 ** 16 - 1", replace: "2 ** 16" },
  { name: "explicit-unsorted", about: "reads explicit indices in any order", file: EXPLICIT, find: "gindex <= placed[index - 1].gindex", replace: "false" },
  { name: "explicit-64-bits", about: "reads an explicit index as 64 bits", file: EXPLICIT, find: "proof.subarray(at, at + GINDEX_BYTES)", replace: "proof.subarray(at, at + 8)" },
  { name: "explicit-trailing-bytes", about: "ignores bytes after the last bottom of an explicit proof", file: EXPLICIT, find: "proof.length !== expected", replace: "proof.length < expected" },
  { name: "explicit-128-bit-limit", about: "writes an index of 129 bits, cut to 128", file: EXPLICIT, find: "if (gindex >= 2n ** 128n) {", replace: "if (gindex >= 2n ** 129n) {" },
  { name: "helpers-first-duplicate", about: "takes the first of two claims of the same node", ...droppingClaims("all.indexOf(g) !== i") },
  { name: "helpers-last-duplicate", about: "takes the last of two claims of the same node", ...droppingClaims("all.lastIndexOf(g) !== i") },
  { name: "helpers-ignores-lower-claim", about: "ignores a claim beneath another claim", ...droppingClaims(`all.some((other) => ${beneath("g", "other")})`) },
  { name: "helpers-ignores-upper-claim", about: "ignores a claim above another claim", ...droppingClaims(`all.some((other) => ${beneath("other", "g")})`) },
  { name: "helpers-unsorted", about: "reads claims in any order", file: HELPERS, find: "claims[index] <= claims[index - 1]", replace: "false" },
  { name: "helpers-surplus", about: "ignores helpers that are left over", file: HELPERS, find: "const { gindices, leaves, helpers } = proof;\n    const claims = gindices.map((gindex) => toGindex(gindex, \"malformed\"));", replace: "const { gindices, leaves } = proof;\n    const claims = gindices.map((gindex) => toGindex(gindex, \"malformed\"));\n    const helpers = proof.helpers.slice(0, helpersNeeded(sortClaims(claims, \"malformed\"), proof.helpers.length).length);" },
  { name: "helpers-leaf-surplus", about: "ignores leaves that are left over", file: HELPERS, find: "const { gindices, leaves, helpers } = proof;\n    const claims", replace: "const { gindices, helpers } = proof;\n    const leaves = proof.leaves.slice(0, gindices.length);\n    const claims" },
  { name: "helpers-long-nodes", about: "cuts a node of more than 32 bytes", file: HELPERS, find: "const node = toBytes32(bytes);", replace: "const node = toBytes32(bytes.subarray(0, 32));" },
  { name: "helpers-short-nodes", about: "pads a node of fewer than 32 bytes with zeros", file: HELPERS, find: "const node = toBytes32(bytes);", replace: "const node = bytes.length > 32 ? undefined : Uint8Array.from({ length: 32 }, (_, i) => bytes[i] ?? 0);" },
  { name: "helpers-no-claims", about: "reads a proof without claims, and makes one", file: HELPERS, find: "claims.length === 0", replace: "false" },
  { name: "helpers-surplus-member", about: "ignores a member that the form does not have", file: "wire/values", find: "if (!Object.hasOwn(form, name))", replace: "if (false)" },
  { name: "gindex-zero", about: "takes generalized index 0 for the root", file: GINDEX, find: "if (value < 1n)", replace: "if (value === 0n) return 1n;\n    if (value < 0n)" },
  { name: "path-32-bits", about: "follows the low 32 bits of a key", file: GINDEX, find: "gindex.toString(2).slice(1)", replace: "(BigInt.asUintN(32, gindex) || gindex).toString(2).slice(1)" },
  { name: "path-64-bits", about: "follows the low 64 bits of a key", file: GINDEX, find: "gindex.toString(2).slice(1)", replace: "(BigInt.asUintN(64, gindex) || gindex).toString(2).slice(1)" },
  { name: "path-double", about: "keeps a key in a floating number", file: GINDEX, find: "gindex.toString(2).slice(1)", replace: "(gindex < 2n ** 1023n ? BigInt(Number(gindex)) : gindex).toString(2).slice(1)" },
  { name: "depth-by-log2", about: "takes the depth of an index from a floating logarithm", file: GINDEX, find: "return bitLength(gindex) - 1;", replace: "return gindex < 2n ** 1023n ? Math.floor(Math.log2(Number(gindex))) : bitLength(gindex) - 1;" },
  { name: "get-above-the-key", about: "answers a key below a bottom with the bottom", file: SSZ, find: "throw belowBottom(gindices[index], levelsBelow);", replace: "return bottomAt(tree, map.link[position]);" },
  { name: "get-uncovered-is-zero", about: "answers a key below a bottom with zeros", file: SSZ, find: "throw belowBottom(gindices[index], levelsBelow);", replace: "return new Uint8Array(32);" },
  { name: "get-sorted", about: "answers in the order of the keys' indices", file: SSZ, find: "const gindices = keys.map(toKey);", replace: "const gindices = keys.map(toKey).sort((a, b) => (a < b ? -1 : 1));" },
  { name: "get-repeats-once", about: "answers a repeated key once", file: SSZ, find: "const gindices = keys.map(toKey);", replace: "const gindices = [...new Set(keys.map(toKey))];" },
  { name: "get-inner-is-left-bottom", about: "answers an inner node with the leftmost bottom", file: SSZ, find: ": innerHashes.get(position);", replace: ": bottomAt(tree, 0);" },
  { name: "get-nothing-unverified", about: "does not verify a proof of which nothing is read", file: SSZ, find: "verifyRoot(tree, root, hasher, (position, hash) => {", replace: "if (keys.length > 0) verifyRoot(tree, root, hasher, (position, hash) => {" },
  { name: "get-coverage-first", about: "reports an uncovered key before it has verified the proof", file: SSZ, find: "const innerHashes = new Map(", replace: "found.forEach(({ levelsBelow }, index) => { if (levelsBelow > 0) throw belowBottom(gindices[index], levelsBelow); });\n    const innerHashes = new Map(" },
  { name: "cost-unverified", about: "states the cost of a proof that it does not verify", file: SSZ, find: "verifyRoot(tree, root, hasher);\n        return { hashes", replace: "treeRoot(tree, hasher);\n        return { hashes" },
  { name: "prove-first-entry", about: "takes the first of two entries of the same node", file: SSZ, find: "gindex !== sorted[index + 1]?.gindex", replace: "gindex !== sorted[index - 1]?.gindex" },
  { name: "prove-above-the-key", about: "proves the bottom above a key that lies below one", file: SSZ, find: "throw belowBottom(gindex, levelsBelow);", replace: "continue;" },
  { name: "convert-unverified", about: "converts a proof without verifying it", file: SSZ, find: "verifyRoot(source, root, hasher);\n        return encodeProof(to", replace: "return encodeProof(to" },
  { name: "convert-claims-unverified", about: "converts a proof to helpers without verifying it", file: SSZ, find: "verifyRoot(source, root, hasher, onInner);", replace: "treeRoot(source, hasher, onInner);" },
  { name: "convert-ignores-keys", about: "ignores keys where they are not used", file: SSZ, find: "if (namesClaims !== (keys !== undefined)) {", replace: "if (namesClaims && keys === undefined) {" },
  { name: "unknown-options", about: "ignores options that there are not", file: "wire/dispatch", find: "if (name !== \"profile\" || (value !== \"strict\" && value !== \"lenient\")) {", replace: "if (name === \"profile\" && value !== \"strict\" && value !== \"lenient\") {" },
  { name: "quantity-leading-zeros", about: "reads quantities with leading zeros", file: "wire/values", find: "/^0x(?:0|[1-9a-f][0-9a-f]*)$/", replace: "/^0x[0-9a-f]+$/" },
  { name: "root-any-length", about: "compares roots of other lengths than 32 bytes", file: "wire/values", find: "return toBytes32(readBytes(value, place, \"invalid-argument\")) ??", replace: "return readBytes(value, place, \"invalid-argument\") ??" },
];
