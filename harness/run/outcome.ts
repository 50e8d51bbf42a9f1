/** The outcome of a run: its totals by suite and verdict, and the exit code. */
import type { VectorCase } from "../cases/vector.ts";
import type { Manifest } from "../subject/manifest.ts";
import { isFailure, type Verdict } from "./judge.ts";
import { type CaseRecord, type ImplementationRun, isExecuted } from "./run-cases.ts";

/** The run of an implementation, with data from its manifest. */
export interface NamedRun {
  readonly name: string;
  /** The path of the manifest as the user typed it. */
  readonly manifest?: string;
  readonly library?: Manifest["library"];
  readonly run: ImplementationRun;
}

export interface Totals {
  readonly selected: number;
  readonly executed: number;
  readonly skipped: number;
  readonly undeclared: number;
  /** By verdict; verdicts that did not occur are omitted. */
  readonly verdicts: Partial<Record<Verdict, number>>;
}

/** Whether a record makes the run fail. */
export function isBad({ verdict }: Pick<CaseRecord, "verdict">): boolean {
  return isFailure(verdict);
}

export function totalsOf(run: ImplementationRun, belongs: (vector: VectorCase) => boolean = () => true): Totals {
  const records = run.records.filter(({ vector }) => belongs(vector));
  const verdicts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of records) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  return {
    selected: run.selected.filter(belongs).length,
    executed: records.filter(isExecuted).length,
    skipped: records.filter((record) => !isExecuted(record)).length,
    undeclared: run.undeclared.filter(belongs).length,
    verdicts,
  };
}

/** Returns the suites in which some run has executed a case, or skipped one with a reason. */
export function touchedSuites(runs: readonly ImplementationRun[], suites: readonly string[]): string[] {
  const touched = new Set(runs.flatMap(({ records }) => records.map(({ vector }) => vector.suite)));
  return suites.filter((suite) => touched.has(suite));
}

/** Returns the suites of the selected cases, sorted. */
export function suitesOf(run: ImplementationRun): string[] {
  return [...new Set(run.selected.map(({ suite }) => suite))].sort();
}

/**
 * Returns 130 after an interruption; otherwise the first that applies of 3 (could not be started, or broke the protocol),
 * 1 (a conformance failure), 4 (over budget only) and 0. Exit code 2 (wrong use) is an error before any run.
 */
export function exitCodeOf(runs: readonly ImplementationRun[]): number {
  if (runs.some(({ status }) => status === "interrupted")) return 130;
  const verdicts = new Set(runs.flatMap(({ records }) => records.map(({ verdict }) => verdict)));
  const brokenSession = runs.some(({ status, events }) => {
    return status === "not-started" || events.some(({ severity }) => severity === "fault");
  });
  if (brokenSession || verdicts.has("protocol-fault")) return 3;
  const failed = (["fail", "crash", "timeout", "unexpected-pass"] as const).some((verdict) => verdicts.has(verdict));
  if (failed || runs.some(({ problems }) => problems.length > 0)) return 1;
  // A matrix without any toolchain has tested nothing.
  if (runs.every(({ status }) => status === "skipped")) return 1;
  return verdicts.has("over-budget") ? 4 : 0;
}
