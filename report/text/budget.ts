/** The budgets of a run as a table. */
import { budgetTotals } from "../../harness/run/budget.ts";
import type { ImplementationRun } from "../../harness/run/run-cases.ts";
import { type Cell, type Style, table } from "./layout.ts";

const HEADER = ["budget", "bounded", "met", "over", "not measured", "least headroom", "median"];

/** Returns no lines when no executed case has a bound. */
export function budgetText({ records, lane }: ImplementationRun, { paint }: Style): string[] {
  const totals = budgetTotals(records.flatMap(({ budget = [] }) => budget));
  if (totals.length === 0) return [];
  const percent = (value: number | undefined): Cell => ({ text: value === undefined ? "–" : `${value} %` });
  const rows = totals.map(({ unit, bounded, met, over, notMeasured, leastHeadroom, medianHeadroom }) => [
    { text: unit },
    { text: String(bounded) },
    { text: String(met), paint: met === 0 ? paint.dim : paint.green },
    { text: String(over), paint: over === 0 ? paint.dim : paint.red },
    { text: String(notMeasured), paint: notMeasured === 0 ? paint.dim : paint.yellow },
    percent(leastHeadroom),
    percent(medianHeadroom),
  ]);
  const unmeasured = totals.filter(({ notMeasured }) => notMeasured > 0).map(({ unit }) => unit);
  return [
    ...table([HEADER.map((text) => ({ text, paint: paint.dim })), ...rows]),
    ...(unmeasured.length === 0 ? [] : [paint.dim(`the ${lane} lane cannot count ${unmeasured.join(" and ")} here`)]),
  ];
}
