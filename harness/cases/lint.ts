/** Checks of the whole set of vectors, beyond the schema of each file. */

import { existsSync } from "node:fs";
import { packagePath } from "../files/package-root.ts";
import { caseDigest } from "./digest.ts";
import { loadVectors, type VectorSet } from "./load.ts";
import { expandRecipes, RecipeError } from "./recipes.ts";
import { checkRequirements } from "./requirements.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

/** Returns the problems, one line each. */
export async function lintVectors(folder: string): Promise<string[]> {
  const vectors = await loadVectors(folder);
  return [
    ...vectors.cases.flatMap(lintCase),
    ...lintDuplicates(vectors.cases),
    ...lintFlags(vectors),
    ...lintAliases(vectors),
    ...lintSources(vectors),
    ...(await checkRequirements(vectors.cases, folder)),
  ];
}

function lintCase({ id, params, expect, profile }: VectorCase): string[] {
  const problems: string[] = [];
  try {
    expandRecipes(params);
    if (expectsResult(expect)) expandRecipes(expect.result);
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    problems.push(`${id}: ${error.message}`);
  }
  const { profile: requested } = (params.options ?? {}) as { profile?: unknown };
  if ((profile === "strict") !== (requested === "strict")) {
    problems.push(`${id}: profile ${profile}, but its request has the profile ${JSON.stringify(requested)}`);
  }
  return problems;
}

/** The second of two cases with the same request and expectation tests nothing new. */
function lintDuplicates(cases: readonly VectorCase[]): string[] {
  const seen = new Map<string, string>();
  return cases
    .filter((vector) => !isControl(vector))
    .flatMap((vector) => {
      const digest = caseDigest(vector);
      const first = seen.get(digest);
      seen.set(digest, first ?? vector.id);
      return first === undefined ? [] : [`${vector.id}: the same request as ${first}`];
    });
}

/** Controls deliberately repeat an honest request between forged ones. */
function isControl({ id }: VectorCase): boolean {
  return id.endsWith("-untouched") || id.endsWith("-untouched-again");
}

function lintFlags({ cases, flags }: VectorSet): string[] {
  const used = new Set(cases.flatMap((vector) => vector.flags));
  return [
    ...[...used]
      .filter((flag) => !Object.hasOwn(flags, flag))
      .map((flag) => `flag ${flag}: not described in flags.yaml`),
    ...Object.keys(flags)
      .filter((flag) => !used.has(flag))
      .map((flag) => `flag ${flag}: described in flags.yaml, but no case has it`),
  ];
}

function lintAliases({ cases, aliases }: VectorSet): string[] {
  const ids = new Set(cases.map(({ id }) => id));
  return Object.entries(aliases).flatMap(([old, present]) => [
    ...(ids.has(old) ? [`alias ${old}: is the id of a case`] : []),
    ...(ids.has(present) ? [] : [`alias ${old}: refers to ${present}, which is not a case`]),
  ]);
}

/** Every generated vector must name a confirmer, and the named files must exist. */
function lintSources({ files }: VectorSet): string[] {
  const generated = files.filter(({ file }) => file.source !== "hand-written");
  return generated.flatMap(({ path, file }) => {
    const confirmers = file["confirmed-by"];
    if (confirmers === undefined) return [`${path}: generated, but confirmed-by is missing`];
    // An installed package contains neither the generators nor the tests.
    if (!existsSync(packagePath("authoring"))) return [];
    const missing = [file.source, ...confirmers.filter((name) => name.endsWith(".ts"))].filter(
      (name) => !existsSync(packagePath(name)),
    );
    return missing.map((name) => `${path}: the file ${name} does not exist; expected a generator or a confirmer`);
  });
}
