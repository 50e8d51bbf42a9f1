/** Runs the selected cases against one implementation and judges the answers. */
import type { InitializeResult, Json, Lane, Outcome, SessionEvent } from "../../runners/lane.ts";
import { StartError } from "../../runners/lane.ts";
import { expandFor, expectedOf } from "../cases/expand.ts";
import { isDeclared, skipReason } from "../cases/select.ts";
import type { VectorCase } from "../cases/vector.ts";
import { shorten, shortenStrings } from "../json/shorten.ts";
import { type BudgetLine, budgetLines, withinBudget } from "./budget.ts";
import { applyExpectation, type KnownFailures } from "./expectations.ts";
import { isFailure, type Judgement, judge } from "./judge.ts";

/** A declared case and its outcome. */
export interface CaseRecord extends Judgement {
  readonly vector: VectorCase;
  /** Absent when the case was skipped without being sent. */
  readonly outcome?: Outcome;
  /** For a known failure: the verdict without the expectation. */
  readonly observed?: string;
  readonly link?: string;
  /** Present when the answer is right and the case has bounds. */
  readonly budget?: readonly BudgetLine[];
}

export type RunStatus = "ran" | "skipped" | "not-started" | "interrupted";

export interface ImplementationRun {
  readonly status: RunStatus;
  /** The reason why it was skipped or not started. */
  readonly reason?: string;
  /** Its stderr, if it could not be started. */
  readonly stderr?: string;
  readonly lane: Lane["name"];
  readonly initialized?: InitializeResult;
  /** Selected cases, in the order of the vectors. */
  readonly selected: readonly VectorCase[];
  /** Selected cases that the implementation does not declare. */
  readonly undeclared: readonly VectorCase[];
  /** Finished declared cases, in the order of the vectors. */
  readonly records: readonly CaseRecord[];
  readonly events: readonly SessionEvent[];
  /** Problems of the run itself: too few executed cases, a stale expectation. */
  readonly problems: readonly string[];
}

export interface RunOptions {
  /** Selected cases. Entries of `known` for other cases are ignored. */
  readonly cases: readonly VectorCase[];
  readonly known?: KnownFailures;
  /** The run fails with fewer executed cases. The minimum is at least 1. */
  readonly minExecuted?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, failed: number) => void;
}

/** The outcome of starting an implementation. */
export type Started = InitializeResult | StartError;

/** The maximum length of a text in a failing answer: an answer may have 64 MiB, and many answers may fail. */
const KEPT_TEXT = 2 ** 20;

/** The maximum length of the reason for a failed start, which quotes the implementation. */
const KEPT_REASON = 2000;

/** Starts an implementation. An interruption stops it. */
export async function startLane(lane: Lane, signal?: AbortSignal): Promise<Started> {
  const stop = (): void => void lane.close();
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    return checkRules(await lane.initialize());
  } catch (error) {
    await lane.close();
    if (signal?.aborted) return new StartError("interrupted");
    if (!(error instanceof StartError)) throw error;
    return error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** An invalid `unsupported` rule is a fault of the implementation. */
function checkRules(initialized: InitializeResult): InitializeResult {
  try {
    skipReason(initialized);
  } catch (error) {
    throw new StartError(`initialize: unsupported rule ${(error as Error).message}`);
  }
  return initialized;
}

/**
 * Runs the cases, and always stops the implementation.
 *
 * Input: `starting`, if the lane has already been started, so that it starts while the cases are loaded.
 */
export async function runImplementation(
  lane: Lane,
  options: RunOptions,
  starting: Promise<Started> = startLane(lane, options.signal),
): Promise<ImplementationRun> {
  const { cases, signal } = options;
  const blank = { lane: lane.name, selected: cases, undeclared: [], records: [], events: [], problems: [] };
  const started = await starting;
  if (started instanceof StartError) {
    if (signal?.aborted) return { ...blank, status: "interrupted" };
    return { ...blank, status: "not-started", reason: shorten(started.message, KEPT_REASON), stderr: started.stderr };
  }

  const declared = cases.filter((vector) => isDeclared(vector, started));
  const undeclared = cases.filter((vector) => !isDeclared(vector, started));
  let records: CaseRecord[];
  try {
    records = await runDeclared(lane, declared, skipReason(started), options);
  } finally {
    await lane.close();
  }
  const run = { ...blank, initialized: started, undeclared, records, events: lane.events };
  if (signal?.aborted) return { ...run, status: "interrupted" };
  return { ...run, status: "ran", problems: problemsOf(records, options) };
}

async function runDeclared(
  lane: Lane,
  declared: readonly VectorCase[],
  reasonToSkip: (vector: VectorCase) => string | undefined,
  { known = new Map(), signal, onProgress }: RunOptions,
): Promise<CaseRecord[]> {
  const records = new Map<VectorCase, CaseRecord>();
  const toRun: VectorCase[] = [];
  for (const vector of declared) {
    const reason = reasonToSkip(vector);
    if (reason === undefined) toRun.push(vector);
    else records.set(vector, { vector, verdict: "skip", reason });
  }
  const calls = toRun.map((vector) => ({
    method: vector.call,
    get params() {
      return expandFor(vector, vector.params);
    },
  }));
  let done = 0;
  let failed = 0;
  onProgress?.(0, calls.length, 0);
  const onOutcome = (index: number, outcome: Outcome): void => {
    const record = recordOf(toRun[index], outcome, known);
    records.set(record.vector, record);
    done++;
    if (isFailure(record.verdict)) failed++;
    onProgress?.(done, calls.length, failed);
  };
  await lane.run(calls, onOutcome, signal);
  return declared.flatMap((vector) => records.get(vector) ?? []);
}

function recordOf(vector: VectorCase, outcome: Outcome, known: KnownFailures): CaseRecord {
  const answered = judge(expectedOf(vector), outcome);
  const budget = answered.verdict === "pass" ? budgetLines(vector.budget, outcome) : [];
  const judgement = withinBudget(answered, budget);
  const entry = outcome.kind === "not-run" ? undefined : known.get(vector.id);
  const applied = applyExpectation(judgement, entry);
  return {
    vector,
    outcome:
      applied.verdict === "pass"
        ? outcome
        : (shortenStrings(outcome as unknown as Json, KEPT_TEXT) as unknown as Outcome),
    ...applied,
    ...(entry === undefined ? {} : { link: entry.link }),
    ...(budget.length === 0 ? {} : { budget }),
    ...(applied.verdict === "known-failure" ? { observed: judgement.verdict } : {}),
  };
}

/** Whether the case was sent to the implementation. */
export function isExecuted({ outcome }: CaseRecord): boolean {
  return outcome !== undefined && outcome.kind !== "not-run";
}

function problemsOf(
  records: readonly CaseRecord[],
  { cases, known = new Map(), minExecuted = 1 }: RunOptions,
): string[] {
  const executed = new Set(records.filter(isExecuted).map(({ vector }) => vector.id));
  const selected = new Set(cases.map(({ id }) => id));
  const least = Math.max(1, minExecuted);
  const stale = [...known.keys()].filter((id) => selected.has(id) && !executed.has(id));
  return [
    ...(executed.size < least ? [tooFew(executed.size, least)] : []),
    ...stale.map((id) => `stale expectation: ${id} was not executed`),
  ];
}

function tooFew(executed: number, least: number): string {
  const count = executed === 0 ? "executed no case" : `executed ${executed} ${executed === 1 ? "case" : "cases"}`;
  return `${count}; expected at least ${least}`;
}
