/** Builds the nodes of a picture: from a shape, which may break off, or from nodes whose places are known. */
import { type Gindex, gindexDepth, gindexPath } from "../../reference/core/gindex.ts";
import { INNER } from "../../reference/proofs/pruned-tree/pruned-tree.ts";
import { GINDEX_SPACE } from "./key-space.ts";
import { createRoot, type NodeKind, openNode, type PictureNode } from "./node.ts";
import { shortBytes } from "./words.ts";

/** Most nodes of a tree that is drawn. Drawing folds and collapses, so this is about memory, not about paper. */
export const MOST_NODES = 2 ** 18;

/** Most levels that all the paths to the nodes of a tree may have together. */
const MOST_LEVELS = 2 ** 22;

/** A node that the proof gives. */
export interface GivenNode {
  readonly value: Uint8Array | undefined;
  readonly listed: string;
  readonly kind: NodeKind;
  readonly faults?: readonly string[];
}

/** A node that the proof gives together with its place. */
export interface PlacedNode extends GivenNode {
  readonly gindex: Gindex;
}

/** The tree of a shape in pre-order. Where the shape breaks off, what would follow is missing. */
export function treeOfShape(shape: ArrayLike<number>, bottomOf: (rank: number) => GivenNode): PictureNode {
  const root = createRoot();
  const waiting = [root];
  let rank = 0;
  for (let position = 0; position < shape.length; position++) {
    const node = waiting.pop() as PictureNode;
    if (shape[position] === INNER) {
      const [left, right] = openNode(node);
      waiting.push(right, left);
    } else {
      giveTo(node, bottomOf(rank++));
    }
  }
  return root;
}

/**
 * The smallest tree that has all `placed` as nodes, be they nested, repeated or incomplete.
 *
 * Output: the tree, the bottoms that nothing was placed at (`slots`), and those of them that nothing was placed above
 *         either (`gaps`), both from left to right; nothing when it would be too large to draw.
 */
export function treeOfPlaced(
  placed: readonly PlacedNode[],
): { readonly root: PictureNode; readonly slots: PictureNode[]; readonly gaps: PictureNode[] } | undefined {
  const levels = placed.reduce((sum, { gindex }) => sum + gindexDepth(gindex), 0);
  if (levels > MOST_LEVELS) return undefined;
  const root = createRoot();
  let nodes = 1;
  for (const given of placed) {
    let node = root;
    for (const side of gindexPath(given.gindex)) {
      if (node.children === undefined) nodes += 2;
      if (nodes > MOST_NODES) return undefined;
      const { kind } = node;
      const children = node.children ?? openNode(node);
      if (node.listed !== "") node.kind = kind;
      node = children[side];
    }
    if (node.listed === "") giveTo(node, given);
    else repeat(node, given);
  }
  return { root, ...markNested(root) };
}

export function giveTo(node: PictureNode, { value, listed, kind, faults = [] }: GivenNode): void {
  node.kind = kind;
  node.value = value;
  node.listed = listed;
  node.faults.push(...faults);
  if (value !== undefined && value.length !== 32 && faults.length === 0) {
    node.faults.push(`${value.length} bytes, not 32`);
  }
}

function repeat(node: PictureNode, { value, listed, faults = [] }: GivenNode): void {
  const values = [node.value, value].map((bytes) => (bytes === undefined ? "nothing" : shortBytes(bytes)));
  const which = values[0] === values[1] ? `both ${values[0]}` : `${values[0]} and ${values[1]}`;
  node.faults.push(`given twice, as ${node.listed} and ${listed}: ${which}`, ...faults);
  node.listed += ` ${listed}`;
}

/** Marks what is given beneath a given node, and finds the bottoms that are not given. */
function markNested(root: PictureNode): { slots: PictureNode[]; gaps: PictureNode[] } {
  const slots: PictureNode[] = [];
  const gaps: PictureNode[] = [];
  const waiting: [PictureNode, PictureNode | undefined][] = [[root, undefined]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, outer] = next;
    const isGiven = node.listed !== "";
    if (isGiven && outer !== undefined) {
      node.faults.push(`lies beneath ${GINDEX_SPACE.nameOf(outer.gindex)}, given too as ${outer.listed}`);
    }
    if (node.children !== undefined) {
      const inner = isGiven ? node : outer;
      waiting.push([node.children[1], inner], [node.children[0], inner]);
    } else if (!isGiven) {
      slots.push(node);
      if (outer === undefined) gaps.push(node);
    }
  }
  return { slots, gaps };
}
