/** The bounds on the cost of an answer, in the units of budgets. */
import type { Json, JsonObject } from "../../../runners/lane.ts";

export interface Bounds {
  readonly hashes: number | undefined;
  readonly proofBytes: number | undefined;
}

/** Returns the bounds of a request, and of the proof in its result, if there is one. Input: recipes are expanded. */
export type BoundsOf = (call: string, params: JsonObject, proof: Json | undefined) => Bounds;
