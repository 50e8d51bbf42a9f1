/** The run of one implementation as text: its failures in full, then the summary. */
import type { Verdict } from "../../harness/run/judge.ts";
import { isBad, type NamedRun, suitesOf, type Totals, totalsOf, touchedSuites } from "../../harness/run/outcome.ts";
import { type CaseRecord, isExecuted } from "../../harness/run/run-cases.ts";
import { unknownCapabilities } from "../../harness/subject/unknown-capabilities.ts";
import { budgetText } from "./budget.ts";
import { type FailureContext, failureText, stderrLines } from "./failure.ts";
import { type Cell, numberOf, type Paint, type Style, table, wrap } from "./layout.ts";
import { printable } from "./printable.ts";
import { verdictText } from "./verdict.ts";

export interface RunTextOptions {
  /** The maximum number of failures that are printed in full. */
  readonly maxFailures: number;
  /** A line that says how to print the other failures. */
  readonly showAll: string;
}

/** The whole text of `check`: failures, summary, verdict. */
export function runText(named: NamedRun, context: FailureContext, style: Style, options: RunTextOptions): string[] {
  return [
    ...failureTexts(named, context, style, options),
    ...summaryText(named, style),
    ...verdictText([named.run], style),
  ];
}

/** Verdicts in the order in which failures are printed: missing and invalid answers before wrong ones. */
const SEVERITY: readonly Verdict[] = ["protocol-fault", "crash", "timeout", "unexpected-pass", "fail", "over-budget"];

/** The maximum number of themes for which the remaining failures are counted. */
const LISTED_THEMES = 12;

/** Prints the worst failures in full, and counts the others by theme. */
export function failureTexts(
  { run }: NamedRun,
  context: FailureContext,
  style: Style,
  { maxFailures, showAll }: RunTextOptions,
): string[] {
  const bad = SEVERITY.flatMap((severity) => run.records.filter(({ verdict }) => verdict === severity));
  const shown = bad.slice(0, maxFailures).flatMap((record) => [...failureText(record, context, style), ""]);
  const others = bad.slice(maxFailures);
  if (others.length === 0) return shown;
  const themes = [...groupBy(others, ({ vector, verdict }) => `${verdict}  ${vector.suite}/${vector.theme}/*`)];
  const lines = themes.slice(0, LISTED_THEMES).flatMap(([theme, records]) => counted(records.length, [theme]));
  const unlisted = themes.slice(LISTED_THEMES).reduce((sum, [, records]) => sum + records.length, 0);
  return [
    ...shown,
    style.paint.bold(`and ${numberOf(others.length, "more failure")}`),
    ...lines,
    ...(unlisted === 0 ? [] : counted(unlisted, ["of other themes"])),
    showAll,
    "",
  ];
}

/** The name of the implementation, the counts of every suite, and remarks that explain the counts. */
export function summaryText(named: NamedRun, style: Style): string[] {
  const { run } = named;
  const parts = [
    heading(named, style),
    run.status === "skipped" || run.status === "not-started" ? [] : countsTable(named, style),
    budgetText(run, style),
    startFailureLines(named, style),
    skippedLines(named, style),
    knownFailureLines(named, style),
    eventLines(named, style),
    problemLines(named, style),
    unknownLines(named, style),
    noteLines(named, style),
  ];
  return paragraphs(parts);
}

/** Problems of the session and of the run itself. */
export function remarksText(named: NamedRun, style: Style): string[] {
  return paragraphs([eventLines(named, style), problemLines(named, style)]);
}

function paragraphs(parts: readonly (readonly string[])[]): string[] {
  return parts.filter((lines) => lines.length > 0).flatMap((lines) => [...lines, ""]);
}

/** The name of the implementation, and the library behind it. */
export function heading({ name, library, run }: NamedRun, { paint, width }: Style): string[] {
  const { name: ownName, version, language } = run.initialized?.implementation ?? {};
  const declared =
    ownName === undefined
      ? []
      : [`${printable(ownName, 80)} ${printable(version ?? "", 40)} in ${printable(language ?? "", 40)}`];
  const tested = library === undefined || library.name === ownName ? [] : [`${library.name} ${library.version}`];
  const details = [...declared, ...tested].join(", ");
  return [paint.bold(printable(name, 200)), ...wrap(details, width - 2).map((line) => `  ${paint.dim(line)}`)];
}

const COLUMNS = ["executed", "passed", "failed", "known", "skipped", "undeclared"] as const;

/** The number of failed cases, without known failures. */
export function failedOf({ verdicts, executed }: Totals): number {
  return executed - (verdicts.pass ?? 0) - (verdicts["known-failure"] ?? 0);
}

function countsTable({ run }: NamedRun, { paint }: Style): string[] {
  const all = suitesOf(run);
  const touched = touchedSuites([run], all);
  const suites = touched.length === 0 ? all : touched;
  const others = all.filter((suite) => !suites.includes(suite));
  const header = ["suite", ...COLUMNS].map((text) => ({ text, paint: paint.dim }));
  const rows = suites.map((suite) =>
    countsRow(
      suite,
      totalsOf(run, (vector) => vector.suite === suite),
      paint,
    ),
  );
  const total = countsRow("total", totalsOf(run), paint);
  const rest = countsRow(
    others.length === 1 ? others[0] : `${others.length} other suites`,
    totalsOf(run, ({ suite }) => others.includes(suite)),
    paint,
  );
  return [
    ...table([header, ...rows, ...(others.length > 0 ? [rest] : []), ...(all.length > 1 ? [total] : [])]),
    ...breakdown(run.records.filter(isBad), paint),
  ];
}

