/** The `helpers` object for the generators of malformed ones. */
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { quantity, randomNode } from "../../kit/binary/pruned.ts";
import { honestScenario } from "./honest.ts";
import { prove } from "./trees.ts";

export interface HelpersObject {
  readonly gindices: readonly string[];
  readonly leaves: readonly string[];
  readonly helpers: readonly string[];
}

export const honestHelpers = (id: string): HelpersObject =>
  prove(honestScenario(id), "helpers").proof as unknown as HelpersObject;

export const toJson = (proof: HelpersObject): Json => proof as unknown as JsonObject;

/** A node that is in no tree. */
export const madeUp = (index: number): string => randomNode(81, index);

/** Claims as `[gindex, node]`, in this order. */
export function claim(
  claims: readonly (readonly [number | bigint, string])[],
  helpers: readonly string[],
): HelpersObject {
  return { gindices: claims.map(([gindex]) => quantity(gindex)), leaves: claims.map(([, node]) => node), helpers };
}
