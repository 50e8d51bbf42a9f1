/** The report as Markdown, for a pull request or a web page. */
import { budgetTotals } from "../harness/run/budget.ts";
import { isBad, type NamedRun, suitesOf, type Totals, totalsOf } from "../harness/run/outcome.ts";
import type { CaseRecord } from "../harness/run/run-cases.ts";
import { comparisonLines, stderrLines } from "./text/failure.ts";
import { PLAIN } from "./text/layout.ts";
import { printable } from "./text/printable.ts";
import { failedOf } from "./text/run.ts";
import { verdictSentence } from "./text/verdict.ts";

/** The maximum number of listed failures; the others are only counted, because a page of thousands is unreadable. */
const LISTED = 200;

export function markdownReport(runs: readonly NamedRun[]): string {
  const { sentence, exitCode, meaning } = verdictSentence(runs.map(({ run }) => run));
  const failing = runs.filter(({ run }) => run.records.some(isBad));
  const known = runs.filter(({ run }) => run.records.some(isKnown));
  const remarks = runs.flatMap(remarksOf);
  const sections = [
    ["# Proofhouse report"],
    [`${exitCode === 0 ? "✅" : "❌"} **${escapeMarkdown(sentence)}** (exit code ${exitCode}: ${meaning})`],
    summaryTable(runs),
    ...budgetTable(runs),
    ...(remarks.length === 0 ? [] : [["## Remarks"], remarks]),
    ...(failing.length === 0 ? [] : [["## Failures"], ...failing.flatMap(failuresOf)]),
    ...(known.length === 0 ? [] : [["## Known failures"], knownTable(known)]),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function isKnown({ verdict }: CaseRecord): boolean {
  return verdict === "known-failure";
}

function summaryTable(runs: readonly NamedRun[]): string[] {
  return [
    "| Implementation | Suite | Executed | Passed | Failed | Known failures | Skipped | Undeclared |",
    "|---|---|--:|--:|--:|--:|--:|--:|",
    ...runs.flatMap((named) => {
      const suites = suitesOf(named.run);
      const rows = suites.map((suite) =>
        row(
          named.name,
          suite,
          totalsOf(named.run, (vector) => vector.suite === suite),
        ),
      );
      return suites.length === 1 ? rows : [...rows, row(named.name, "all", totalsOf(named.run))];
    }),
  ];
}

/** Returns one section, or none when no executed case has a bound. */
function budgetTable(runs: readonly NamedRun[]): string[][] {
  const rows = runs.flatMap(({ name, run }) =>
    budgetTotals(run.records.flatMap(({ budget = [] }) => budget)).map(
      ({ unit, bounded, met, over, notMeasured, leastHeadroom, medianHeadroom }) => {
        const percent = (value: number | undefined): string => (value === undefined ? "–" : `${value} %`);
        const cells = [unit, bounded, met, over, notMeasured, percent(leastHeadroom), percent(medianHeadroom)];
        return `| ${escapeMarkdown(name)} | ${cells.join(" | ")} |`;
      },
    ),
  );
  if (rows.length === 0) return [];
  return [
    ["## Budgets"],
    [
      "| Implementation | Budget | Bounded | Met | Over | Not measured | Least headroom | Median |",
      "|---|---|--:|--:|--:|--:|--:|--:|",
      ...rows,
    ],
  ];
}

function row(name: string, suite: string, totals: Totals): string {
  const { executed, verdicts, skipped, undeclared } = totals;
  const numbers = [executed, verdicts.pass ?? 0, failedOf(totals), verdicts["known-failure"] ?? 0, skipped, undeclared];
  return `| ${escapeMarkdown(name)} | ${escapeMarkdown(suite)} | ${numbers.join(" | ")} |`;
}

/** Remarks that explain the numbers of the table. */
function remarksOf({ name, run }: NamedRun): string[] {
  const { status, reason, events, problems } = run;
  const title = `**${escapeMarkdown(name)}**`;
  const started =
    status === "skipped" || status === "not-started"
      ? [`${title} was ${status.replace("-", " ")}: ${escapeMarkdown(reason ?? "")}`]
      : [];
  const interrupted =
    status === "interrupted" ? [`${title} was interrupted; only the cases judged so far are counted`] : [];
  const reasons = [
    ...new Set(run.records.filter(({ verdict }) => verdict === "skip").map((record) => record.reason ?? "")),
  ];
  return [
    ...started,
    ...interrupted,
    ...reasons.map((text) => `${title} skips cases: ${escapeMarkdown(text)}`),
    ...events.map(
      ({ severity, kind, message }) => `${title}, ${severity} in the session, ${kind}: ${escapeMarkdown(message)}`,
    ),
    ...problems.map((problem) => `${title}: ${escapeMarkdown(problem)}`),
  ].map((text) => `- ${text}`);
}

function failuresOf({ name, run }: NamedRun): string[][] {
  const bad = run.records.filter(isBad);
  const more = bad.length - LISTED;
  return [
    [`### ${escapeMarkdown(name)}`],
    bad.slice(0, LISTED).flatMap(failureItem),
    ...(more > 0 ? [[`… and ${more} more; the JSON report lists all of them.`]] : []),
  ];
}

function failureItem({ vector, verdict, reason = "", outcome }: CaseRecord): string[] {
  const comparison = outcome === undefined ? [] : comparisonLines(vector, outcome, PLAIN);
  const code = [...comparison, ...stderrLines(outcome?.stderr ?? "").map((line) => `  ${line}`)];
  return [
    `- **${verdict}** \`${vector.id}\`: ${escapeMarkdown(vector.about.trim())}`,
    `  - ${escapeMarkdown(reason)}`,
    // Markdown does not interpret indented text.
    ...(code.length === 0 ? [] : ["", ...code.map((line) => `      ${line}`), ""]),
  ];
}

function knownTable(runs: readonly NamedRun[]): string[] {
  return [
    "| Implementation | Case | Fails with | Reason | Link |",
    "|---|---|---|---|---|",
    ...runs.flatMap(({ name, run }) =>
      run.records.filter(isKnown).map(({ vector, observed = "", reason = "", link = "" }) => {
        return `| ${[name, vector.id, observed, reason].map(escapeMarkdown).join(" | ")} | ${linkMarkdown(link)} |`;
      }),
    ),
  ];
}

function linkMarkdown(link: string): string {
  return /^https?:\/\/[^\s<>|\\`\p{C}]+$/u.test(link) ? `<${link}>` : escapeMarkdown(link);
}

/** Returns `text` on one line, escaped so that nothing in it is interpreted as Markdown or HTML. */
export function escapeMarkdown(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]()<>#+!|~&]/g, (character) => {
    return character === "<" ? "&lt;" : character === "&" ? "&amp;" : `\\${character}`;
  });
}
