/** `prove`, `extract` and `merge`: decides which nodes of a tree are open. */
import type { NodeHasher } from "../../core/hash.ts";
import { buildTree, movedUp } from "./build.ts";
import { type Change, type Key, lastChanges, uncovered } from "./keys.ts";
import { decide } from "./look-up.ts";
import { childOf, EMPTY_ROOT, type OpenNode, setChild, type Tree } from "./node.ts";
import { cutTree } from "./pieces.ts";

/**
 * Builds the whole tree with every node open.
 *
 * Req:    PROOF-RADIX-030.
 * Errors: invalid-argument for a key that is a prefix of another.
 * Cost:   one hash per node.
 */
export function wholeTree(entries: readonly Change[], hasher: NodeHasher): Tree {
  return buildTree(cutTree({ root: EMPTY_ROOT, top: undefined }, lastChanges(entries)), hasher);
}

/**
 * Closes every node except those that decide `keys` and `deletes` and those that are needed to delete all of `deletes`.
 *
 * Req:    PROOF-RADIX-075, PROOF-RADIX-076, PROOF-RADIX-077, PROOF-RADIX-078, PROOF-RADIX-092, PROOF-RADIX-093.
 * Errors: incomplete for the first key that the tree does not decide, and for a sibling that is not open.
 */
export function cutDown(tree: Tree, keys: readonly Key[], deletes: readonly Key[]): Tree {
  const needed = new Set<OpenNode>();
  for (const key of [...keys, ...deletes]) {
    if (decide(tree, key, (node) => needed.add(node)) === undefined) throw uncovered(key);
  }
  const without = lastChanges(deletes.map((key) => ({ key, value: null })));
  for (const node of movedUp(cutTree(tree, without))) needed.add(node);
  return prune(tree, needed);
}

/** Closes all nodes except `kept`. Input: `kept` holds all nodes above each of its nodes. */
function prune(tree: Tree, kept: ReadonlySet<OpenNode>): Tree {
  const copyOf = (node: OpenNode | undefined): OpenNode | undefined => {
    if (node === undefined || !kept.has(node)) return undefined;
    return node.isLeaf ? node : { ...node };
  };
  const top = copyOf(tree.top);
  const pending = [top];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node === undefined || node.isLeaf) continue;
    node.left = copyOf(node.left);
    node.right = copyOf(node.right);
    pending.push(node.right, node.left);
  }
  return { root: tree.root, top };
}

/**
 * Opens every node that one of the trees opens.
 *
 * Req:   PROOF-RADIX-090.
 * Input: at least one tree, all with the same root, so that they agree wherever they are open. The result reuses their nodes.
 * Cost:  one step per node of every tree; no hash, no recursion.
 */
export function mergeTrees([first, ...others]: readonly Tree[]): Tree {
  const { root } = first;
  let { top } = first;
  for (const other of others) {
    if (top === undefined) top = other.top;
    else if (other.top !== undefined) graft(top, other.top);
  }
  return { root, top };
}

/** Opens in `into` what is open in `from`. Input: both are the same node. */
function graft(into: OpenNode, from: OpenNode): void {
  const pending = [{ into, from }];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    if (pair.into.isLeaf || pair.from.isLeaf) continue;
    for (const side of [0, 1] as const) {
      const [known, other] = [childOf(pair.into, side), childOf(pair.from, side)];
      if (other === undefined) continue;
      if (known === undefined) setChild(pair.into, side, other);
      else pending.push({ into: known, from: other });
    }
  }
}
