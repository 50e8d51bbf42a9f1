/** What `check --watch` shows, line by line: it reads the same in a terminal, a pipe and a log. */
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
  /** The same for a run after a change, of which only the news count. */
  readonly maxNews: number;
}

/** Most ids that are listed of a kind. */
const LISTED_IDS = 10;
/** Most files that are named on a line. */
const NAMED_FILES = 3;

type Ran = Extract<WatchEvent, { kind: "ran" }>;

/** A run: in full where it is the first to show anything, otherwise what is new. */
export function ranText(event: Ran, context: FailureContext, style: Style, options: WatchTextOptions): string[] {
  const { scope, named, changes, goesOn } = event;
  if (changes === undefined) return runText(named, context, style, options);
  const { maxNews } = options;
  const news = scope === "failures" ? changes["still failing"] : changes["newly failing"];
  return [
    ...newsText(named, new Set(news), context, style, { ...options, maxFailures: maxNews }),
    ...changesText(changes, scope === "failures" ? CHANGE_KINDS : CHANGE_KINDS.filter(isNews), style),
    ...(goesOn
      ? [style.paint.dim("not all of them fail any more: everything is run now"), ""]
      : remarksText(named, style)),
    ...(scope === "everything" ? verdictText([named.run], style) : []),
    ...(scope === "failures" && !goesOn ? [style.paint.red(noneFixed(news.length))] : []),
  ];
}

function noneFixed(count: number): string {
  const none = count === 1 ? "the case that failed is not fixed" : `none of the ${count} cases that failed is fixed`;
  return `✗ ${none}; the others have not been run again`;
}

/** What is said of a run of everything: what still fails has been said before. */
function isNews(kind: ChangeKind): boolean {
  return kind !== "still failing";
}

/** Some of the run's failures in full; all of them are listed elsewhere. */
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

/** A change, and when it came. */
export function changedText(event: Extract<WatchEvent, { kind: "changed" }>, at: string, style: Style): string[] {
  const { paths, muted } = event;
  const { paint, width } = style;
  const title = paths.length === 0 ? "changed and changed back" : `changed: ${someFiles(paths)}`;
  const hint =
    muted.length === 0
      ? ""
      : `${someFiles(muted)}: changed time and again while it was built or run, which does not start it anew from now on; --watch-path says what is to be watched`;
  return [paint.bold(`── ${at} ${title}`), ...wrap(hint, width - 3).map((line) => `   ${paint.yellow(line)}`), ""];
}

export function goneText({ paths }: Extract<WatchEvent, { kind: "gone" }>, { paint }: Style): string[] {
  const verb = paths.length === 1 ? "is" : "are";
  return [
    paint.yellow(`${someFiles(paths)} ${verb} gone; waiting until ${paths.length === 1 ? "it is" : "they are"} back`),
  ];
}

/** What is wrong with a file of the user's. It stands where a run would, so it is no message on stderr. */
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
  return ["", paint.dim(`watching ${numberOf(fileCount, "file")} (${someFiles(outermost)}); Ctrl-C ends`), ""];
}

function someFiles(paths: readonly string[]): string {
  const names = paths.slice(0, NAMED_FILES).map((path) => printable(displayPath(path), 200));
  const more = paths.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
