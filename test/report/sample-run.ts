/** Sample runs for tests of reports. */

import type { VectorCase } from "../../harness/cases/vector.ts";
import type { NamedRun } from "../../harness/run/outcome.ts";
import type { CaseRecord, ImplementationRun } from "../../harness/run/run-cases.ts";

export const node = (last: string): string => `0x${last.padStart(64, "0")}`;

export function sampleCase(changes: Partial<VectorCase> = {}): VectorCase {
  const { suite = "proof/ssz/compact", theme = "reads" } = changes;
  return {
    id: `${suite}/${theme}/first`,
    suite,
    theme,
    file: `${suite}/${theme}.yaml`,
    about: "the node at 0x2",
    kind: "completeness",
    profile: "lenient",
    role: "verifier",
    flags: [],
    requirements: ["PROOF-SSZ-001"],
    call: "proof/get",
    params: { backend: "ssz", encoding: "compact", root: node("1"), proof: "0x80", keys: ["0x2"] },
    expect: { result: { values: [node("2")] } },
    ...changes,
  };
}

export function sampleRecord(changes: Partial<CaseRecord> = {}): CaseRecord {
  const vector = changes.vector ?? sampleCase();
  return { vector, verdict: "pass", outcome: { kind: "result", result: { values: [node("2")] } }, ...changes };
}

export function sampleRun(changes: Partial<ImplementationRun> = {}): ImplementationRun {
  const { records = [sampleRecord()], undeclared = [] } = changes;
  const selected = [...records.map(({ vector }) => vector), ...undeclared];
  return { status: "ran", lane: "stdio", selected, undeclared, records, events: [], problems: [], ...changes };
}

export function named(run: ImplementationRun, changes: Partial<NamedRun> = {}): NamedRun {
  return { name: "acme", manifest: "implementations/acme", run, ...changes };
}
