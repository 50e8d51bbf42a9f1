/** Known failures: each names one case, with a reason. An entry that is no longer true fails the run. */

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

/** Known failures by current case id. Former ids are resolved; unknown and repeated ids are rejected. */
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

/** Returns the judgement of a case that may be a known failure. */
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
