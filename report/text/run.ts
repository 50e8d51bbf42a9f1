/** One implementation's run as text: its failures in full, then the summary. */
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
  /** How many failures are printed in full. */
  readonly maxFailures: number;
  /** How to see the others. */
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

/** What keeps an implementation from answering comes before what it answers. */
const SEVERITY: readonly Verdict[] = ["protocol-fault", "crash", "timeout", "unexpected-pass", "fail", "over-budget"];

/** Most themes that the failures beyond the first are counted for. */
const LISTED_THEMES = 12;

/** The run's failures, the worst and first of them in full. */
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

/** Who was tested, the counts of every suite, and whatever has to be known to read them. */
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

/** What went wrong in the session and with the run itself. */
export function remarksText(named: NamedRun, style: Style): string[] {
  return paragraphs([eventLines(named, style), problemLines(named, style)]);
}

function paragraphs(parts: readonly (readonly string[])[]): string[] {
  return parts.filter((lines) => lines.length > 0).flatMap((lines) => [...lines, ""]);
}

/** Its name, and what stands behind it. */
export function heading({ name, library, run }: NamedRun, { paint, width }: Style): string[] {
  const { name: saidName, version, language } = run.initialized?.implementation ?? {};
  const says =
    saidName === undefined
      ? []
      : [`${printable(saidName, 80)} ${printable(version ?? "", 40)} in ${printable(language ?? "", 40)}`];
  const tests = library === undefined || library.name === saidName ? [] : [`${library.name} ${library.version}`];
  const behind = [...says, ...tests].join(", ");
  return [paint.bold(printable(name, 200)), ...wrap(behind, width - 2).map((line) => `  ${paint.dim(line)}`)];
}

const COLUMNS = ["executed", "passed", "failed", "known", "skipped", "undeclared"] as const;

/** Failed cases, known failures left out. */
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

/** How the failed cases failed, where that is not always the same. */
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
  const what = run.status === "skipped" ? paint.yellow("skipped") : paint.red("could not be started");
  return [what, ...indent(wrap(printable(run.reason), width - 2)), ...indent(stderrLines(run.stderr ?? "", width - 2))];
}

/** Cases that were declared and not run, by reason. */
function skippedLines({ run }: NamedRun, { paint, width }: Style): string[] {
  const skipped = run.records.filter((record) => !isExecuted(record));
  const groups = groupBy(skipped, ({ reason = "" }) => reason);
  if (groups.size === 0) return [];
  const rules = run.initialized?.unsupported ?? [];
  const lines = [...groups].flatMap(([reason, records]) => {
    const matches = rules.filter((rule) => reason.startsWith(rule.reason)).map(({ match }) => printable(match, 100));
    const asked = wrap(matches.join(", "), width - 8).map(paint.dim);
    return counted(records.length, [...wrap(printable(reason), width - 8), ...asked]);
  });
  return ["skipped, and why", ...lines];
}

/** Known failures that have the same explanation, by that explanation. */
function knownGroups({ run }: NamedRun): Map<string, readonly CaseRecord[]> {
  const known = run.records.filter(({ verdict }) => verdict === "known-failure");
  return groupBy(known, ({ reason, link, observed }) => `${reason}\n${link}\n${observed}`);
}

/** What is known to fail in an implementation, a line for each explanation. */
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

/** Names in its capabilities that there are not. */
function unknownLines({ run }: NamedRun, { paint, width }: Style): string[] {
  if (run.initialized === undefined) return [];
  const lines = unknownCapabilities(run.initialized).flatMap((line) => wrap(printable(line, 300), width - 4));
  if (lines.length === 0) return [];
  return ["declared, and not there", ...lines.map((line) => `  ${paint.yellow("!")} ${line}`)];
}

function noteLines({ run }: NamedRun, { paint, width }: Style): string[] {
  const count = run.records.filter(({ note }) => note !== undefined).length;
  if (count === 0) return [];
  const were = count === 1 ? "1 case was" : `${count} cases were`;
  return wrap(
    `style: ${were} rejected rightly, with another error class than the preferred one (see --json)`,
    width,
  ).map(paint.dim);
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
