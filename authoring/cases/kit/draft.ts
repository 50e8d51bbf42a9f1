/** The parts from which generators build vector files. */

import { expandRecipes } from "../../../harness/cases/recipes.ts";
import type { CaseText, VectorFile } from "../../../harness/cases/vector.ts";
import { canonicalJson } from "../../../harness/json/canonical-json.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";
import type { Json, JsonObject } from "../../../runners/lane.ts";

/** A case of a generator. */
export type Draft = CaseText;

/** Returns the result of the reference. The parameters may contain recipes. It confirms nothing: see `test/confirm`. */
export function ask(method: string, params: JsonObject): JsonObject {
  return callMethod(method, expandRecipes(params)) as JsonObject;
}

/** Returns a case that expects the result of the reference. */
export function accepted(text: Omit<Draft, "expect">): Draft {
  return order({ ...text, expect: { result: ask(text.call, text.params) } });
}

/** Returns a case that expects the given result. */
export function stated(text: Omit<Draft, "expect">, result: JsonObject): Draft {
  return order({ ...text, expect: { result } });
}

/** Returns a case that expects a rejection. Input: the preferred class first. */
export function rejected(text: Omit<Draft, "expect">, ...classes: string[]): Draft {
  return order({ ...text, expect: { error: classes } });
}

/** Returns a case that expects a rejection with one class and at least these details. */
export function rejectedWith(text: Omit<Draft, "expect">, errorClass: string, details: JsonObject): Draft {
  return order({ ...text, expect: { error: [errorClass], details } });
}

/** Orders the members for a human reader of the file. */
function order({ id, about, kind, profile, flags, requirements, wat, call, params, expect, budget }: Draft): Draft {
  return withoutUndefined({
    id,
    about,
    kind,
    profile,
    flags,
    requirements,
    wat,
    call,
    params,
    expect,
    budget,
  }) as Draft;
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Replaces the last `32 × nodes` bytes of a proof by a recipe, if they are the stream of `seed` and the recipe is shorter. */
export function compressed(proof: Json, seed: number, nodes: number): Json {
  if (typeof proof !== "string" || nodes < 64) return proof;
  const stream = expandRecipes({ random: { seed, length: 32 * nodes } }) as string;
  if (!proof.endsWith(stream.slice(2))) return proof;
  return { concat: [proof.slice(0, proof.length - 64 * nodes), { random: { seed, length: 32 * nodes } }] };
}

export function vectorFile(
  source: string,
  confirmedBy: readonly string[],
  text: Pick<VectorFile, "suite" | "theme" | "about" | "requirements">,
  cases: readonly Draft[],
): VectorFile {
  const { suite, theme, about, requirements } = text;
  return {
    schema: "proofhouse/vector/1",
    suite,
    theme,
    about,
    requirements,
    source,
    "confirmed-by": confirmedBy,
    cases: distinct(cases),
  };
}

/** Drops a case with the same request and expectation as an earlier one, unless it repeats an honest request as a control. */
function distinct(cases: readonly Draft[]): Draft[] {
  const seen = new Set<string>();
  return cases.filter(({ id, call, params, expect }) => {
    const content = canonicalJson({ call, params, expect });
    if (seen.has(content) && !id.includes("-untouched")) return false;
    seen.add(content);
    return true;
  });
}
