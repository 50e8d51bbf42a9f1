/**
 * The nodes of a drawn tree: what a pruned tree shows, whatever encoding and backend it comes from, and also when only a
 * part of it could be read. Trees are as deep as an attacker likes, so no walk here recurses.
 */
import type { Bytes32 } from "../../reference/core/bytes.ts";
import { toBytes32 } from "../../reference/core/bytes.ts";
import { childOf, type Gindex, gindexPath, ROOT_GINDEX } from "../../reference/core/gindex.ts";
import { createNodeHasher } from "../../reference/core/hash.ts";

/**
 * What a node is to the reader:
 *
 *   inner    computed from its children
 *   claim    asked for, or named by the proof
 *   written  gets a new value
 *   helper   a bottom that is there to compute the root
 *   bottom   a bottom of a proof of which nothing says what it claims
 *   zero     the root of an empty subtree, which proves that nothing lies beneath
 *   absent   an empty leaf
 *   cut      a node of the whole tree that the proof leaves out
 *   missing  a node that the tree needs and that is not there
 */
export type NodeKind = "inner" | "claim" | "written" | "helper" | "bottom" | "zero" | "absent" | "cut" | "missing";

/** A key that lies below a bottom: its path goes on where the proof ends. */
export interface Continuation {
  readonly gindex: Gindex;
  /** Who asks, say `keys[0]`. */
  readonly label: string;
  /** Levels between the bottom and the key. */
  readonly levels: number;
  readonly fault: string | undefined;
  /** Beneath an empty subtree: an answer, not a gap. */
  readonly isAbsent: boolean;
}

/** A node while its tree is built and marked; who draws it only reads. */
export interface PictureNode {
  readonly gindex: Gindex;
  kind: NodeKind;
  /** What the proof gives or, for an inner node, what its children hash to. */
  value: Uint8Array | undefined;
  /** Where the proof gives it, say `leaves[0]`; empty for what is computed. */
  listed: string;
  /** Who asks for it, say `keys[0]`. */
  readonly asked: string[];
  /** What else is to be known of it, say that it is a zero hash. */
  readonly notes: string[];
  /** Why a check failed here. */
  readonly faults: string[];
  /** k where the value is Z[k], the root of an empty subtree of k levels. */
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
    asked: [],
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

/** Gives a node its two children, both missing still. */
export function openNode(node: PictureNode): readonly [PictureNode, PictureNode] {
  node.kind = "inner";
  node.children = [createNode(childOf(node.gindex, 0), "missing"), createNode(childOf(node.gindex, 1), "missing")];
  return node.children;
}

/** Every node, an ancestor before what lies below it, left before right. */
export function preOrder(root: PictureNode): PictureNode[] {
  const nodes: PictureNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node);
    if (node.children !== undefined) waiting.push(node.children[1], node.children[0]);
  }
  return nodes;
}

/** The node at `gindex` or, when the tree ends above it, the bottom above it. */
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
 * Computes every inner node whose children are there. A node that the proof gives too keeps what it is given, which is
 * what a reader does that leaves the one of the two unchecked; `onConflict` hears of it when they differ.
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
