/** A table of implementations and suites. */

import { isBad, type NamedRun, suitesOf, type Totals, totalsOf, touchedSuites } from "../../harness/run/outcome.ts";
import type { FailureContext } from "./failure.ts";
import { type Cell, columnsOf, type Style, table, wrap } from "./layout.ts";
import { printable } from "./printable.ts";
import { failedOf, failureTexts, knownOverview, type RunTextOptions, summaryText } from "./run.ts";
import { verdictText } from "./verdict.ts";

const GAP = 3;

/** The whole text of `matrix`: legend, table, skipped implementations, known failures, unexpected failures, verdict. */
export function matrixText(
  runs: readonly NamedRun[],
  contextOf: (named: NamedRun) => FailureContext,
  style: Style,
  optionsOf: (named: NamedRun) => RunTextOptions,
): string[] {
  const { paint } = style;
  const failing = runs.filter(
    ({ run }) =>
      run.status === "not-started" || run.problems.length > 0 || run.events.length > 0 || run.records.some(isBad),
  );
  return [
    ...wrap(INTRODUCTION, style.width),
    ...legend(style),
    "",
    ...matrixTable(runs, style),
    ...untouchedLines(runs, style),
    "",
    ...notRunLines(runs, style),
    ...runs.filter((named) => !failing.includes(named)).flatMap((named) => knownOverview(named, style)),
    ...failing.flatMap((named) => [
      paint.dim("─".repeat(style.width)),
      "",
      ...failureTexts(named, contextOf(named), style, optionsOf(named)),
      ...summaryText(named, style),
    ]),
    ...verdictText(
      runs.map(({ run }) => run),
      style,
    ),
  ];
}

/** The table without its legend, split into as many blocks as the width requires. */
export function matrixTable(runs: readonly NamedRun[], style: Style): string[] {
  const { paint, width } = style;
  const all = allSuites(runs);
  const touched = touchedSuites(
    runs.map(({ run }) => run),
    all,
  );
  const suites = touched.length === 0 ? all : touched;
  const prefix = commonFolder(suites);
  const title = prefix === "" ? "implementation" : prefix;
  const names: Cell[] = [
    { text: title, paint: paint.dim },
    ...runs.map((named) => ({ text: printable(named.name, 40), paint: paint.bold })),
  ];
  const columns = suites.map((suite): Cell[] => [
    { text: suite.slice(prefix.length), paint: paint.dim },
    ...runs.map((named) => suiteCell(named, suite, paint)),
  ]);
  const nameWidth = widthOf(names);
  const blocks: Cell[][][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    const needed = GAP + widthOf(column);
    if (used + needed > width) {
      blocks.push([]);
      used = nameWidth;
    }
    used += needed;
    blocks.at(-1)?.push(column);
  }
  return blocks.flatMap((block, index) => {
    const rows = names.map((name, row) => [name, ...block.map((column) => column[row])]);
    const left = rows[0].map((_, column) => column);
    return [...(index === 0 ? [] : [""]), ...table(rows, { left, gap: GAP })];
  });
}

function allSuites(runs: readonly NamedRun[]): string[] {
  return [...new Set(runs.flatMap(({ run }) => suitesOf(run)))].sort();
}

/** The suites without a column, each with the number of its selected cases. */
function untouchedLines(runs: readonly NamedRun[], { paint, width }: Style): string[] {
  const all = allSuites(runs);
  const touched = touchedSuites(
    runs.map(({ run }) => run),
    all,
  );
  const others = all.filter((suite) => !touched.includes(suite));
  if (touched.length === 0 || others.length === 0) return [];
  const counts = others.map((suite) => {
    const cases = Math.max(...runs.map(({ run }) => run.selected.filter((vector) => vector.suite === suite).length));
    return `${suite} (${cases})`;
  });
  return ["", ...wrap(`undeclared by all: ${counts.join(", ")}`, width).map(paint.dim)];
}

function widthOf(column: readonly Cell[]): number {
  return Math.max(...column.map(({ text }) => columnsOf(text)));
}

function suiteCell({ run }: NamedRun, suite: string, paint: Style["paint"]): Cell {
  if (run.status === "skipped") return { text: "skipped", paint: paint.yellow };
  if (run.status === "not-started") return { text: "not started", paint: paint.red };
  const totals = totalsOf(run, (vector) => vector.suite === suite);
  const { executed, skipped, undeclared } = totals;
  if (executed === 0 && skipped === 0) return { text: undeclared > 0 ? "–" : "", paint: paint.dim };
  const text = [`${totals.verdicts.pass ?? 0}/${executed}`, ...marksOf(totals)].join(" ");
  if (failedOf(totals) > 0) return { text, paint: paint.red };
  return { text, paint: totals.verdicts["known-failure"] || skipped > 0 ? paint.yellow : paint.green };
}

/** The counts that follow a pair of numbers, each with its symbol. */
export function marksOf(totals: Totals): string[] {
  const failed = failedOf(totals);
  const known = totals.verdicts["known-failure"] ?? 0;
  return [
    ...(failed > 0 ? [`✗${failed}`] : []),
    ...(known > 0 ? [`~${known}`] : []),
    ...(totals.skipped > 0 ? [`○${totals.skipped}`] : []),
    ...(totals.undeclared > 0 ? [`–${totals.undeclared}`] : []),
  ];
}

const INTRODUCTION = "Each cell counts the cases of one suite:";

const LEGEND = [
  "passed/executed",
  "✗ unexpected failures",
  "~ known failures",
  "○ skipped, with a reason",
  "–N undeclared",
  "– alone: no declared case",
] as const;

function legend({ paint, width }: Style): string[] {
  const lines: string[] = [];
  let line = "";
  for (const entry of LEGEND) {
    const longer = line === "" ? entry : `${line}   ${entry}`;
    if (columnsOf(longer) > width) {
      lines.push(line);
      line = entry;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((text) => paint.dim(text));
}

function notRunLines(runs: readonly NamedRun[], { paint, width }: Style): string[] {
  const lines = runs.flatMap(({ name, run }) => {
    if (run.status !== "skipped") return [];
    return wrap(`${name} skipped: ${printable(run.reason ?? "")}`, width).map((line, index) =>
      index === 0 ? paint.yellow(line) : `  ${line}`,
    );
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

/** The longest folder that all suites share, with its slash; "" for none. */
export function commonFolder(suites: readonly string[]): string {
  if (suites.length < 2) return "";
  const [first, ...others] = suites;
  let length = first.lastIndexOf("/") + 1;
  while (length > 0 && !others.every((suite) => suite.startsWith(first.slice(0, length)))) {
    length = first.lastIndexOf("/", length - 2) + 1;
  }
  return first.slice(0, length);
}
