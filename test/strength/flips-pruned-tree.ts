/** Flips of pruned trees and of the encodings that `ssz` and `sparse` share. */
import { type Flip, flipsOf, inEach } from "./flip.ts";

const COMPACT: readonly Flip[] = flipsOf("proofs/pruned-tree/compact", [
  ["!paddingIsZero(proof, shape.length)", "false"],
  ["proof.length !== expected", "false"],
  ["missing > 0", "false"],
  ["length === 8 * proof.length", "false"],
  ["bitAt(proof, length) === INNER ? 1 : -1", "(1)"],
]);

const ENCODING: readonly Flip[] = flipsOf("proofs/pruned-tree/encoding", [["encoding !== undefined", "false"]]);

const FROM_BOTTOMS: readonly Flip[] = flipsOf("proofs/pruned-tree/from-bottoms", [
  ["let node = gindex;\n    while (isRightChild(node))", "let node = gindex;\n    while (false)"],
  ["node === ROOT_GINDEX ? undefined : siblingOf(node)", "(undefined)"],
  ["i < sorted.length", "false"],
  ["isAncestorOrSame(sorted[i - 1], sorted[i])", "false"],
  ["gindices.length === 0", "false"],
  ["position < shape.length", "false"],
  ["gindices[index] !== node", "false"],
  ["level === unread.length - 1", "true"],
  ["while (isRightChild(node)) {", "while (false) {"],
  ["if (node === ROOT_GINDEX)", "if (true)"],
  ["rank === gindices.length ? { shape, bottoms } : coverFault(gindices)", "({ shape, bottoms })"],
  ["index < gindices.length", "false"],
  ["gindices[index] >= leftmost", "false"],
  ["nested !== undefined", "false"],
  ["node !== gindex", "false"],
  ["isAncestorOrSame(left, gindex) ? undefined : left", "(undefined)", "a gap is a gap, wherever it is found"],
  [
    "!isAncestorOrSame(node, gindex) ? node : isAncestorOrSame(left, gindex) ? undefined : left",
    "(node)",
    "a gap is a gap, wherever it is found",
  ],
  ["node !== undefined && helpers.length <= most", "helpers.length <= most"],
  ["helpers.length <= most", "(helpers.length < most)"],
  ["next < claims.length && claims[next] !== node && isAncestorOrSame(node, claims[next])", "false"],
  ["next < claims.length && claims[next] !== node", "next < claims.length"],
  [
    "if (next < claims.length && claims[next] !== node && isAncestorOrSame(node, claims[next])) {",
    "if ((next <= claims.length) && claims[next] !== node && isAncestorOrSame(node, claims[next])) {",
  ],
  ["next < claims.length && claims[next] === node", "false"],
  ["claims[next] === node", "(claims[next] !== node)"],
  ["if (missing !== undefined)", "if (true)"],
]);

const MERGE: readonly Flip[] = flipsOf("proofs/pruned-tree/merge", [
  ["places !== undefined", "false"],
  ["places.some(({ tree, position }) => !equalBytes(nodeAt(tree, position), node))", "true"],
  [
    "places.some(({ tree, position }) => !equalBytes(nodeAt(tree, position), node))",
    "false",
    "two trees of one root that disagree on a node are a collision of the hash function",
  ],
  ["opened.length === 0", "false"],
  ["nodes.filter((_, position) => shape[position] === BOTTOM)", "nodes"],
  ["tree.shape[position] === INNER);", "tree.shape[position] === INNER).slice(0, 1);"],
]);

const OFFSETS: readonly Flip[] = flipsOf("proofs/pruned-tree/offsets", [
  ["kind === INNER", "false"],
  ["proof.length < head", "true"],
  ["tag.some((byte, index) => proof[index] !== byte)", "false"],
  [
    "if (tag.some((byte, index) => proof[index] !== byte)) {",
    "if (tag.every((byte, index) => proof[index] !== byte)) {",
  ],
  ["declared === 0n || expected !== BigInt(proof.length)", "false"],
  ["declared === 0n", "(declared !== 0n)"],
  ["position < shape.length", "false"],
  ["size === 1", "false"],
  ["left < 1n || left >= BigInt(size)", "false"],
  ["left < 1n", "(left <= 1n)"],
]);

const PRUNED_TREE: readonly Flip[] = flipsOf("proofs/pruned-tree/pruned-tree", [
  ["position < shape.length", "false"],
  ["shape[position] === INNER", "false"],
  ["level > deepest", "false"],
  [
    "export function treeRoot(tree, hasher, onInner) {\n    const waiting = [];\n    let rank = bottomCount(tree);\n    for (let position = tree.shape.length - 1; position >= 0; position--) {",
    "export function treeRoot(tree, hasher, onInner) {\n    const waiting = [];\n    let rank = bottomCount(tree);\n    for (let position = tree.shape.length - 1; false; position--) {",
  ],
  [
    "export function treeRoot(tree, hasher, onInner) {\n    const waiting = [];\n    let rank = bottomCount(tree);\n    for (let position = tree.shape.length - 1; position >= 0; position--) {\n        if (tree.shape[position] === BOTTOM) {",
    "export function treeRoot(tree, hasher, onInner) {\n    const waiting = [];\n    let rank = bottomCount(tree);\n    for (let position = tree.shape.length - 1; position >= 0; position--) {\n        if (false) {",
  ],
  ["onInner?.(position, node)", "onInner.(position, node)"],
  ["!equalBytes(computed, root)", "false"],
  [
    "export function nodeAt(tree, position) {\n    if (tree.shape[position] === BOTTOM)",
    "export function nodeAt(tree, position) {\n    if (false)",
  ],
  ["level < path.length", "false"],
  [
    "for (let level = 0; level < path.length; level++) {\n        if (tree.shape[position] === BOTTOM)",
    "for (let level = 0; level < path.length; level++) {\n        if (false)",
  ],
  ["onInner?.(position)", "onInner.(position)"],
  ["path[level] === 0 ? position + 1 : tree.link[position]", "(position + 1)"],
  ["position !== undefined", "false"],
  ["open[position] === 1", "false"],
  ["index < nodes.length", "false"],
  [
    "const link = new Uint32Array(tree.shape.length);\n    const waiting = [];\n    let rank = bottomCount(tree);\n    for (let position = tree.shape.length - 1; position >= 0;",
    "const link = new Uint32Array(tree.shape.length).fill(tree.shape.length);\n    const waiting = [];\n    let rank = bottomCount(tree);\n    for (let position = tree.shape.length - 1; position > 0;",
  ],
  [
    "if (tree.shape[position] === BOTTOM) {\n            rank -= 1;\n            link[position]",
    "if (tree.shape[position] === BOTTOM || position === 0) {\n            rank -= 1;\n            link[position]",
  ],
]);

/** Of indices, which `sparse` does not have. */
const PRUNED_TREE_OF_SSZ: readonly Flip[] = inEach(
  ["ssz"],
  flipsOf("proofs/pruned-tree/pruned-tree", [["if (kind === INNER)", "if (false)"]]),
);

export const PRUNED_TREE_FLIPS: readonly Flip[] = [
  ...inEach(["ssz", "sparse"], COMPACT),
  ...inEach(["ssz", "sparse"], ENCODING),
  ...FROM_BOTTOMS,
  ...inEach(["ssz", "sparse"], MERGE),
  ...inEach(["ssz", "sparse"], OFFSETS),
  ...inEach(["ssz", "sparse"], PRUNED_TREE),
  ...PRUNED_TREE_OF_SSZ,
];
