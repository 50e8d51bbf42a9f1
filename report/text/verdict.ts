/** The last line of every run: what it showed, in plain words, and what the exit code means. */
import { isFailure } from "../../harness/run/judge.ts";
import { exitCodeOf } from "../../harness/run/outcome.ts";
import { type ImplementationRun, isExecuted } from "../../harness/run/run-cases.ts";
import { numberOf, type Style, wrap } from "./layout.ts";
import { printable } from "./printable.ts";

const MEANINGS: Readonly<Record<number, string>> = {
  0: "all good",
  1: "a conformance failure",
  3: "could not be started, or broke the protocol",
  4: "over budget only",
  130: "interrupted",
};

/** What the runs showed. */
export interface VerdictSentence {
  readonly sentence: string;
  readonly exitCode: number;
  /** What the exit code stands for. */
  readonly meaning: string;
}

/** The verdict as lines for a terminal. */
export function verdictText(runs: readonly ImplementationRun[], { paint, width }: Style): string[] {
  const { sentence, exitCode, meaning } = verdictSentence(runs);
  const color = exitCode === 0 ? paint.green : exitCode === 4 || exitCode === 130 ? paint.yellow : paint.red;
  const [first, ...others] = wrap(sentence, width - 2);
  return [
    `${color(exitCode === 0 ? "✓" : "✗")} ${paint.bold(first)}`,
    ...others.map((line) => `  ${paint.bold(line)}`),
    paint.dim(`  exit code ${exitCode}: ${meaning}`),
  ];
}

export function verdictSentence(runs: readonly ImplementationRun[]): VerdictSentence {
  const exitCode = exitCodeOf(runs);
  return { sentence: printable(sentenceOf(runs, exitCode)), exitCode, meaning: MEANINGS[exitCode] };
}

function sentenceOf(runs: readonly ImplementationRun[], exitCode: number): string {
  const records = runs.flatMap((run) => run.records);
  const executed = records.filter(isExecuted).length;
  const failed = records.filter(({ verdict }) => isFailure(verdict)).length;
  const known = records.filter(({ verdict }) => verdict === "known-failure").length;
  const failures = `${failed} of ${numberOf(executed, "executed case")} failed`;
  switch (exitCode) {
    case 0: {
      const besides = known === 0 ? "" : `; ${known} of them fail as known`;
      return `${executed === 1 ? "the" : `all ${executed}`} executed ${executed === 1 ? "case" : "cases"} ended as expected${besides}`;
    }
    case 3:
      return [...whyBroken(runs), ...(failed > 0 ? [failures] : [])].join("; ");
    case 4:
      return `${failures}, all of them for their budget`;
    case 130:
      return `interrupted: ${numberOf(executed, "case")} judged until then, ${failed} failed`;
    default:
      return whyFailed(runs, executed, failed > 0 ? failures : "").join("; ");
  }
}

function whyBroken(runs: readonly ImplementationRun[]): string[] {
  const dead = runs.filter(({ status }) => status === "not-started").length;
  const broke = runs.some(({ events, records }) => {
    return (
      events.some(({ severity }) => severity === "fault") || records.some(({ verdict }) => verdict === "protocol-fault")
    );
  });
  const who = runs.length === 1 ? "it" : `${dead} of ${runs.length} implementations`;
  return [...(dead > 0 ? [`${who} could not be started`] : []), ...(broke ? ["the protocol was broken"] : [])];
}

function whyFailed(runs: readonly ImplementationRun[], executed: number, failures: string): string[] {
  if (runs.every(({ status }) => status === "skipped")) {
    return [`nothing was executed, so nothing is shown: ${runs.length === 1 ? "its" : "every"} toolchain is missing`];
  }
  if (executed === 0) return ["nothing was executed, so nothing is shown"];
  const problems = runs.flatMap((run) => run.problems);
  const wrong = problems.length > 1 ? [`${problems.length} things are wrong with the run itself`] : problems;
  return [...(failures === "" ? [] : [failures]), ...wrong];
}
