/** The length of a proof in a vector or an answer. */
import type { Json } from "../../runners/lane.ts";

/** Req: PROOF-GEN-007. The length of an object is 32 for each node plus the minimal bytes of each index. */
export function proofLength(proof: Json): number {
  if (typeof proof === "string") return Math.ceil((proof.length - 2) / 2);
  if (typeof proof !== "object" || proof === null) return 0;
  return Object.values(proof).reduce((sum: number, part) => sum + proofLength(part as Json), 0);
}
