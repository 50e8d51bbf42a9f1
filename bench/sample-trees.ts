/** Trees to measure with, the same in every run. */
import { BOTTOM, INNER, type PrunedTree } from "../reference/proofs/pruned-tree/pruned-tree.ts";

/** A tree of `count` bottoms that is as balanced as can be, its bottoms filled with `nodes`. */
export function balancedTree(count: number): PrunedTree {
  return { shape: shapeOf(count, (size) => size >> 1), bottoms: fillNodes(count) };
}

/** A tree of `count` bottoms that goes down to the left all the way: as deep as can be. */
export function combTree(count: number): PrunedTree {
  return { shape: shapeOf(count, (size) => size - 1), bottoms: fillNodes(count) };
}

/** `leftOf` says how many of a subtree's bottoms lie on its left. */
function shapeOf(count: number, leftOf: (size: number) => number): Uint8Array {
  const shape = new Uint8Array(2 * count - 1);
  const waiting = [count];
  for (let position = 0; position < shape.length; position++) {
    const size = waiting.pop() as number;
    shape[position] = size === 1 ? BOTTOM : INNER;
    if (size > 1) waiting.push(size - leftOf(size), leftOf(size));
  }
  return shape;
}

/** Nodes that differ from each other. */
export function fillNodes(count: number): Uint8Array {
  const nodes = new Uint8Array(32 * count);
  const view = new DataView(nodes.buffer);
  for (let index = 0; index < count; index++) view.setUint32(32 * index, index + 1);
  return nodes;
}
