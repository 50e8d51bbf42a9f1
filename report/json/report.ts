/** The machine-readable report, valid under `schemas/report.schema.json`. No clock, no path of this machine. */

import { type BudgetLine, budgetTotals } from "../../harness/run/budget.ts";
import { canonicalJson, sha256Hex } from "../../harness/json/canonical-json.ts";
import { isFailure, type Verdict } from "../../harness/run/judge.ts";
import type { Manifest } from "../../harness/subject/manifest.ts";
import { harnessVersion } from "../../harness/files/package-root.ts";
import { type CaseRecord, type ImplementationRun, isExecuted } from "../../harness/run/run-cases.ts";
import { shortenStrings } from "../../harness/json/shorten.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";

/** An implementation's run, with what its manifest says of it. */
export interface NamedRun {
  readonly name: string;
  /** The manifest's path as the user gave it. */
  readonly manifest?: string;
  readonly library?: Manifest["library"];
  readonly run: ImplementationRun;
}

export interface Totals {
  readonly selected: number;
  readonly executed: number;
  readonly skipped: number;
  readonly undeclared: number;
  /** By verdict; verdicts that did not occur are left out. */
  readonly verdicts: Partial<Record<Verdict, number>>;
}

export interface Report {
  readonly schema: "proofhouse/report/1";
  readonly harness: { readonly name: "proofhouse"; readonly version: string };
  readonly complete: boolean;
  readonly exitCode: number;
  readonly implementations: readonly Record<string, unknown>[];
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

/** Of `suites` those that some run has anything to say of: a case executed, or skipped with a reason. */
export function touchedSuites(runs: readonly ImplementationRun[], suites: readonly string[]): string[] {
  const touched = new Set(runs.flatMap(({ records }) => records.map(({ vector }) => vector.suite)));
  return suites.filter((suite) => touched.has(suite));
}

/** Suites among the selected cases, sorted. */
export function suitesOf(run: ImplementationRun): string[] {
  return [...new Set(run.selected.map(({ suite }) => suite))].sort();
}

/**
 * The exit code of a run: 2 (wrong use) is raised before there is a run; then 3 (could not be started, or broke the
 * protocol), 1 (a conformance failure), 4 (over budget only), 0. 130 after an interruption.
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
  // A matrix in which every toolchain is missing has shown nothing.
  if (runs.every(({ status }) => status === "skipped")) return 1;
  return verdicts.has("over-budget") ? 4 : 0;
}

/** Most of a name, version or address that an implementation gives itself. */
const KEPT_NAME = 1000;

/** The content address of a case: it survives a change of its id. */
export function caseDigest({ call, params, expect }: VectorCase): string {
  return sha256Hex(canonicalJson({ call, params, expect }));
}

export function buildReport(runs: readonly NamedRun[]): Report {
  const exitCode = exitCodeOf(runs.map(({ run }) => run));
  return {
    schema: "proofhouse/report/1",
    harness: { name: "proofhouse", version: harnessVersion() },
    complete: runs.every(({ run }) => run.status !== "interrupted"),
    exitCode,
    implementations: runs.map(reportRun),
  };
}

function reportRun({ name, manifest, library, run }: NamedRun): Record<string, unknown> {
  return withoutUndefined({
    name,
    manifest,
    lane: run.lane,
    status: run.status,
    reason: run.reason,
    library,
    implementation: run.initialized && shortenStrings(run.initialized.implementation, KEPT_NAME),
    totals: totalsOf(run),
    suites: Object.fromEntries(
      suitesOf(run).map((suite) => [suite, totalsOf(run, (vector) => vector.suite === suite)]),
    ),
    budgets: budgetsOf(run),
    cases: run.records.map(reportCase),
    events: run.events,
    problems: run.problems,
  });
}

function reportCase(record: CaseRecord): Record<string, unknown> {
  const { vector, verdict, reason, note, observed, link, outcome, budget } = record;
  const { stderr, measured: _, ...answer } = outcome ?? {};
  const showAnswer = outcome !== undefined && verdict !== "pass" && verdict !== "skip";
  return withoutUndefined({
    id: vector.id,
    sha256: caseDigest(vector),
    verdict,
    reason,
    note,
    observed,
    link,
    budget: budget && linesByUnit(budget),
    answer: showAnswer ? answer : undefined,
    stderr: showAnswer ? stderr : undefined,
  });
}

/** By unit; nothing where no executed case has a bound. */
function budgetsOf({ records }: ImplementationRun): object | undefined {
  const totals = budgetTotals(records.flatMap(({ budget = [] }) => budget));
  return totals.length === 0 ? undefined : Object.fromEntries(totals.map(({ unit, ...rest }) => [unit, rest]));
}

function linesByUnit(lines: readonly BudgetLine[]): object {
  return Object.fromEntries(lines.map(({ unit, ...rest }) => [unit, rest]));
}

function withoutUndefined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
