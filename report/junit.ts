/**
 * The report as JUnit XML: one test suite for each suite of an implementation, one test case for each case. It contains no
 * times and no host name.
 */

import { exitCodeOf, type NamedRun, suitesOf, totalsOf } from "../harness/run/outcome.ts";
import type { CaseRecord } from "../harness/run/run-cases.ts";
import { comparisonLines } from "./text/failure.ts";
import { PLAIN } from "./text/layout.ts";
import { paragraph, printableLines } from "./text/printable.ts";
import { escapeXml, xmlText } from "./text/xml.ts";

interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly outcome: "passed" | "failure" | "error" | "skipped";
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

interface TestSuite {
  readonly name: string;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly cases: readonly TestCase[];
}

export function junitReport(runs: readonly NamedRun[]): string {
  const suites = runs.flatMap(suitesOfRun);
  const exitCode = exitCodeOf(runs.map(({ run }) => run));
  const lines = suites.flatMap(suiteXml);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="proofhouse" ${counts(suites.flatMap(({ cases }) => cases))}>`,
    `  <!-- exit code ${exitCode} -->`,
    ...lines,
    "</testsuites>",
    "",
  ].join("\n");
}

function suitesOfRun(named: NamedRun): TestSuite[] {
  const { name, run } = named;
  const ofSession = sessionCases(named);
  const session = { name: `${name}: session`, properties: {}, cases: ofSession };
  return [
    ...(ofSession.length > 0 ? [session] : []),
    ...suitesOf(run).map((suite) => {
      const { selected, executed, skipped, undeclared } = totalsOf(run, (vector) => vector.suite === suite);
      const records = run.records.filter(({ vector }) => vector.suite === suite);
      return {
        name: `${name}: ${suite}`,
        properties: { selected, executed, skipped, undeclared },
        cases: records.map(testCaseOf),
      };
    }),
  ];
}

/** Test cases for the start and the session, so that a run that fails for them never looks like one that passes. */
function sessionCases({ run }: NamedRun): TestCase[] {
  const inSession = { className: "session" } as const;
  const { status, reason = "", stderr = "" } = run;
  const start: TestCase[] =
    status === "skipped"
      ? [{ ...inSession, name: "the implementation can be started", outcome: "skipped", message: reason }]
      : status === "not-started"
        ? [{ ...inSession, name: "the implementation can be started", outcome: "error", message: reason, text: stderr }]
        : [];
  const interrupted: TestCase[] =
    status === "interrupted"
      ? [{ ...inSession, name: "the run is complete", outcome: "error", message: "interrupted" }]
      : [];
  const faults = run.events
    .filter(({ severity }) => severity === "fault")
    .map(({ kind, message }): TestCase => {
      return { ...inSession, name: `no ${kind}`, outcome: "error", type: kind, message };
    });
  const problems = run.problems.map((problem): TestCase => {
    return {
      ...inSession,
      name: "the run has no problems",
      outcome: "failure",
      type: "problem",
      message: problem,
    };
  });
  return [...start, ...interrupted, ...faults, ...problems];
}

function testCaseOf(record: CaseRecord): TestCase {
  const { vector, verdict, reason = "", note, link, outcome } = record;
  const base = { name: vector.id, className: vector.suite };
  const comparison = outcome === undefined ? [] : comparisonLines(vector, outcome, PLAIN);
  const stderr = outcome?.stderr === undefined ? [] : ["stderr:", outcome.stderr];
  const text = [paragraph(vector.about), ...comparison, ...stderr].join("\n");
  switch (verdict) {
    case "pass":
      return note === undefined ? { ...base, outcome: "passed" } : { ...base, outcome: "passed", text: note };
    case "skip":
      return { ...base, outcome: "skipped", message: reason };
    case "known-failure":
      return { ...base, outcome: "skipped", message: `known failure: ${reason} (${link})` };
    case "fail":
    case "over-budget":
    case "unexpected-pass":
      return { ...base, outcome: "failure", type: verdict, message: reason, text };
    default:
      return { ...base, outcome: "error", type: verdict, message: reason, text };
  }
}

function counts(cases: readonly TestCase[]): string {
  const count = (outcome: TestCase["outcome"]): number =>
    cases.filter((testCase) => testCase.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function suiteXml({ name, properties, cases }: TestSuite): string[] {
  const members = Object.entries(properties).map(([key, value]) => `      <property name="${key}" value="${value}"/>`);
  return [
    `  <testsuite name="${xmlText(name)}" ${counts(cases)}>`,
    ...(members.length === 0 ? [] : ["    <properties>", ...members, "    </properties>"]),
    ...cases.flatMap(caseXml),
    "  </testsuite>",
  ];
}

function caseXml({ name, className, outcome, type, message = "", text }: TestCase): string[] {
  const open = `    <testcase name="${xmlText(name)}" classname="${xmlText(className)}"`;
  if (outcome === "passed") {
    return text === undefined
      ? [`${open}/>`]
      : [`${open}>`, `      <system-out>${content(text)}</system-out>`, "    </testcase>"];
  }
  const kind = type === undefined ? "" : ` type="${xmlText(type)}"`;
  const element = `${outcome} message="${xmlText(message)}"${kind}`;
  const body = text === undefined || text === "" ? `<${element}/>` : `<${element}>${content(text)}</${outcome}>`;
  return [`${open}>`, `      ${body}`, "    </testcase>"];
}

function content(text: string): string {
  return escapeXml(printableLines(text).join("\n"));
}
