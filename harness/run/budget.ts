/** Bounds in units that are the same on every machine, and their measured values. */
import type { Json, Outcome } from "../../runners/lane.ts";
import { proofLength } from "../cases/proof-length.ts";
import type { CaseText } from "../cases/vector.ts";
import type { Judgement } from "./judge.ts";

export const BUDGET_UNITS = ["hashes", "proofBytes"] as const;
export type BudgetUnit = (typeof BUDGET_UNITS)[number];

/** One bound of a case with a right answer. Without `measured`, the bound is neither met nor broken. */
export interface BudgetLine {
  readonly unit: BudgetUnit;
  readonly bound: number;
  readonly measured?: number;
}

/** Measures an answer against the bounds of its case. Input: `outcome`, a right answer. */
export function budgetLines(budget: CaseText["budget"], outcome: Outcome): BudgetLine[] {
  return BUDGET_UNITS.flatMap((unit): BudgetLine[] => {
    const bound = budget?.[unit];
    if (bound === undefined) return [];
    const measured = unit === "hashes" ? hashesOf(outcome, bound) : proofBytesOf(outcome);
    return [{ unit, bound, ...(measured === undefined ? {} : { measured }) }];
  });
}

/** Returns `over-budget` if a bound is broken, and `judgement` otherwise. */
export function withinBudget(judgement: Judgement, lines: readonly BudgetLine[]): Judgement {
  const broken = lines.find(({ measured, bound }) => measured !== undefined && measured > bound);
  if (broken === undefined) return judgement;
  return {
    verdict: "over-budget",
    reason: `right, but with ${broken.measured} ${broken.unit}; expected at most ${broken.bound}`,
  };
}

/** If the bound is above 0, a right answer needs hashes: a count of 0 means that they were computed uncounted. */
function hashesOf({ measured }: Outcome, bound: number): number | undefined {
  return measured?.hashes === 0 && bound > 0 ? undefined : measured?.hashes;
}

function proofBytesOf(outcome: Outcome): number | undefined {
  if (outcome.kind !== "result") return undefined;
  const { proof } = outcome.result as { proof?: Json };
  return proof === undefined ? undefined : proofLength(proof);
}

/** The totals of the bounds in one unit. */
export interface BudgetTotals {
  readonly unit: BudgetUnit;
  readonly bounded: number;
  readonly met: number;
  readonly over: number;
  readonly notMeasured: number;
  /** The least and the median unused part of a bound, in percent, over the bounds that were measured and met. */
  readonly leastHeadroom?: number;
  readonly medianHeadroom?: number;
}

/** Returns totals for the units that occur in `lines`. */
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

/** A bound of 0 has no headroom. */
function headroom({ used, bound }: { readonly used: number; readonly bound: number }): number {
  return bound === 0 ? 0 : Math.round((100 * (bound - used)) / bound);
}
