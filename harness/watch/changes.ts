/** The changes from one run to the next. */
import { isFailure, type Verdict } from "../run/judge.ts";
import { type ImplementationRun, isExecuted } from "../run/run-cases.ts";

/** The last verdict of each case by id. */
export type Verdicts = ReadonlyMap<string, Verdict>;

export const CHANGE_KINDS = [
  "newly fixed",
  "now known to fail",
  "no longer run",
  "still failing",
  "newly failing",
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Case ids by kind of change, in the order of the vectors. */
export type Changes = Readonly<Record<ChangeKind, readonly string[]>>;

/** Returns the cases whose last verdict is a failure. */
export function failingIds(verdicts: Verdicts): Set<string> {
  return new Set([...verdicts].filter(([, verdict]) => isFailure(verdict)).map(([id]) => id));
}

/** Returns the verdicts after `run`: unselected cases keep theirs, and selected cases that did not run lose theirs. */
export function updated(verdicts: Verdicts, { selected, records }: ImplementationRun): Verdicts {
  const next = new Map(verdicts);
  for (const { id } of selected) next.delete(id);
  for (const { vector, verdict } of records) next.set(vector.id, verdict);
  return next;
}

/** Compares a complete run with the verdicts before it. */
export function changesOf(before: Verdicts, run: ImplementationRun): Changes {
  const changes: Record<ChangeKind, string[]> = {
    "newly fixed": [],
    "now known to fail": [],
    "no longer run": [],
    "still failing": [],
    "newly failing": [],
  };
  const records = new Map(run.records.map((record) => [record.vector.id, record]));
  const failed = failingIds(before);
  for (const { id } of run.selected) {
    const record = records.get(id);
    const hadFailed = failed.has(id);
    if (record !== undefined && isFailure(record.verdict)) {
      changes[hadFailed ? "still failing" : "newly failing"].push(id);
    } else if (hadFailed) {
      const isRun = record !== undefined && isExecuted(record);
      changes[!isRun ? "no longer run" : record.verdict === "pass" ? "newly fixed" : "now known to fail"].push(id);
    }
  }
  return changes;
}
