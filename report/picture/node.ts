/**
 * The nodes of a drawn tree: a pruned tree of any encoding and backend, which may have been read only in part. An attacker
 * chooses the depth of a tree, so no function here recurses.
 */
import type { Bytes32 } from "../../reference/core/bytes.ts";
import { toBytes32 } from "../../reference/core/bytes.ts";
import { childOf, type Gindex, gindexPath, ROOT_GINDEX } from "../../reference/core/gindex.ts";
import { createNodeHasher } from "../../reference/core/hash.ts";

/**
 * The role of a node. A bottom node is a node of the proof without children in the proof.
 *
 *   inner    computed from its children
 *   claim    requested, or named by the proof
 *   written  assigned a new value
 *   helper   a bottom node that is needed to compute the root
 *   bottom   a bottom node of a proof whose claims are unknown
 *   zero     the root of an empty subtree, which proves the absence of every leaf below it
 *   absent   an empty leaf
 *   cut      a node of the whole tree that the proof omits
 *   missing  a node that the tree needs, but the proof does not contain
 */
export type NodeKind = "inner" | "claim" | "written" | "helper" | "bottom" | "zero" | "absent" | "cut" | "missing";

/** A key below a bottom node, outside of the proof. */
export interface Continuation {
  readonly gindex: Gindex;
  /** The part of the request that names the key, for example `keys[0]`. */
  readonly label: string;
  /** The number of levels between the bottom node and the key. */
  readonly levels: number;
  readonly fault: string | undefined;
  /** Whether it is below an empty subtree, so that the proof shows its absence. */
  readonly isAbsent: boolean;
}

/** A node. It is mutable while its tree is built and marked; drawing only reads it. */
export interface PictureNode {
  readonly gindex: Gindex;
  kind: NodeKind;
  /** The value in the proof or, for an inner node, the hash of its children. */
  value: Uint8Array | undefined;
  /** Its position in the proof, for example `leaves[0]`; empty for a computed node. */
  listed: string;
  /** The parts of the request that name it, for example `keys[0]`. */
  readonly requestedBy: string[];
  /** Other remarks, for example that it is a zero hash. */
  readonly notes: string[];
  /** The checks that fail at this node. */
  readonly faults: string[];
  /** k if the value is Z[k], the root of an empty subtree of k levels. */
  zeroLevel: number | undefined;
  /** Left and right child; a node has both or none. */
  children: readonly [PictureNode, PictureNode] | undefined;
  readonly below: Continuation[];
}

export function createNode(gindex: Gindex, kind: NodeKind): PictureNode {
  return {
    gindex,
    kind,
    value: undefined,
    listed: "",
    requestedBy: [],
    notes: [],
    faults: [],
    zeroLevel: undefined,
    children: undefined,
    below: [],
  };
}

export function createRoot(): PictureNode {
  return createNode(ROOT_GINDEX, "missing");
}

/** Adds two `missing` children to a node. */
export function openNode(node: PictureNode): readonly [PictureNode, PictureNode] {
  node.kind = "inner";
  node.children = [createNode(childOf(node.gindex, 0), "missing"), createNode(childOf(node.gindex, 1), "missing")];
  return node.children;
}

/** Returns every node: ancestors before descendants, left before right. */
export function preOrder(root: PictureNode): PictureNode[] {
  const nodes: PictureNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    if (node.children !== undefined) pending.push(node.children[1], node.children[0]);
  }
  return nodes;
}

/** Returns the node at `gindex` or, if the tree ends above it, the bottom node above it. */
export function descendTo(root: PictureNode, gindex: Gindex): { readonly node: PictureNode; readonly levels: number } {
  const path = gindexPath(gindex);
  let node = root;
  for (const [level, side] of path.entries()) {
    if (node.children === undefined) return { node, levels: path.length - level };
    node = node.children[side];
  }
  return { node, levels: 0 };
}

/**
 * Computes every inner node whose children have values. A node with a value in the proof keeps that value, like a verifier
 * that leaves one of the two unchecked; `onConflict` is called when the two values differ.
 */
export function hashNodes(root: PictureNode, onConflict: (node: PictureNode, computed: Bytes32) => void): void {
  const hasher = createNodeHasher();
  for (const node of preOrder(root).reverse()) {
    if (node.children === undefined) continue;
    const [left, right] = node.children.map(({ value }) => (value === undefined ? undefined : toBytes32(value)));
    if (left === undefined || right === undefined) continue;
    const computed = hasher.hashPair(left, right);
    if (node.value === undefined) node.value = computed;
    else if (node.value.some((byte, index) => byte !== computed[index])) onConflict(node, computed);
  }
}
