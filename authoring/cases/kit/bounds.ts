/** What can be said about the cost of an answer, in the units of budgets. */
import type { Json, JsonObject } from "../../../runners/lane.ts";

export interface Bounds {
  readonly hashes: number | undefined;
  readonly proofBytes: number | undefined;
}

/** The bounds of a request, and of the proof that answers it if one does. Recipes have been carried out. */
export type BoundsOf = (call: string, params: JsonObject, proof: Json | undefined) => Bounds;
