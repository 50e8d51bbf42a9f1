/** Converts generalized indices to the library's indices, which number the leaves from 0. */
import { Rejection } from "proofhouse/adapter";

/** Returns the number of levels from the root to the deepest of `gindices`. */
export function depthOf(gindices) {
  return gindices.reduce((depth, gindex) => Math.max(depth, gindex.toString(2).length - 1), 0);
}

/** A node above the leaves is converted to an index that no leaf has. The library must reject it. */
export function toLeafIndices(gindices, depth) {
  return gindices.map((gindex) => {
    if (gindex > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new Rejection(
        "unsupported",
        `an index of ${gindex.toString(2).length} bits does not fit the library's numbers`,
      );
    }
    return Number(gindex) - 2 ** depth;
  });
}
