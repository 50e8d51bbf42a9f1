/** Hands over what a run showed: report files first, for they must not depend on who reads stdout. */
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
  /** The text for people. */
  readonly text: () => readonly string[];
}

/** Writes and prints everything; sets the exit code before it prints. */
export async function deliver({ runs, targets, json, text }: Delivery): Promise<void> {
  const lost = writeReports(targets, runs);
  const exitCode = exitCodeOf(runs.map(({ run }) => run));
  process.exitCode = lost.length > 0 && exitCode !== INTERRUPTED ? WRONG_USE : exitCode;
  await (json ? print(`${JSON.stringify(buildReport(runs), null, 2)}\n`) : printLines(text()));
  for (const report of lost) await tellOfLost(report);
}

async function tellOfLost({ target, error, text, rescuedTo }: LostReport): Promise<void> {
  warn(`error: the report ${target.path} could not be written: ${error}`);
  if (rescuedTo !== undefined) {
    warn(`       it is in ${rescuedTo} instead`);
    return;
  }
  warn("       nor could it be kept in the temporary folder; it follows on stdout");
  await print(text);
}

/** What the text of a failure needs. `target` names the implementation on the command line. */
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
