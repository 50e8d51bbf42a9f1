/**
 * The machine-readable report, valid under `schemas/report.schema.json`. It contains no time and no path of this machine,
 * so that equal runs produce equal reports.
 */

import { caseDigest } from "../../harness/cases/digest.ts";
import { harnessVersion } from "../../harness/files/package-root.ts";
import { shortenStrings } from "../../harness/json/shorten.ts";
import { type BudgetLine, budgetTotals } from "../../harness/run/budget.ts";
import { exitCodeOf, type NamedRun, suitesOf, totalsOf } from "../../harness/run/outcome.ts";
import type { CaseRecord, ImplementationRun } from "../../harness/run/run-cases.ts";

export interface Report {
  readonly schema: "proofhouse/report/1";
  readonly harness: { readonly name: "proofhouse"; readonly version: string };
  readonly complete: boolean;
  readonly exitCode: number;
  readonly implementations: readonly Record<string, unknown>[];
}

/** The maximum length of a name, version or address that an implementation reports about itself. */
const KEPT_NAME = 1000;

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

/** Totals by unit; undefined when no executed case has a bound. */
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
