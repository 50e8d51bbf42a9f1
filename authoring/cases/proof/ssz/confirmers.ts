/** The confirmers of the cases, which share no code with the generators; `test/confirm` runs both. */
import type { EncodingName } from "./trees.ts";

export const NAIVE = "test/confirm/ssz/ssz.ts";
const PMT = "@chainsafe/persistent-merkle-tree 1.3.1";

/** The encodings that persistent-merkle-tree also has. */
const SHARED: ReadonlySet<EncodingName> = new Set(["compact", "offsets16", "helpers"]);

/** The confirmers of a file of honest results in an encoding. */
export function confirmersOf(encoding: EncodingName): string[] {
  return SHARED.has(encoding) ? [NAIVE, PMT] : [NAIVE];
}
