/** Expands the recipes of a case. */
import type { JsonObject } from "../../runners/lane.ts";
import { UsageError } from "../usage/usage-error.ts";
import { expandRecipes, RecipeError } from "./recipes.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

/** Returns the expectation of a case with expanded recipes. */
export function expectedOf(vector: VectorCase): VectorCase["expect"] {
  const { expect } = vector;
  return expectsResult(expect) ? { result: expandFor(vector, expect.result) } : expect;
}

/** Expands the recipes in `value`, a part of the case. Throws `UsageError` that names the case. */
export function expandFor({ id, file }: VectorCase, value: JsonObject): JsonObject {
  try {
    return expandRecipes(value) as JsonObject;
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    throw new UsageError(`${file}: ${id}: ${error.message}`);
  }
}
