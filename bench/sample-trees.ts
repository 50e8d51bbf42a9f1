/** Trees for benches, the same in every run. */
import { BOTTOM, INNER, type PrunedTree } from "../reference/proofs/pruned-tree/pruned-tree.ts";

/** Returns a tree with `count` terminal nodes that is as balanced as possible. */
export function balancedTree(count: number): PrunedTree {
  return { shape: shapeOf(count, (size) => size >> 1), bottoms: fillNodes(count) };
}

/** Returns a tree with `count` terminal nodes that only descends to the left, so that it is as deep as possible. */
export function combTree(count: number): PrunedTree {
  return { shape: shapeOf(count, (size) => size - 1), bottoms: fillNodes(count) };
}

/** Input: `leftOf`, the number of terminal nodes in the left child of a subtree. */
function shapeOf(count: number, leftOf: (size: number) => number): Uint8Array {
  const shape = new Uint8Array(2 * count - 1);
  const pending = [count];
  for (let position = 0; position < shape.length; position++) {
    const size = pending.pop() as number;
    shape[position] = size === 1 ? BOTTOM : INNER;
    if (size > 1) pending.push(size - leftOf(size), leftOf(size));
  }
  return shape;
}

/** Returns `count` different nodes. */
export function fillNodes(count: number): Uint8Array {
  const nodes = new Uint8Array(32 * count);
  const view = new DataView(nodes.buffer);
  for (let index = 0; index < count; index++) view.setUint32(32 * index, index + 1);
  return nodes;
}
