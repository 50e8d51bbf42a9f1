/**
 * What can be read of a proof that does not parse, with the place marked where it stops making sense. Written for the eye:
 * what is read after the first mistake may mean nothing, and the reference's error stays the last word.
 */
import { bitAt, packedLength } from "../../reference/core/bits.ts";
import { decodeUintLE } from "../../reference/core/bytes.ts";
import { compareGindex, type Gindex, toGindex } from "../../reference/core/gindex.ts";
import { MAX_GINDEX_BITS } from "../../reference/core/limits.ts";
import type { EncodedProof } from "../../reference/proofs/backend.ts";
import { BOTTOM, INNER } from "../../reference/proofs/pruned-tree/pruned-tree.ts";
import { type GivenNode, giveTo, type PlacedNode, treeOfPlaced, treeOfShape } from "./build-tree.ts";
import { type PictureNode, preOrder } from "./node.ts";

export interface PartialReading {
  readonly root: PictureNode | undefined;
  /** What has no place in the tree. */
  readonly remarks: readonly string[];
}

/** Most bottoms of a proof that does not parse: beyond, its own counts are what is wrong with it. */
const MOST_BOTTOMS = 4096;

/** Most bits of a shape that does not fit its proof: beyond, what is read for a shape has long been something else. */
const MOST_BROKEN_BITS = 64;

const NOTHING: PartialReading = { root: undefined, remarks: [] };

const TOO_LARGE: PartialReading = { root: undefined, remarks: ["the paths that it names are too long to draw"] };

/** The 32 bytes at `at`, or what is there of them. */
function nodeAt(proof: Uint8Array, at: number, rank: number): GivenNode {
  const value = proof.subarray(at, at + 32);
  const listed = `bottom ${rank}, byte ${at}`;
  if (value.length === 32) return { value, listed, kind: "bottom" };
  // Of several that are cut off, the first is where the proof ends.
  const faults = at <= proof.length ? [`the proof ends here: ${value.length} of 32 bytes`] : [];
  return value.length === 0
    ? { value: undefined, listed, kind: "missing", faults }
    : { value, listed, kind: "bottom", faults };
}

/** The first node, in pre-order, that something is missing for. */
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
  const bottomsAt = packedLength(shape.length);
  const fits = missing === 0 && 2 * proof.length > bottomsAt + 16 * (shape.length + 1);
  if (shape.length === 0 || (!fits && shape.length > MOST_BROKEN_BITS)) return NOTHING;
  if (missing === 0)
    return { root: treeOfShape(shape, (rank) => nodeAt(proof, bottomsAt + 32 * rank, rank)), remarks: [] };
  // Where the shape does not end, nobody knows where the bottoms begin.
  const root = treeOfShape(shape, (rank) => ({ value: undefined, listed: `bottom ${rank}`, kind: "bottom" }));
  markFirstMissing(root, `the shape breaks off here, after ${shape.length} bits`);
  return { root, remarks: [] };
}

/** Input: bytes of a count, and of the tag before the first one. */
export function readOffsetsPart(proof: Uint8Array, width: number, tagBytes: number): PartialReading {
  const count = (index: number): bigint => {
    const at = tagBytes + width * index;
    return decodeUintLE(proof.subarray(at, at + width));
  };
  const head = tagBytes + width;
  if (proof.length < head || count(0) < 1n || count(0) > BigInt(MOST_BOTTOMS)) return NOTHING;
  const bottoms = Number(count(0));
  const bottomsAt = tagBytes + width * bottoms;
  if (proof.length < bottomsAt) return NOTHING;

  const shape: number[] = [];
  const pending = [bottoms];
  let offset = 0;
  let lie: string | undefined;
  while (pending.length > 0) {
    const size = pending.pop() as number;
    if (size === 1) {
      shape.push(BOTTOM);
      continue;
    }
    const left = count(1 + offset);
    if (left < 1n || left >= BigInt(size)) {
      lie = `offset ${offset}, at byte ${head + width * offset}, says ${left} bottoms on the left, of ${size} in all`;
      break;
    }
    offset += 1;
    shape.push(INNER);
    pending.push(size - Number(left), Number(left));
  }
  const root = treeOfShape(shape, (rank) => nodeAt(proof, bottomsAt + 32 * rank, rank));
  if (lie !== undefined) markFirstMissing(root, lie);
  return { root, remarks: [] };
}

const COUNT_BYTES = 4;
const GINDEX_BYTES = 16;

export function readExplicitPart(proof: Uint8Array): PartialReading {
  const bottoms = Number(decodeUintLE(proof.subarray(0, COUNT_BYTES)));
  const bottomsAt = COUNT_BYTES + GINDEX_BYTES * bottoms;
  if (bottoms === 0 || bottoms > MOST_BOTTOMS || proof.length < bottomsAt) return NOTHING;
  const gindices = Array.from({ length: bottoms }, (_, index) => {
    const at = COUNT_BYTES + GINDEX_BYTES * index;
    return decodeUintLE(proof.subarray(at, at + GINDEX_BYTES));
  });
  const { placed, remarks } = placeInOrder(gindices, "index", (index) => {
    return nodeAt(proof, bottomsAt + 32 * index, index);
  });
  const built = treeOfPlaced(placed);
  if (built === undefined) return TOO_LARGE;
  built.gaps[0]?.faults.push("nothing covers it");
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
    const faults = value === undefined ? ["there is no leaf for it"] : [];
    return { value, listed: `leaves[${index}]`, kind: "claim", faults };
  });
  if (placed.length === 0) return { root: undefined, remarks };
  const built = treeOfPlaced(placed);
  if (built === undefined) return TOO_LARGE;
  const slots = built.slots.sort((a, b) => compareGindex(b.gindex, a.gindex));
  for (const [index, value] of helpers.slice(0, slots.length).entries()) {
    giveTo(slots[index], { value, listed: `helpers[${index}]`, kind: "helper" });
  }
  slots[helpers.length]?.faults.push("there is no helper for it");
  return {
    root: built.root,
    remarks: [
      ...remarks,
      ...surplus("leaves", leaves.length, gindices.length, "no claim"),
      ...surplus("helpers", helpers.length, slots.length, "no place in the tree"),
    ],
  };
}

/** Nodes in the order that the proof names them, which must ascend; an index that no node can have goes to the remarks. */
function placeInOrder(
  indices: readonly bigint[],
  noun: string,
  nodeOf: (index: number) => GivenNode,
): { readonly placed: PlacedNode[]; readonly remarks: string[] } {
  const placed: PlacedNode[] = [];
  const remarks: string[] = [];
  for (const [index, value] of indices.entries()) {
    const gindex = placeOf(value);
    if (gindex === undefined) {
      const why = value === 0n ? "is 0, and the root is 1" : `has more than ${MAX_GINDEX_BITS} bits`;
      remarks.push(`${noun} ${index} ${why}: it has no place in the tree`);
      continue;
    }
    const node = nodeOf(index);
    const before = indices[index - 1] ?? 0n;
    const order = value < before ? [`out of order: ${noun} ${index - 1} is larger`] : [];
    placed.push({ ...node, gindex, faults: [...(node.faults ?? []), ...order] });
  }
  return { placed, remarks };
}

function placeOf(value: bigint): Gindex | undefined {
  try {
    return toGindex(value, "malformed");
  } catch {
    return undefined;
  }
}

function surplus(list: string, there: number, needed: number, what: string): string[] {
  if (there <= needed) return [];
  const last = there - 1 === needed ? "" : ` … ${list}[${there - 1}]`;
  return [`${list}[${needed}]${last}: ${what}`];
}
