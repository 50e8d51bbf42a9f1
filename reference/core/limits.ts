/**
 * Documented bounds on what a verifier accepts; beyond them the answer is `limit-exceeded`.
 *
 * Req: PROOF-GEN-008.
 */
import { ProofError } from "./errors.ts";

/** Longest generalized index, in bits; so the deepest node lies 1023 levels below the root. */
export const MAX_GINDEX_BITS = 1024;

/** Most nodes, inner nodes included, of one pruned tree. */
export const MAX_TREE_NODES = 2 ** 22;

/** Longest encoded proof in bytes. */
export const MAX_PROOF_BYTES = 64 * 2 ** 20;

/** Throws `limit-exceeded` when `actual` is above `limit`; `what` names the quantity and its unit. */
export function checkLimit(what: string, actual: number, limit: number): void {
  if (actual > limit) {
    throw new ProofError("limit-exceeded", `${what}: ${actual} is above the limit of ${limit}`, { actual, limit });
  }
}
