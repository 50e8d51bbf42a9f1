/** Checks on the vectors as a whole, beyond what each file's schema says. */

import { existsSync } from "node:fs";
import { packagePath } from "../files/package-root.ts";
import { caseDigest } from "./digest.ts";
import { loadVectors, type VectorSet } from "./load.ts";
import { expandRecipes, RecipeError } from "./recipes.ts";
import { checkRequirements } from "./requirements.ts";
import { expectsResult, type VectorCase } from "./vector.ts";

/** Problems, one line each; empty when all is well. */
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
  const { profile: asked } = (params.options ?? {}) as { profile?: unknown };
  if ((profile === "strict") !== (asked === "strict")) {
    problems.push(`${id}: profile ${profile}, but its request asks for ${JSON.stringify(asked)}`);
  }
  return problems;
}

/** Two cases with the same request and expectation test nothing more than one of them. */
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

/** Controls repeat an honest request on purpose, between forged ones. */
function isControl({ id }: VectorCase): boolean {
  return id.endsWith("-untouched") || id.endsWith("-untouched-again");
}

function lintFlags({ cases, flags }: VectorSet): string[] {
  const used = new Set(cases.flatMap((vector) => vector.flags));
  return [
    ...[...used]
      .filter((flag) => !Object.hasOwn(flags, flag))
      .map((flag) => `flag ${flag}: not explained in flags.yaml`),
    ...Object.keys(flags)
      .filter((flag) => !used.has(flag))
      .map((flag) => `flag ${flag}: explained in flags.yaml, but no case has it`),
  ];
}

function lintAliases({ cases, aliases }: VectorSet): string[] {
  const ids = new Set(cases.map(({ id }) => id));
  return Object.entries(aliases).flatMap(([old, present]) => [
    ...(ids.has(old) ? [`alias ${old}: is the id of a case`] : []),
    ...(ids.has(present) ? [] : [`alias ${old}: stands for ${present}, which is no case`]),
  ]);
}

/** No generated vector stands on the word of one implementation, and the files that it names are there. */
function lintSources({ files }: VectorSet): string[] {
  const generated = files.filter(({ file }) => file.source !== "hand-written");
  return generated.flatMap(({ path, file }) => {
    const confirmers = file["confirmed-by"];
    if (confirmers === undefined) return [`${path}: generated, but confirmed by nothing`];
    // A package holds neither the generators nor the tests.
    if (!existsSync(packagePath("authoring"))) return [];
    const missing = [file.source, ...confirmers.filter((name) => name.endsWith(".ts"))].filter(
      (name) => !existsSync(packagePath(name)),
    );
    return missing.map((name) => `${path}: there is no file ${name}; expected the generator or the confirmer`);
  });
}
