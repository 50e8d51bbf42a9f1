/** Bounds in units that are the same on every machine, and what was measured against them. */
import type { Json, Outcome } from "../../runners/lane.ts";
import { proofLength } from "../cases/proof-length.ts";
import type { CaseText } from "../cases/vector.ts";
import type { Judgement } from "./judge.ts";

export const BUDGET_UNITS = ["hashes", "proofBytes"] as const;
export type BudgetUnit = (typeof BUDGET_UNITS)[number];

/** One bound of a case that was answered rightly. Without `measured` nobody could count, and the bound is neither met nor broken. */
export interface BudgetLine {
  readonly unit: BudgetUnit;
  readonly bound: number;
  readonly measured?: number;
}

/** What a case's bounds are worth for an answer. Input: an answer that is right. */
export function budgetLines(budget: CaseText["budget"], outcome: Outcome): BudgetLine[] {
  return BUDGET_UNITS.flatMap((unit): BudgetLine[] => {
    const bound = budget?.[unit];
    if (bound === undefined) return [];
    const measured = unit === "hashes" ? hashesOf(outcome, bound) : proofBytesOf(outcome);
    return [{ unit, bound, ...(measured === undefined ? {} : { measured }) }];
  });
}

/** The judgement, unless a bound is broken: then the answer is right, and took too much. */
export function withinBudget(judgement: Judgement, lines: readonly BudgetLine[]): Judgement {
  const broken = lines.find(({ measured, bound }) => measured !== undefined && measured > bound);
  if (broken === undefined) return judgement;
  return {
    verdict: "over-budget",
    reason: `right, but with ${broken.measured} ${broken.unit}; at most ${broken.bound}`,
  };
}

/** A right answer takes hashes where the bound allows some: none counted means that they were computed where nobody counts. */
function hashesOf({ measured }: Outcome, bound: number): number | undefined {
  return measured?.hashes === 0 && bound > 0 ? undefined : measured?.hashes;
}

function proofBytesOf(outcome: Outcome): number | undefined {
  if (outcome.kind !== "result") return undefined;
  const { proof } = outcome.result as { proof?: Json };
  return proof === undefined ? undefined : proofLength(proof);
}

/** What became of the bounds in one unit. */
export interface BudgetTotals {
  readonly unit: BudgetUnit;
  readonly bounded: number;
  readonly met: number;
  readonly over: number;
  readonly notMeasured: number;
  /** How much of a bound was left, in percent of it, over the cases that were measured and met: the least, and the median. */
  readonly leastHeadroom?: number;
  readonly medianHeadroom?: number;
}

/** Totals of the units that occur in `lines`. */
export function budgetTotals(lines: readonly BudgetLine[]): BudgetTotals[] {
  return BUDGET_UNITS.flatMap((unit): BudgetTotals[] => {
    const own = lines.filter((line) => line.unit === unit);
    if (own.length === 0) return [];
    const measured = own.flatMap(({ measured: used, bound }) => (used === undefined ? [] : [{ used, bound }]));
    const headrooms = measured.filter(({ used, bound }) => used <= bound).map(headroom);
    headrooms.sort((a, b) => a - b);
    return [
      {
        unit,
        bounded: own.length,
        met: headrooms.length,
        over: measured.length - headrooms.length,
        notMeasured: own.length - measured.length,
        ...(headrooms.length === 0
          ? {}
          : { leastHeadroom: headrooms[0], medianHeadroom: headrooms[headrooms.length >> 1] }),
      },
    ];
  });
}

/** A bound of nothing that is met leaves nothing. */
function headroom({ used, bound }: { readonly used: number; readonly bound: number }): number {
  return bound === 0 ? 0 : Math.round((100 * (bound - used)) / bound);
}
