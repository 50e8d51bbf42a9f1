/** `prove`, `extract` and `merge`: which nodes of a tree are open. */
import type { NodeHasher } from "../../core/hash.ts";
import { buildTree, movedUp } from "./build.ts";
import { type Change, type Key, lastChanges, uncovered } from "./keys.ts";
import { decide } from "./look-up.ts";
import { childOf, EMPTY_ROOT, type OpenNode, setChild, type Tree } from "./node.ts";
import { cutTree } from "./pieces.ts";

/**
 * The whole tree, every node open.
 *
 * Req:    PROOF-RADIX-030.
 * Errors: invalid-argument for a key that is a prefix of another.
 * Cost:   one hash a node.
 */
export function wholeTree(entries: readonly Change[], hasher: NodeHasher): Tree {
  return buildTree(cutTree({ root: EMPTY_ROOT, top: undefined }, lastChanges(entries)), hasher);
}

/**
 * Cuts a tree down to the least that decides `keys` and `deletes`, and lets all of `deletes` be deleted together.
 *
 * Req:    PROOF-RADIX-030, PROOF-RADIX-031, PROOF-RADIX-036.
 * Errors: incomplete for the first key that the tree does not decide; for a sibling that is not open.
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

/** The same tree with no other nodes open than those of `kept`, each of which comes with all above it. */
function prune(tree: Tree, kept: ReadonlySet<OpenNode>): Tree {
  const copyOf = (node: OpenNode | undefined): OpenNode | undefined => {
    if (node === undefined || !kept.has(node)) return undefined;
    return node.isLeaf ? node : { ...node };
  };
  const top = copyOf(tree.top);
  const waiting = [top];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node === undefined || node.isLeaf) continue;
    node.left = copyOf(node.left);
    node.right = copyOf(node.right);
    waiting.push(node.right, node.left);
  }
  return { root: tree.root, top };
}

/**
 * Opens what any of the trees opens.
 *
 * Req:   PROOF-RADIX-035.
 * Input: at least one tree, all of one root, and so alike wherever they are open. Their nodes go into the result.
 * Cost:  one step a node of every tree; no hash, no recursion.
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

/** Opens in `into` what is open in `from`. Both are the same node. */
function graft(into: OpenNode, from: OpenNode): void {
  const waiting = [{ into, from }];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    if (pair.into.isLeaf || pair.from.isLeaf) continue;
    for (const side of [0, 1] as const) {
      const [known, other] = [childOf(pair.into, side), childOf(pair.from, side)];
      if (other === undefined) continue;
      if (known === undefined) setChild(pair.into, side, other);
      else waiting.push({ into: known, from: other });
    }
  }
}
