/** From generalized indices, of any level, to the library's: its leaves are numbered from 0. */
import { Rejection } from "proofhouse/adapter";

/** The levels between the root and the deepest of `gindices`. */
export function depthOf(gindices) {
  return gindices.reduce((depth, gindex) => Math.max(depth, gindex.toString(2).length - 1), 0);
}

/** A node that is not on the level of the leaves gets an index that no leaf has. To refuse it is the library's business. */
export function toLeafIndices(gindices, depth) {
  return gindices.map((gindex) => {
    if (gindex > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new Rejection("unsupported", `an index of ${gindex.toString(2).length} bits; the library's are numbers`);
    }
    return Number(gindex) - 2 ** depth;
  });
}
