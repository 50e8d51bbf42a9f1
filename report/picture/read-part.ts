/**
 * Reads as much as possible of a proof that does not parse, and marks the node where parsing fails. The result is only for
 * display: nodes after the first fault may be meaningless, and the error of the reference is authoritative.
 */
import { bitAt, packedLength } from "../../reference/core/bits.ts";
import { decodeUintLE } from "../../reference/core/bytes.ts";
import { compareGindex, type Gindex, toGindex } from "../../reference/core/gindex.ts";
import { MAX_GINDEX_BITS } from "../../reference/core/limits.ts";
import type { EncodedProof } from "../../reference/proofs/backend.ts";
import { BOTTOM, INNER } from "../../reference/proofs/pruned-tree/pruned-tree.ts";
import { assignNode, type PlacedNode, type ProofNode, treeOfPlaced, treeOfShape } from "./build-tree.ts";
import { type PictureNode, preOrder } from "./node.ts";

export interface PartialReading {
  readonly root: PictureNode | undefined;
  /** Remarks on parts of the proof that are not in the tree. */
  readonly remarks: readonly string[];
}

/** The maximum number of bottom nodes of a proof that does not parse. A larger count is probably the fault itself. */
const MOST_BOTTOMS = 4096;

/** The maximum number of bits of a shape that does not fit its proof. More bits would be read from other parts of it. */
const MOST_BROKEN_BITS = 64;

const NOTHING: PartialReading = { root: undefined, remarks: [] };

const TOO_LARGE: PartialReading = { root: undefined, remarks: ["its paths are too long to draw"] };

/** Returns the node at `offset`, which is incomplete when the proof ends there. */
function nodeAt(proof: Uint8Array, offset: number, rank: number): ProofNode {
  const value = proof.subarray(offset, offset + 32);
  const listed = `bottom ${rank}, byte ${offset}`;
  if (value.length === 32) return { value, listed, kind: "bottom" };
  // The proof ends at the first of several incomplete nodes.
  const faults = offset <= proof.length ? [`the proof ends here: ${value.length} of 32 bytes`] : [];
  return value.length === 0
    ? { value: undefined, listed, kind: "missing", faults }
    : { value, listed, kind: "bottom", faults };
}

/** Adds a fault to the first node, in pre-order, that is missing. */
function markFirstMissing(root: PictureNode, fault: string): void {
  const missing = preOrder(root).find(({ kind, listed }) => kind === "missing" && listed === "");
  missing?.faults.push(fault);
}

export function readCompactPart(proof: Uint8Array): PartialReading {
  const shape: number[] = [];
  let missing = 1;
  while (missing > 0 && shape.length < 8 * proof.length) {
    if (shape.length > 2 * MOST_BOTTOMS) return NOTHING;
    const kind = bitAt(proof, shape.length);
    missing += kind === INNER ? 1 : -1;
    shape.push(kind);
  }
  const bottomsStart = packedLength(shape.length);
  const fits = missing === 0 && 2 * proof.length > bottomsStart + 16 * (shape.length + 1);
  if (shape.length === 0 || (!fits && shape.length > MOST_BROKEN_BITS)) return NOTHING;
  if (missing === 0)
    return { root: treeOfShape(shape, (rank) => nodeAt(proof, bottomsStart + 32 * rank, rank)), remarks: [] };
  // If the shape does not end, the offset of the bottom nodes is unknown.
  const root = treeOfShape(shape, (rank) => ({ value: undefined, listed: `bottom ${rank}`, kind: "bottom" }));
  markFirstMissing(root, `the shape ends here, after ${shape.length} bits`);
  return { root, remarks: [] };
}

/** Input: `width`, the bytes of a count; `tagBytes`, the bytes of the tag before the first count. */
export function readOffsetsPart(proof: Uint8Array, width: number, tagBytes: number): PartialReading {
  const count = (index: number): bigint => {
    const start = tagBytes + width * index;
    return decodeUintLE(proof.subarray(start, start + width));
  };
  const head = tagBytes + width;
  if (proof.length < head || count(0) < 1n || count(0) > BigInt(MOST_BOTTOMS)) return NOTHING;
  const bottoms = Number(count(0));
  const bottomsStart = tagBytes + width * bottoms;
  if (proof.length < bottomsStart) return NOTHING;

  const shape: number[] = [];
  const pending = [bottoms];
  let offset = 0;
  let fault: string | undefined;
  while (pending.length > 0) {
    const size = pending.pop() as number;
    if (size === 1) {
      shape.push(BOTTOM);
      continue;
    }
    const left = count(1 + offset);
    if (left < 1n || left >= BigInt(size)) {
      fault = `offset ${offset}, at byte ${head + width * offset}, states ${left} bottoms on the left of ${size} in total`;
      break;
    }
    offset += 1;
    shape.push(INNER);
    pending.push(size - Number(left), Number(left));
  }
  const root = treeOfShape(shape, (rank) => nodeAt(proof, bottomsStart + 32 * rank, rank));
  if (fault !== undefined) markFirstMissing(root, fault);
  return { root, remarks: [] };
}

