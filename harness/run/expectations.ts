/** Known failures: one case id each, with a reason. What they say must still be true. */

import { findCase, type VectorSet } from "../cases/load.ts";
import { displayPath, readYamlFile } from "../files/yaml-file.ts";
import { UsageError } from "../usage/usage-error.ts";
import type { Judgement } from "./judge.ts";

export interface KnownFailure {
  readonly case: string;
  readonly verdict: string;
  readonly reason: string;
  readonly link: string;
}

/** Known failures by present case id. Old ids are followed; an id that never was, or occurs twice, is refused. */
export type KnownFailures = ReadonlyMap<string, KnownFailure>;

export async function loadExpectations(path: string, vectors: VectorSet): Promise<KnownFailures> {
  const { expectations } = await readYamlFile<{ expectations: KnownFailure[] }>(path, "expectations");
  const known = new Map<string, KnownFailure>();
  for (const entry of expectations) {
    let id: string;
    try {
      ({ id } = findCase(vectors, entry.case));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError(`${displayPath(path)}: stale entry: ${error.message}`);
    }
    if (known.has(id)) throw new UsageError(`${displayPath(path)}: ${id} occurs twice; expected each case once`);
    known.set(id, entry);
  }
  return known;
}

/** What a judgement becomes when the case is known to fail. */
export function applyExpectation(judgement: Judgement, known: KnownFailure | undefined): Judgement {
  if (known === undefined) return judgement;
  if (judgement.verdict === "pass") {
    return {
      verdict: "unexpected-pass",
      reason: `passes, although listed as a known ${known.verdict}: ${known.reason}`,
    };
  }
  if (judgement.verdict !== known.verdict) {
    const reason = `${judgement.verdict}, although listed as a known ${known.verdict}: ${judgement.reason ?? ""}`;
    return { ...judgement, reason };
  }
  return { verdict: "known-failure", reason: known.reason };
}
