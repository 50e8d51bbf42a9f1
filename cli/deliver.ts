/** Writes and prints the results of a run. Report files come first, because they must not depend on a reader of stdout. */
import type { VectorSet } from "../harness/cases/load.ts";
import type { VectorCase } from "../harness/cases/vector.ts";
import { exitCodeOf, type NamedRun } from "../harness/run/outcome.ts";
import { buildReport } from "../report/json/report.ts";
import { strictOption } from "../report/text/explain.ts";
import type { FailureContext } from "../report/text/failure.ts";
import { type LostReport, type ReportTarget, writeReports } from "../report/write-reports.ts";
import { quoteWord } from "./command-line.ts";
import type { RunOptions } from "./options.ts";
import { print, printLines, warn } from "./output.ts";

const WRONG_USE = 2;
const INTERRUPTED = 130;

export interface Delivery {
  readonly runs: readonly NamedRun[];
  readonly targets: readonly ReportTarget[];
  readonly json: boolean;
  readonly text: () => readonly string[];
}

/** Sets the exit code before it prints, because printing may fail. */
export async function deliver({ runs, targets, json, text }: Delivery): Promise<void> {
  const lost = writeReports(targets, runs);
  const exitCode = exitCodeOf(runs.map(({ run }) => run));
  process.exitCode = lost.length > 0 && exitCode !== INTERRUPTED ? WRONG_USE : exitCode;
  await (json ? print(`${JSON.stringify(buildReport(runs), null, 2)}\n`) : printLines(text()));
  for (const report of lost) await warnOfLost(report);
}

async function warnOfLost({ target, error, text, rescuedTo }: LostReport): Promise<void> {
  warn(`error: the report ${target.path} could not be written: ${error}`);
  if (rescuedTo !== undefined) {
    warn(`       it was written to ${rescuedTo} instead`);
    return;
  }
  warn("       the temporary folder could not be written either; the report follows on stdout");
  await print(text);
}

/** Input: `target`, the words that name the implementation on the command line. */
export function failureContext(target: string, options: RunOptions, flags: VectorSet["flags"]): FailureContext {
  const { vectors, timeoutMs, expectations } = options;
  const others = [
    ...(vectors === undefined ? [] : ["--vectors", quoteWord(vectors)]),
    ...(timeoutMs === undefined ? [] : ["--timeout-ms", String(timeoutMs)]),
    ...(expectations === false ? ["--no-expectations"] : []),
    ...(typeof expectations === "string" ? ["--expectations", quoteWord(expectations)] : []),
  ];
  const reproduce = (vector: VectorCase): string => {
    return ["npx proofhouse check", target, ...others, `--case ${vector.id}${strictOption(vector)}`].join(" ");
  };
  return { flags, reproduce };
}
