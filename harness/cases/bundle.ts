/** All vectors as one JSON document with expanded recipes, for users with their own harness. */

import { harnessVersion } from "../files/package-root.ts";
import { caseDigest } from "./digest.ts";
import { expandFor, expectedOf } from "./expand.ts";
import type { VectorSet } from "./load.ts";
import type { VectorCase } from "./vector.ts";

/** Returns a case in the form of a bundle. Its `sha256` is the digest of the case before its recipes are expanded. */
export function bundledCase(vector: VectorCase): Record<string, unknown> {
  const { id, about, kind, profile, role, flags, requirements, wat, call, params, budget } = vector;
  return {
    id,
    sha256: caseDigest(vector),
    about,
    kind,
    profile,
    role,
    flags,
    requirements,
    ...(wat === undefined ? {} : { wat }),
    call,
    params: expandFor(vector, params),
    expect: expectedOf(vector),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** Generates the document one case at a time, because the whole document may have tens of megabytes. */
export function* bundle({ flags }: Pick<VectorSet, "flags">, cases: Iterable<VectorCase>): Generator<string> {
  const head = JSON.stringify({
    schema: "proofhouse/bundle/1",
    harness: { name: "proofhouse", version: harnessVersion() },
    flags,
  });
  yield `${head.slice(0, -1)},"cases":[`;
  let separator = "\n";
  for (const vector of cases) {
    yield `${separator}${JSON.stringify(bundledCase(vector))}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
