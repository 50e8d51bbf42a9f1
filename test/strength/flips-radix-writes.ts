/** Flips of how `radix` proves and writes. */
import { type Flip, flipsOf } from "./flip.ts";

const PIECES: readonly Flip[] = flipsOf("proofs/radix/pieces", [
  ["task !== undefined; task = waiting.pop()) {", "false; task = waiting.pop()) {"],
  ['if ("parts" in task)', "if (false)"],
  ['else if ("leaves" in task)', "else if (false)"],
  ["if (this.#shared === undefined || ", "if ("],
  ["|| shared.bits < this.#shared.bits)", "|| true)"],
  ["shared: this.pieces.length === 0 ? undefined : this.#shared", "shared: this.#shared"],
  [
    "for (let index = from; index < to; index++) {\n            const { key, value }",
    "for (let index = from; index < to - 1; index++) {\n            const { key, value }",
  ],
  ["if (index > from)", "if (index > from + 1)"],
  ["if (value !== null)", "if (true)"],
  ["if (isEmptyRoot(root))", "if (false)"],
  ["else if (from === to)", "else if (false)"],
  ["else if (node === undefined)", "else if (false)"],
  ["else if (node.isLeaf)", "else if (false)"],
  ["while (at < to && ", "while ("],
  ["&& compareBytes(this.#changes[at].key, key) < 0)", "&& false)"],
  [
    "if (at < to && compareBytes(this.#changes[at].key, key) === 0) {",
    "if (compareBytes(this.#changes[at].key, key) === 0) {",
  ],
  ["if (at < to && compareBytes(this.#changes[at].key, key) === 0) {", "if (false) {"],
  ["if (from < at)", "if (false)"],
  ["if (at < to)\n            this.#part", "if (false)\n            this.#part"],
  [
    "if (node === undefined || node.isLeaf)",
    "if (node.isLeaf)",
    "only internal nodes are handed to it; the line tells the compiler so",
  ],
  [
    "if (node === undefined || node.isLeaf)",
    "if (false)",
    "only internal nodes are handed to it; the line tells the compiler so",
  ],
  ["if (parting === 8 * key.length)", "if (false)"],
  ["if (parting === branch)", "if (false)"],
  ["return bit === 0 ? -1 : 2;", "return bit === 0 ? 2 : -1;"],
  [
    "for (let index = from; index < to; index++) {\n            for (let where",
    "for (let index = from; index < to - 1; index++) {\n            for (let where",
  ],
  ["where < 3; where++)", "where < 2; where++)"],
  ["if (from < left)", "if (false)"],
  ["if (left === right) {", "if (false) {"],
  ["node: side === 0 ? node.left : node.right,", "node: node.left,"],
  ["if (right < to)", "if (false)"],
]);

const BUILD: readonly Flip[] = flipsOf("proofs/radix/build", [
  ["shared?.bits ?? NOTHING", "shared.bits ?? NOTHING"],
  ["shared?.bits ?? NOTHING", "shared?.bits ?? 0"],
  ["const next = bitsOf(pieces[index + 1]?.shared);", "const next = bitsOf(pieces[index + 1].shared);"],
  ["while (bitsOf(waiting.at(-1)?.shared) > next) {", "while (false) {"],
  ["waiting.at(-1)?.shared", "waiting.at(-1).shared", "what was pushed last is there"],
  ["return whole === undefined ? {", "return false ? {"],
  ["if (place === undefined || ", "if (", "it is asked about deletions alone, which make no leaf"],
  ["|| startOf(pieces, index) >= place.start)", ")"],
  [
    "if (node === undefined)\n            throw unopened(place.start);",
    "if (false)\n            throw unopened(place.start);",
  ],
  ["bitsOf(pieces[index + 1]?.shared)) + 1;", "NOTHING) + 1;"],
  ["if (!node?.isLeaf)", "if (!node.isLeaf)"],
  ["if (!node?.isLeaf)", "if (true)"],
  ["if (bitsOf(pieces[index + 1]?.shared) < 8 * key.length)", "if (bitsOf(pieces[index + 1].shared) < 8 * key.length)"],
  ["if (bitsOf(pieces[index + 1]?.shared) < 8 * key.length)", "if (true)"],
  [
    "if (old === undefined || root === undefined) {",
    "if (old === undefined) {",
    "both are left out together, for a leaf that is new",
  ],
  [
    "if (old === undefined || root === undefined) {",
    "if (root === undefined) {",
    "both are left out together, for a leaf that is new",
  ],
  ["if (start === old.start)", "if (false)"],
  ["if (node === undefined)\n        throw unopened(old.start);", "if (false)\n        throw unopened(old.start);"],
  ["if (node.isLeaf)\n        return { node, root };", "if (false)\n        return { node, root };"],
  ["const moved = start < old.start ?", "const moved = start > old.start ?"],
]);

const PROVE: readonly Flip[] = flipsOf("proofs/radix/prove", [
  [
    "if (decide(tree, key, (node) => needed.add(node)) === undefined)",
    "if (decide(tree, key, (node) => needed.add(node)) === null)",
  ],
  ["if (node === undefined || !kept.has(node))", "if (!kept.has(node))", "what is not there is not kept either"],
  ["if (node === undefined || !kept.has(node))", "if (node === undefined)"],
  ["return node.isLeaf ? node : { ...node };", "return node;", "the tree that is cut down is not looked at again"],
  ["while (waiting.length > 0) {", "while (false) {"],
  ["if (node === undefined || node.isLeaf)", "if (node.isLeaf)"],
  ["if (node === undefined || node.isLeaf)", "if (node === undefined)", "a leaf has no children to be cut off"],
  ["if (top === undefined)", "if (false)"],
  ["else if (other.top !== undefined)", "else if (true)"],
  ["pair !== undefined; pair = waiting.pop()) {", "false; pair = waiting.pop()) {"],
  ["if (pair.into.isLeaf || pair.from.isLeaf)", "if (pair.from.isLeaf)", "both are the same node"],
  ["if (pair.into.isLeaf || pair.from.isLeaf)", "if (pair.into.isLeaf)", "both are the same node"],
  ["if (other === undefined)", "if (false)"],
  ["if (known === undefined)", "if (false)"],
]);

const UPDATE: readonly Flip[] = flipsOf("proofs/radix/update", [
  [
    "return changes.length === 0 ? tree :",
    "return false ? tree :",
    "a tree that is cut nowhere is put together as it was",
  ],
  ["return written === undefined ? lookUp(this.#tree, key) : written.value;", "return lookUp(this.#tree, key);"],
  ["this.#overlay.get(key) ?? this.#proven(key)", "this.#overlay.get(key)"],
  ["changes.filter((change) => change !== undefined && ", "changes.filter((change) => "],
  [
    "&& !this.#holds(change));",
    ");",
    "what is written again to the same makes the same tree, once the nodes are there that the first time needed",
  ],
  [
    "return value === undefined ? undefined : {",
    "return false ? undefined : {",
    "what is not decided is not decided in the last root either, and so held to be the same",
  ],
  ["if (rooted === undefined || rooted === null || value === null)", "if (rooted === null || value === null)"],
  ["|| rooted === null || ", "|| "],
  ["|| value === null)", ")"],
]);

const RADIX: readonly Flip[] = flipsOf("proofs/radix/radix", [
  ["if (keys !== undefined)", "if (false)"],
  ["if (proofs.length === 0)", "if (false)"],
]);

export const RADIX_WRITE_FLIPS: readonly Flip[] = [...PIECES, ...BUILD, ...PROVE, ...UPDATE, ...RADIX];