/** Counts failed cases by verdict; no lines when every verdict is `fail`. */
function breakdown(bad: readonly CaseRecord[], paint: Style["paint"]): string[] {
  const groups = [...groupBy(bad, ({ verdict }) => verdict)];
  if (groups.every(([verdict]) => verdict === "fail")) return [];
  return [
    paint.red(
      `of the failed: ${groups.map(([verdict, records]) => `${records.length} ${verdict.replace("-", " ")}`).join(", ")}`,
    ),
  ];
}

function countsRow(name: string, totals: Totals, paint: Style["paint"]): Cell[] {
  const { verdicts, executed, skipped, undeclared } = totals;
  const number = (count: number, color?: Paint): Cell => {
    return { text: String(count), paint: count === 0 ? paint.dim : color };
  };
  return [
    { text: name },
    number(executed),
    number(verdicts.pass ?? 0, paint.green),
    number(failedOf(totals), paint.red),
    number(verdicts["known-failure"] ?? 0, paint.yellow),
    number(skipped, paint.yellow),
    number(undeclared),
  ];
}

function startFailureLines({ run }: NamedRun, { paint, width }: Style): string[] {
  if (run.reason === undefined) return [];
  const status = run.status === "skipped" ? paint.yellow("skipped") : paint.red("could not be started");
  return [
    status,
    ...indent(wrap(printable(run.reason), width - 2)),
    ...indent(stderrLines(run.stderr ?? "", width - 2)),
  ];
}

/** Cases that were declared but not run, by reason. */
function skippedLines({ run }: NamedRun, { paint, width }: Style): string[] {
  const skipped = run.records.filter((record) => !isExecuted(record));
  const groups = groupBy(skipped, ({ reason = "" }) => reason);
  if (groups.size === 0) return [];
  const rules = run.initialized?.unsupported ?? [];
  const lines = [...groups].flatMap(([reason, records]) => {
    const matches = rules.filter((rule) => reason.startsWith(rule.reason)).map(({ match }) => printable(match, 100));
    const globs = wrap(matches.join(", "), width - 8).map(paint.dim);
    return counted(records.length, [...wrap(printable(reason), width - 8), ...globs]);
  });
  return ["skipped, and why", ...lines];
}

/** Known failures, grouped by reason, link and verdict. */
function knownGroups({ run }: NamedRun): Map<string, readonly CaseRecord[]> {
  const known = run.records.filter(({ verdict }) => verdict === "known-failure");
  return groupBy(known, ({ reason, link, observed }) => `${reason}\n${link}\n${observed}`);
}

/** The known failures of an implementation, one line for each group. */
export function knownOverview(named: NamedRun, style: Style): string[] {
  const { paint } = style;
  const groups = [...knownGroups(named).values()];
  if (groups.length === 0) return [];
  const rows = groups.map((records) => {
    const [{ reason = "", link = "", observed = "" }] = records;
    return [
      { text: `    ${String(records.length).padStart(4)}` },
      { text: observed, paint: observed === "fail" ? paint.yellow : paint.red },
      { text: printable(reason, 70) },
      { text: printable(link, 60), paint: paint.dim },
    ];
  });
  return [...heading(named, style), ...table(rows, { left: [0, 1, 2, 3] }), ""];
}

function knownFailureLines(named: NamedRun, { paint, width }: Style): string[] {
  const groups = knownGroups(named);
  if (groups.size === 0) return [];
  const lines = [...groups.values()].flatMap((records) => {
    const [{ reason = "", link = "" }] = records;
    const ids = records.slice(0, 3).map(({ vector }) => paint.dim(vector.id));
    const more = records.length > ids.length ? [paint.dim(`… ${records.length - ids.length} more`)] : [];
    return counted(records.length, [...wrap(printable(reason), width - 8), printable(link), ...ids, ...more]);
  });
  return ["known failures", ...lines];
}

function eventLines({ run }: NamedRun, { paint, width }: Style): string[] {
  if (run.events.length === 0) return [];
  const lines = run.events.flatMap(({ severity, kind, message }) => {
    const [first, ...others] = wrap(`${kind}: ${printable(message, 500)}`, width - 4);
    return [
      `  ${severity === "fault" ? paint.red("✗") : paint.yellow("·")} ${first}`,
      ...others.map((line) => `    ${line}`),
    ];
  });
  return ["in the session", ...lines];
}

function problemLines({ run }: NamedRun, { paint, width }: Style): string[] {
  if (run.problems.length === 0) return [];
  const lines = run.problems.flatMap((problem) => {
    const [first, ...others] = wrap(printable(problem), width - 4);
    return [`  ${paint.red("✗")} ${first}`, ...others.map((line) => `    ${line}`)];
  });
  return ["wrong with the run itself", ...lines];
}

/** Unknown names in the declared capabilities. */
function unknownLines({ run }: NamedRun, { paint, width }: Style): string[] {
  if (run.initialized === undefined) return [];
  const lines = unknownCapabilities(run.initialized).flatMap((line) => wrap(printable(line, 300), width - 4));
  if (lines.length === 0) return [];
  return ["declared, but unknown", ...lines.map((line) => `  ${paint.yellow("!")} ${line}`)];
}

function noteLines({ run }: NamedRun, { paint, width }: Style): string[] {
  const count = run.records.filter(({ note }) => note !== undefined).length;
  if (count === 0) return [];
  const were = count === 1 ? "1 case was" : `${count} cases were`;
  return wrap(`style: ${were} rejected correctly, but not with the preferred error class (see --json)`, width).map(
    paint.dim,
  );
}

function counted(count: number, [first, ...others]: readonly string[]): string[] {
  return [`${String(count).padStart(6)}  ${first ?? ""}`, ...others.map((line) => `        ${line}`)];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, [Item, ...Item[]]> {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
