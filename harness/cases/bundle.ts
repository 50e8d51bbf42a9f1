/** All vectors as one JSON document, recipes expanded, for users who bring a harness of their own. */

import { harnessVersion } from "../files/package-root.ts";
import { caseDigest } from "./digest.ts";
import { expandFor, expectedOf } from "./expand.ts";
import type { VectorSet } from "./load.ts";
import type { VectorCase } from "./vector.ts";

/** A case as a bundle holds it. Its `sha256` is that of the case as written, recipes unexpanded. */
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

/** The document piece by piece, a case at a time: as a whole it may be tens of megabytes. */
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
