/** Marks the nodes of a tree for a request: requested and written nodes, keys outside of the proof, a wrong root. */
import { equalBytes, toHex } from "../../reference/core/bytes.ts";
import type { ProofError } from "../../reference/core/errors.ts";
import { type Gindex, gindexDepth } from "../../reference/core/gindex.ts";
import { MAX_GINDEX_BITS } from "../../reference/core/limits.ts";
import { ZERO_NODES } from "../../reference/core/zero-nodes.ts";
import type { KeySpace } from "./key-space.ts";
import { descendTo, hashNodes, type NodeKind, type PictureNode, preOrder } from "./node.ts";
import { shortBytes } from "./words.ts";

/** The maximum number of levels of a recognised empty subtree, in a tree without a fixed depth. */
const ZERO_LEVELS = 64;

/** A key of a request. */
export interface RequestedKey {
  readonly gindex: Gindex;
  /** The part of the request that names it, for example `keys[0]`. */
  readonly label: string;
  /** The kind that its node becomes. */
  readonly kind: "claim" | "written";
  /** The fault if the proof ends above this key; undefined if the request does not fail for that. */
  readonly faultBelow: string | undefined;
  /** The fault if the node of the key is an inner node. */
  readonly faultInner?: string | undefined;
}

/** Hashes the tree, and marks the roots of empty subtrees. */
export function finishValues(root: PictureNode, { leafLevel }: KeySpace): void {
  hashNodes(root, (node, computed) => {
    const value = shortBytes(node.value as Uint8Array);
    node.faults.push(`given as ${value}, but its children hash to ${shortBytes(computed)}`);
  });
  const levels = new Map(
    ZERO_NODES.slice(0, (leafLevel ?? ZERO_LEVELS) + 1).map((node, level) => [toHex(node), level]),
  );
  for (const node of preOrder(root)) {
    const level = node.value === undefined ? undefined : levels.get(toHex(node.value));
    // In a tree of fixed depth, Z[k] is an empty subtree only k levels above the leaves.
    const isPlaced = leafLevel === undefined || leafLevel - gindexDepth(node.gindex) === level;
    if (level === undefined || node.children !== undefined || !isPlaced) continue;
    node.zeroLevel = level;
    node.notes.push(`= Z[${level}]`);
    if (leafLevel !== undefined) node.kind = level === 0 ? "absent" : "zero";
  }
  markTooDeep(root, leafLevel);
}

function markTooDeep(root: PictureNode, leafLevel = MAX_GINDEX_BITS - 1): void {
  const tooDeep = preOrder(root).find(({ gindex }) => gindexDepth(gindex) > leafLevel);
  tooDeep?.faults.push(`below level ${leafLevel}, the lowest level of the tree`);
}

/** Compares the tree with the root in the request. */
export function markRoot(root: PictureNode, expected: Uint8Array): void {
  if (root.value === undefined) return;
  if (equalBytes(root.value, expected)) root.notes.push("= the root");
  else
    root.faults.push(
      `${root.listed === "" ? "hashes to" : "is"} ${shortBytes(root.value)}, the root is ${shortBytes(expected)}`,
    );
}

/** If the request is rejected as non-canonical, marks the node that makes the tree non-canonical. */
export function markShape(root: PictureNode, { class: errorClass, details }: ProofError): void {
  if (errorClass !== "non-canonical") return;
  preOrder(root)[details.position as number]?.faults.push(`${details.fault}: not canonical`);
}

/** Marks the nodes of keys, and the bottom nodes above keys outside of the tree. */
export function markKeys(root: PictureNode, keys: readonly RequestedKey[]): void {
  for (const { gindex, label, kind, faultBelow, faultInner } of keys) {
    const { node, levels } = descendTo(root, gindex);
    if (levels === 0) {
      node.requestedBy.push(label);
      const keeps = kind === "claim" ? node.kind === "written" || isEmpty(node) : false;
      if (node.kind !== "missing" && !keeps) node.kind = kind;
      if (faultInner !== undefined && node.children !== undefined) node.faults.push(faultInner);
      continue;
    }
    const isAbsent = isEmpty(node);
    node.below.push({ gindex, label, levels, fault: isAbsent ? undefined : faultBelow, isAbsent });
  }
}

function isEmpty({ kind }: PictureNode): boolean {
  return kind === "zero" || kind === "absent";
}

/** Renames unclaimed bottom nodes to helpers, if any node is claimed. */
export function nameHelpers(root: PictureNode): void {
  const nodes = preOrder(root);
  const claims: readonly NodeKind[] = ["claim", "written", "absent"];
  const isClaimed = ({ kind, below }: PictureNode): boolean => claims.includes(kind) || below.length > 0;
  if (!nodes.some(isClaimed)) return;
  for (const node of nodes) if (node.kind === "bottom") node.kind = "helper";
}

/**
 * Marks the nodes of a proof in the whole tree that it was made from; nodes that the proof omits become `cut`.
 *
 * Input: `whole` and `proof` are hashed; `proof` is a pruning of `whole`.
 */
export function overlay(whole: PictureNode, proof: PictureNode): void {
  const pending: [PictureNode, PictureNode | undefined][] = [[whole, proof]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, proven] = next;
    if (proven === undefined) {
      node.kind = "cut";
    } else if (proven.children === undefined) {
      if (!isEmpty(node)) node.kind = proven.kind;
      node.listed = proven.listed;
    }
    if (node.children === undefined) continue;
    for (const side of [0, 1] as const) pending.push([node.children[side], proven?.children?.[side]]);
  }
}
