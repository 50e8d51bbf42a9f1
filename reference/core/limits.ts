/**
 * The limits of the specification on what a verifier accepts and what it returns.
 *
 * Req: PROOF-GEN-008, PROOF-GEN-017, PROOF-GEN-018.
 */
import { ProofError } from "./errors.ts";

/** The longest generalized index, in bits: the deepest node is 1023 levels below the root. */
export const MAX_GINDEX_BITS = 1024;

/** The largest number of nodes of one pruned tree, inner nodes included. */
export const MAX_TREE_NODES = 2 ** 22;

/** The longest encoded proof, in bytes. */
export const MAX_PROOF_BYTES = 64 * 2 ** 20;

/** Errors: limit-exceeded if `actual` is above `limit`. Input: `what` names the quantity and its unit. */
export function checkLimit(what: string, actual: number, limit: number): void {
  if (actual > limit) {
    throw new ProofError("limit-exceeded", `${what}: ${actual} is above the limit of ${limit}`, { actual, limit });
  }
}
