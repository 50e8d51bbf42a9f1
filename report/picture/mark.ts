/** Says of a tree's nodes what they are to a request: asked for, written, in the way of a key, at odds with the root. */
import { equalBytes, toHex } from "../../reference/core/bytes.ts";
import type { ProofError } from "../../reference/core/errors.ts";
import { type Gindex, gindexDepth } from "../../reference/core/gindex.ts";
import { MAX_GINDEX_BITS } from "../../reference/core/limits.ts";
import { ZERO_NODES } from "../../reference/core/zero-nodes.ts";
import type { KeySpace } from "./key-space.ts";
import { descendTo, hashNodes, type NodeKind, type PictureNode, preOrder } from "./node.ts";
import { shortBytes } from "./words.ts";

/** Levels of an empty subtree that is recognised in a tree without a depth of its own. */
const ZERO_LEVELS = 64;

/** A key of a request, and what is done with it. */
export interface AskedKey {
  readonly gindex: Gindex;
  /** Where the request names it, say `keys[0]`. */
  readonly label: string;
  /** What becomes of its node. */
  readonly kind: "claim" | "written";
  /** Why the request fails when the proof ends above this key; nothing where it does not fail for that. */
  readonly faultBelow: string | undefined;
  /** Why the request fails when its node is an inner one. */
  readonly faultInner?: string | undefined;
}

/** Hashes the tree, and names the roots of empty subtrees in it. */
export function finishValues(root: PictureNode, { leafLevel }: KeySpace): void {
  hashNodes(root, (node, computed) => {
    const given = shortBytes(node.value as Uint8Array);
    node.faults.push(`given as ${given}; what lies below it hashes to ${shortBytes(computed)}`);
  });
  const levels = new Map(
    ZERO_NODES.slice(0, (leafLevel ?? ZERO_LEVELS) + 1).map((node, level) => [toHex(node), level]),
  );
  for (const node of preOrder(root)) {
    const level = node.value === undefined ? undefined : levels.get(toHex(node.value));
    // In a tree of a given depth, Z[k] stands for an empty subtree k levels above the leaves and nowhere else.
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
  tooDeep?.faults.push(`below level ${leafLevel}, the last one that a tree may have`);
}

/** Compares with the root that the request gives. */
export function markRoot(root: PictureNode, given: Uint8Array): void {
  if (root.value === undefined) return;
  if (equalBytes(root.value, given)) root.notes.push("= the root");
  else
    root.faults.push(
      `${root.listed === "" ? "hashes to" : "is"} ${shortBytes(root.value)}, the root is ${shortBytes(given)}`,
    );
}

/** Marks the node that keeps a tree from being canonical, where that is what the request is rejected for. */
export function markShape(root: PictureNode, { class: errorClass, details }: ProofError): void {
  if (errorClass !== "non-canonical") return;
  preOrder(root)[details.position as number]?.faults.push(`${details.fault}: not canonical`);
}

/** Marks the nodes of keys, and where the tree ends above one. */
export function markKeys(root: PictureNode, keys: readonly AskedKey[]): void {
  for (const { gindex, label, kind, faultBelow, faultInner } of keys) {
    const { node, levels } = descendTo(root, gindex);
    if (levels === 0) {
      node.asked.push(label);
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

/** Bottoms that nobody claims are helpers, once something is known to be claimed. */
export function nameHelpers(root: PictureNode): void {
  const nodes = preOrder(root);
  const claims: readonly NodeKind[] = ["claim", "written", "absent"];
  const isClaimed = ({ kind, below }: PictureNode): boolean => claims.includes(kind) || below.length > 0;
  if (!nodes.some(isClaimed)) return;
  for (const node of nodes) if (node.kind === "bottom") node.kind = "helper";
}

/**
 * Lays a proof over the whole tree that it was made of: what the proof leaves out is cut.
 *
 * Input: `whole` and `proof` are hashed; `proof` is a pruning of `whole`.
 */
export function overlay(whole: PictureNode, proof: PictureNode): void {
  const waiting: [PictureNode, PictureNode | undefined][] = [[whole, proof]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, proven] = next;
    if (proven === undefined) {
      node.kind = "cut";
    } else if (proven.children === undefined) {
      if (!isEmpty(node)) node.kind = proven.kind;
      node.listed = proven.listed;
    }
    if (node.children === undefined) continue;
    for (const side of [0, 1] as const) waiting.push([node.children[side], proven?.children?.[side]]);
  }
}
