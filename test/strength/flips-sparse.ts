/** Flips of `sparse`. */
import { type Flip, flipsOf } from "./flip.ts";

const CANONICAL: readonly Flip[] = flipsOf("proofs/sparse/canonical", [
  ["deepest > depth", "false"],
  ["position < shape.length", "false"],
  ["shape[position] === BOTTOM || shape[left] === INNER || shape[right] === INNER", "false"],
  ["shape[position] === BOTTOM || shape[left] === INNER", "shape[position] === BOTTOM"],
  ["shape[position] === BOTTOM", "(shape[position] !== BOTTOM)"],
  ["[left, right].filter((child) => isZeroNode(bottomAt(tree, link[child]), height))", "[left, right]"],
  ["zeros === 2 || (zeros === 0 && height > 0)", "false"],
  ["zeros === 0 && height > 0", "zeros === 0"],
  ["height > 0", "(height >= 0)"],
  [
    'zeros === 2 ? "splits a zero subtree" : "decides no key"',
    '("splits a zero subtree")',
    "only the words of the error differ",
  ],
  ["position >= 0", "false"],
  ["shape[position] === INNER && !isZero", "shape[position] === INNER"],
  [
    "shape[position] === INNER && !isZero && (decides[position + 1] | decides[link[position]]) === 1",
    "shape[position] === INNER && !isZero",
  ],
  ["opens || isZero", "opens"],
  ["opens || isZero || height === 0", "opens || isZero"],
  ["opens || isZero || height === 0 ? 1 : 0", "(1)"],
  ["decide(tree, key, depth) === undefined", "false"],
  ["isZeroNode(nodeAt(tree, at), depth - level)", "false"],
  ["opens ? 1 : 0", "0"],
]);

const KEYS: readonly Flip[] = flipsOf("proofs/sparse/keys", [
  ["depth >= 1 && depth <= MAX_DEPTH", "false"],
  ["depth >= 1", "(depth > 1)"],
  ["path === undefined", "false"],
  ["level < MAX_DEPTH", "false"],
  ["bitAt(path, level) === 0", "false"],
  ["value === null", "false"],
  ["leaf === undefined", "false"],
  ["isZeroNode(leaf, 0) ? null : leaf", "(null)"],
  ["end < to && bitAt(leaves[end].key, level) === 0", "end < to"],
  ["end < to", "(end <= to)"],
]);

const LOOK_UP: readonly Flip[] = flipsOf("proofs/sparse/look-up", [
  ["isZeroNode(node, levelsBelow)", "false"],
  ["levelsBelow === 0 ? node : undefined", "(node)"],
  ["value === undefined", "false"],
]);

const PROVE: readonly Flip[] = flipsOf("proofs/sparse/prove", [
  ["lastLeaves(leaves).filter((leaf) => leaf.value !== null)", "lastLeaves(leaves)"],
  ["node !== undefined", "false"],
  ["|| fromAsked === toAsked) {", ") {"],
  ["level === depth || fromEntry === toEntry", "level === depth"],
  ["level === depth", "(level !== depth)"],
  ["entries.length === 0", "false"],
  ["next === undefined ? level : firstDifferentBit(key, next.key) + 1", "(level)"],
  ["at > target", "false"],
  ["waiting.at(-1)?.level === at", "false"],
  ["waiting.at(-1)?.level", "waiting.at(-1).level"],
  ["bitAt(key, at - 1) === 0", "false"],
  ["a[index] === b[index]", "false"],
]);

const SPARSE: readonly Flip[] = flipsOf("proofs/sparse/sparse", [
  ["context.isStrict", "false"],
  ["if (isStrict)", "if (false)"],
  ["keys !== undefined", "false"],
  ["proofs.length === 0", "false"],
]);

const UPDATE: readonly Flip[] = flipsOf("proofs/sparse/update", [
  ["value !== null || before.get(toHex(key)) !== null", "value !== null"],
  ["value !== null", "(value === null)"],
  ["visit !== undefined", "false"],
  ["position !== undefined && tree.shape[position] === INNER", "position !== undefined"],
  ["!isInner && (from === to || level === depth)", "false"],
  ["from === to || level === depth", "from === to"],
  ["from === to", "(from !== to)"],
  ["from < to", "false"],
  ["changes[from].value ?? ZERO_NODES[0]", "changes[from].value"],
  [
    "position === undefined ? ZERO_NODES[depth - level] : bottomAt(tree, tree.link[position])",
    "(ZERO_NODES[depth - level])",
  ],
  ["isInner ? [position + 1, tree.link[position]] : []", "([position + 1, tree.link[position]])"],
  [
    "written === undefined ? lookUp(this.#tree, key, this.#depth) : written.value",
    "(lookUp(this.#tree, key, this.#depth))",
  ],
  ["written === undefined && decide(this.#tree, key, this.#depth) === undefined", "false"],
  [
    "if (written === undefined && decide(this.#tree, key, this.#depth) === undefined)",
    "if ((written !== undefined) && decide(this.#tree, key, this.#depth) === undefined)",
  ],
  ["written === undefined ? proven : written.value", "(proven)"],
]);

const WRITTEN_TREE: readonly Flip[] = flipsOf("proofs/sparse/written-tree", [
  [
    "patch.children[side] ??= {\n                position: this.#childPosition(patch, side),\n                children: [undefined, undefined],\n                hash: undefined,\n            }",
    "patch.children[side] = {\n                position: this.#childPosition(patch, side),\n                children: [undefined, undefined],\n                hash: undefined,\n            }",
  ],
  ["value ?? ZERO_NODES[0]", "value"],
  ["visit !== undefined", "false"],
  ["patch === undefined || patch.hash !== undefined", "false"],
  ["patch === undefined", "(patch !== undefined)"],
  ["position === undefined || this.#tree.shape[position] === BOTTOM", "false"],
  [
    "if (position === undefined || this.#tree.shape[position] === BOTTOM)",
    "if ((position !== undefined) || this.#tree.shape[position] === BOTTOM)",
  ],
  ["side === 0 ? position + 1 : this.#tree.link[position]", "(position + 1)"],
  ["written !== undefined", "false"],
  [
    "position === undefined ? ZERO_NODES[this.#depth - level] : nodeAt(this.#tree, position)",
    "(ZERO_NODES[this.#depth - level])",
  ],
]);

export const SPARSE_FLIPS: readonly Flip[] = [
  ...CANONICAL,
  ...KEYS,
  ...LOOK_UP,
  ...PROVE,
  ...SPARSE,
  ...UPDATE,
  ...WRITTEN_TREE,
];
