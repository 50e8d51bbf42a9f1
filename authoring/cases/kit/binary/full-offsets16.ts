/** The largest proof of `offsets16`, as a recipe: a full tree of 16 levels whose last two leaves are one bottom node, 65 535 in all. */
import type { Json } from "../../../../runners/lane.ts";
import { littleEndian } from "./broken.ts";
import { compactHex } from "./pruned.ts";

const LEVELS = 16;
export const FULL_BOTTOMS = 2 ** LEVELS - 1;

/** Subtrees up to this height are written without recipes. */
const SPELLED_LEVELS = 6;

/** Returns the left counts of a full tree in pre-order. */
function fullCounts(levels: number): Json {
  if (levels <= SPELLED_LEVELS) return `0x${spelledCounts(levels)}`;
  const below = { repeat: { bytes: fullCounts(levels - 1), count: 2 } };
  return { concat: [`0x${littleEndian(2 ** (levels - 1), 2)}`, below] };
}

function spelledCounts(levels: number): string {
  return levels === 0 ? "" : `${littleEndian(2 ** (levels - 1), 2)}${spelledCounts(levels - 1).repeat(2)}`;
}

/** Returns the left counts of a full tree whose last two leaves are one bottom node. */
function countsWithoutTheLast(levels: number): Json[] {
  if (levels === 1) return [];
  const own = `0x${littleEndian(2 ** (levels - 1), 2)}`;
  return [own, fullCounts(levels - 1), ...countsWithoutTheLast(levels - 1)];
}

/** Input: the 65 535 bottom nodes as bytes. */
export function fullOffsets16(nodes: Json): Json {
  return { concat: [`0x01${littleEndian(FULL_BOTTOMS, 2)}`, ...countsWithoutTheLast(LEVELS), nodes] };
}

/** Returns the same pruned tree in `compact`. */
export function fullCompact(nodes: Json): Json {
  const full = (levels: number): string => (levels === 0 ? "1" : `0${full(levels - 1).repeat(2)}`);
  const without = (levels: number): string => (levels === 1 ? "1" : `0${full(levels - 1)}${without(levels - 1)}`);
  return { concat: [compactHex({ shape: without(LEVELS), bottoms: [] }), nodes] };
}
