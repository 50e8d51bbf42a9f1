/** Builds the nodes of a picture: from a shape, which may be incomplete, or from nodes with known indices. */
import { type Gindex, gindexDepth, gindexPath } from "../../reference/core/gindex.ts";
import { INNER } from "../../reference/proofs/pruned-tree/pruned-tree.ts";
import { GINDEX_SPACE } from "./key-space.ts";
import { createRoot, type NodeKind, openNode, type PictureNode } from "./node.ts";
import { shortBytes } from "./words.ts";

/** The maximum number of nodes of a drawn tree. Drawing folds large trees, so this only limits memory. */
export const MOST_NODES = 2 ** 18;

/** The maximum total length of the paths to all nodes of a tree. */
const MOST_LEVELS = 2 ** 22;

/** A node that the proof contains. */
export interface ProofNode {
  readonly value: Uint8Array | undefined;
  readonly listed: string;
  readonly kind: NodeKind;
  readonly faults?: readonly string[];
}

/** A node that the proof contains, with its index. */
export interface PlacedNode extends ProofNode {
  readonly gindex: Gindex;
}

/** Builds the tree of a shape in pre-order. If the shape is incomplete, the remaining nodes are `missing`. */
export function treeOfShape(shape: ArrayLike<number>, bottomOf: (rank: number) => ProofNode): PictureNode {
  const root = createRoot();
  const pending = [root];
  let rank = 0;
  for (let position = 0; position < shape.length; position++) {
    const node = pending.pop() as PictureNode;
    if (shape[position] === INNER) {
      const [left, right] = openNode(node);
      pending.push(right, left);
    } else {
      assignNode(node, bottomOf(rank++));
    }
  }
  return root;
}

/**
 * Builds the smallest tree that contains all `placed` nodes, which may be nested, repeated or incomplete.
 *
 * Output: the tree; `slots`, the bottom nodes without a placed node; `gaps`, the slots without a placed node above them;
 *         both from left to right. Undefined when the tree would be too large to draw.
 */
export function treeOfPlaced(
  placed: readonly PlacedNode[],
): { readonly root: PictureNode; readonly slots: PictureNode[]; readonly gaps: PictureNode[] } | undefined {
  const levels = placed.reduce((sum, { gindex }) => sum + gindexDepth(gindex), 0);
  if (levels > MOST_LEVELS) return undefined;
  const root = createRoot();
  let nodes = 1;
  for (const item of placed) {
    let node = root;
    for (const side of gindexPath(item.gindex)) {
      if (node.children === undefined) nodes += 2;
      if (nodes > MOST_NODES) return undefined;
      const { kind } = node;
      const children = node.children ?? openNode(node);
      if (node.listed !== "") node.kind = kind;
      node = children[side];
    }
    if (node.listed === "") assignNode(node, item);
    else repeat(node, item);
  }
  return { root, ...markNested(root) };
}

export function assignNode(node: PictureNode, { value, listed, kind, faults = [] }: ProofNode): void {
  node.kind = kind;
  node.value = value;
  node.listed = listed;
  node.faults.push(...faults);
  if (value !== undefined && value.length !== 32 && faults.length === 0) {
    node.faults.push(`${value.length} bytes; expected 32`);
  }
}

function repeat(node: PictureNode, { value, listed, faults = [] }: ProofNode): void {
  const values = [node.value, value].map((bytes) => (bytes === undefined ? "no value" : shortBytes(bytes)));
  const which = values[0] === values[1] ? `both ${values[0]}` : `${values[0]} and ${values[1]}`;
  node.faults.push(`given twice, as ${node.listed} and ${listed}: ${which}`, ...faults);
  node.listed += ` ${listed}`;
}

/** Marks nodes of the proof below other nodes of the proof, and finds the bottom nodes that it does not contain. */
function markNested(root: PictureNode): { slots: PictureNode[]; gaps: PictureNode[] } {
  const slots: PictureNode[] = [];
  const gaps: PictureNode[] = [];
  const pending: [PictureNode, PictureNode | undefined][] = [[root, undefined]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, outer] = next;
    const isGiven = node.listed !== "";
    if (isGiven && outer !== undefined) {
      node.faults.push(`is below ${GINDEX_SPACE.nameOf(outer.gindex)}, which is also given as ${outer.listed}`);
    }
    if (node.children !== undefined) {
      const inner = isGiven ? node : outer;
      pending.push([node.children[1], inner], [node.children[0], inner]);
    } else if (!isGiven) {
      slots.push(node);
      if (outer === undefined) gaps.push(node);
    }
  }
  return { slots, gaps };
}
