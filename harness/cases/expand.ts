/** A case with its recipes expanded. */
import type { JsonObject } from "../../runners/lane.ts";
import { UsageError } from "../usage/usage-error.ts";
import { expandRecipes, RecipeError } from "./recipes.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

/** What the case expects, recipes expanded. */
export function expectedOf(vector: VectorCase): VectorCase["expect"] {
  const { expect } = vector;
  return expectsResult(expect) ? { result: expandFor(vector, expect.result) } : expect;
}

/** `value`, a part of the case, with its recipes expanded. Throws `UsageError` that names the case. */
export function expandFor({ id, file }: VectorCase, value: JsonObject): JsonObject {
  try {
    return expandRecipes(value) as JsonObject;
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    throw new UsageError(`${file}: ${id}: ${error.message}`);
  }
}
