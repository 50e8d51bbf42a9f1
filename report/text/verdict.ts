/** The last lines of every run: a summary of the result, and the meaning of the exit code. */
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

export interface VerdictSentence {
  readonly sentence: string;
  readonly exitCode: number;
  /** The meaning of the exit code. */
  readonly meaning: string;
}

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
      const ofWhich = known === 0 ? "" : `; ${numberOf(known, "known failure")}`;
      return `${executed === 1 ? "the" : `all ${executed}`} executed ${executed === 1 ? "case" : "cases"} ended as expected${ofWhich}`;
    }
    case 3:
      return [...whyBroken(runs), ...(failed > 0 ? [failures] : [])].join("; ");
    case 4:
      return `${failures}, all of them over budget`;
    case 130:
      return `interrupted: ${numberOf(executed, "case")} judged so far, ${failed} failed`;
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
  const which = runs.length === 1 ? "the implementation" : `${dead} of ${runs.length} implementations`;
  return [...(dead > 0 ? [`${which} could not be started`] : []), ...(broke ? ["the protocol was broken"] : [])];
}

function whyFailed(runs: readonly ImplementationRun[], executed: number, failures: string): string[] {
  if (runs.every(({ status }) => status === "skipped")) {
    return [`no case was executed: ${runs.length === 1 ? "the" : "every"} toolchain is missing`];
  }
  if (executed === 0) return ["no case was executed"];
  const problems = runs.flatMap((run) => run.problems);
  const wrong = problems.length > 1 ? [`the run itself has ${problems.length} problems`] : problems;
  return [...(failures === "" ? [] : [failures]), ...wrong];
}