const COUNT_BYTES = 4;
const GINDEX_BYTES = 16;

export function readExplicitPart(proof: Uint8Array): PartialReading {
  const bottoms = Number(decodeUintLE(proof.subarray(0, COUNT_BYTES)));
  const bottomsStart = COUNT_BYTES + GINDEX_BYTES * bottoms;
  if (bottoms === 0 || bottoms > MOST_BOTTOMS || proof.length < bottomsStart) return NOTHING;
  const gindices = Array.from({ length: bottoms }, (_, index) => {
    const start = COUNT_BYTES + GINDEX_BYTES * index;
    return decodeUintLE(proof.subarray(start, start + GINDEX_BYTES));
  });
  const { placed, remarks } = placeInOrder(gindices, "index", (index) => {
    return nodeAt(proof, bottomsStart + 32 * index, index);
  });
  const built = treeOfPlaced(placed);
  if (built === undefined) return TOO_LARGE;
  built.gaps[0]?.faults.push("no node covers it");
  return { root: built.root, remarks };
}

export function readHelpersPart(proof: EncodedProof): PartialReading {
  const { gindices, leaves, helpers } = proof as {
    readonly gindices: readonly bigint[];
    readonly leaves: readonly Uint8Array[];
    readonly helpers: readonly Uint8Array[];
  };
  const { placed, remarks } = placeInOrder(gindices, "claim", (index) => {
    const value = leaves[index];
    const faults = value === undefined ? ["the proof has no leaf for it"] : [];
    return { value, listed: `leaves[${index}]`, kind: "claim", faults };
  });
  if (placed.length === 0) return { root: undefined, remarks };
  const built = treeOfPlaced(placed);
  if (built === undefined) return TOO_LARGE;
  const slots = built.slots.sort((a, b) => compareGindex(b.gindex, a.gindex));
  for (const [index, value] of helpers.slice(0, slots.length).entries()) {
    assignNode(slots[index], { value, listed: `helpers[${index}]`, kind: "helper" });
  }
  slots[helpers.length]?.faults.push("the proof has no helper for it");
  return {
    root: built.root,
    remarks: [
      ...remarks,
      ...surplus("leaves", leaves.length, gindices.length, "no claim"),
      ...surplus("helpers", helpers.length, slots.length, "not in the tree"),
    ],
  };
}

/** Places nodes in the order of the proof, which must ascend. An index that no node can have becomes a remark. */
function placeInOrder(
  indices: readonly bigint[],
  noun: string,
  nodeOf: (index: number) => ProofNode,
): { readonly placed: PlacedNode[]; readonly remarks: string[] } {
  const placed: PlacedNode[] = [];
  const remarks: string[] = [];
  for (const [index, value] of indices.entries()) {
    const gindex = gindexOrUndefined(value);
    if (gindex === undefined) {
      const why = value === 0n ? "is 0, but the root is 1" : `has more than ${MAX_GINDEX_BITS} bits`;
      remarks.push(`${noun} ${index} ${why}: it is not in the tree`);
      continue;
    }
    const node = nodeOf(index);
    const before = indices[index - 1] ?? 0n;
    const order = value < before ? [`out of order: ${noun} ${index - 1} is larger`] : [];
    placed.push({ ...node, gindex, faults: [...(node.faults ?? []), ...order] });
  }
  return { placed, remarks };
}

function gindexOrUndefined(value: bigint): Gindex | undefined {
  try {
    return toGindex(value, "malformed");
  } catch {
    return undefined;
  }
}

function surplus(list: string, length: number, needed: number, remark: string): string[] {
  if (length <= needed) return [];
  const last = length - 1 === needed ? "" : ` … ${list}[${length - 1}]`;
  return [`${list}[${needed}]${last}: ${remark}`];
}
