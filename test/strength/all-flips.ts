/** Every flip, and the files that are flipped line by line. */
import type { Flip } from "./flip.ts";

export const ALL_FLIPS: readonly Flip[] = [];

/** The files of which every condition has a flip, and the backends whose vectors have to notice it. */
export const FLIPPED_FILES: Readonly<Record<string, readonly string[]>> = {};

export const ALL_BACKENDS: readonly string[] = [...new Set(Object.values(FLIPPED_FILES).flat())];

export function backendsOf({ file }: Flip): readonly string[] {
  const backends = FLIPPED_FILES[file];
  if (backends === undefined) throw new Error(`${file} is not among the files that are flipped`);
  return backends;
}
