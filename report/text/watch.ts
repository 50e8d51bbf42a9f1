/** The output of `check --watch`. It is written line by line, so that it is the same in a terminal, a pipe and a log. */
import { sep } from "node:path";
import { displayPath } from "../../harness/files/yaml-file.ts";
import type { NamedRun } from "../../harness/run/outcome.ts";
import { CHANGE_KINDS, type ChangeKind, type Changes } from "../../harness/watch/changes.ts";
import type { WatchEvent } from "../../harness/watch/watch.ts";
import type { FailureContext } from "./failure.ts";
import { columnsOf, numberOf, type Paint, type Style, wrap } from "./layout.ts";
import { printable, printableLines } from "./printable.ts";
import { failureTexts, type RunTextOptions, remarksText, runText } from "./run.ts";
import { verdictText } from "./verdict.ts";

export interface WatchTextOptions extends RunTextOptions {
  /** The maximum number of new failures that a run after a change prints in full. */
  readonly maxNews: number;
}

/** The maximum number of listed ids of a kind. */
const LISTED_IDS = 10;
/** The maximum number of files named on a line. */
const NAMED_FILES = 3;

type Ran = Extract<WatchEvent, { kind: "ran" }>;

/** The first run is printed in full; later runs print only the differences. */
export function ranText(event: Ran, context: FailureContext, style: Style, options: WatchTextOptions): string[] {
  const { scope, named, changes, goesOn } = event;
  if (changes === undefined) return runText(named, context, style, options);
  const { maxNews } = options;
  const news = scope === "failures" ? changes["still failing"] : changes["newly failing"];
  return [
    ...newsText(named, new Set(news), context, style, { ...options, maxFailures: maxNews }),
    ...changesText(changes, scope === "failures" ? CHANGE_KINDS : CHANGE_KINDS.filter(isNews), style),
    ...(goesOn ? [style.paint.dim("some of them no longer fail: all cases run now"), ""] : remarksText(named, style)),
    ...(scope === "everything" ? verdictText([named.run], style) : []),
    ...(scope === "failures" && !goesOn ? [style.paint.red(noneFixed(news.length))] : []),
  ];
}

function noneFixed(count: number): string {
  const failing = count === 1 ? "the failed case still fails" : `all ${count} failed cases still fail`;
  return `✗ ${failing}; the other cases were not run again`;
}

/** After a run of all cases, those that still fail are not printed again. */
function isNews(kind: ChangeKind): boolean {
  return kind !== "still failing";
}

/** Prints some of the failures in full; `changesText` lists all of them. */
function newsText(
  { run, ...named }: NamedRun,
  ids: ReadonlySet<string>,
  context: FailureContext,
  style: Style,
  options: RunTextOptions,
): string[] {
  const records = run.records.filter(({ vector }) => ids.has(vector.id)).slice(0, options.maxFailures);
  return failureTexts({ ...named, run: { ...run, records } }, context, style, options);
}

function changesText(changes: Changes, kinds: readonly ChangeKind[], { paint }: Style): string[] {
  const colors: Readonly<Record<ChangeKind, Paint>> = {
    "newly fixed": paint.green,
    "now known to fail": paint.yellow,
    "no longer run": paint.yellow,
    "still failing": paint.red,
    "newly failing": paint.red,
  };
  const lines = kinds.flatMap((kind) => {
    const ids = changes[kind];
    if (ids.length === 0) return [];
    const label = `${kind.padEnd(17)} ${String(ids.length).padStart(4)}  `;
    const shown = ids.slice(0, LISTED_IDS);
    const rest = ids.length > shown.length ? [`… ${ids.length - shown.length} more`] : [];
    return [...shown, ...rest].map((line, index) => {
      return index === 0 ? `${colors[kind](label)}${line}` : `${" ".repeat(columnsOf(label))}${line}`;
    });
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

/** Input: `time`, the time of day of the change. */
export function changedText(event: Extract<WatchEvent, { kind: "changed" }>, time: string, style: Style): string[] {
  const { paths, muted } = event;
  const { paint, width } = style;
  const title = paths.length === 0 ? "changed and changed back" : `changed: ${someFiles(paths)}`;
  const hint =
    muted.length === 0
      ? ""
      : `${someFiles(muted)}: changed repeatedly during builds or runs; such a change no longer restarts a run; --watch-path selects the watched paths`;
  return [paint.bold(`── ${time} ${title}`), ...wrap(hint, width - 3).map((line) => `   ${paint.yellow(line)}`), ""];
}

export function goneText({ paths }: Extract<WatchEvent, { kind: "gone" }>, { paint }: Style): string[] {
  const [verb, pronoun] = paths.length === 1 ? ["is", "it"] : ["are", "them"];
  return [paint.yellow(`${someFiles(paths)} ${verb} missing; waiting for ${pronoun} to reappear`)];
}

/** The error in a file of the user. It replaces the output of a run, so it goes to stdout, not to stderr. */
export function refusedText({ message }: Extract<WatchEvent, { kind: "refused" }>, { paint }: Style): string[] {
  const [first = "", ...others] = printableLines(message);
  return [
    `${paint.red("✗")} ${paint.bold(first)}`,
    ...others.map((line) => `  ${line}`),
    paint.dim("  exit code 2: wrong use"),
  ];
}

export function waitingText(
  { paths, fileCount }: Extract<WatchEvent, { kind: "waiting" }>,
  { paint }: Style,
): string[] {
  const { roots } = paths;
  const outermost = roots.filter((path) => !roots.some((other) => path.startsWith(`${other}${sep}`)));
  return ["", paint.dim(`watching ${numberOf(fileCount, "file")} (${someFiles(outermost)}); Ctrl-C to stop`), ""];
}

function someFiles(paths: readonly string[]): string {
  const names = paths.slice(0, NAMED_FILES).map((path) => printable(displayPath(path), 200));
  const more = paths.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
