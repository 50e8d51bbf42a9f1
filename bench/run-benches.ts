/** Runs benches and prints their results. */
import { type Bench, type Comparison, compare, type Target } from "./comparison.ts";

export interface RunOptions {
  readonly isSmoke: boolean;
  readonly print: (line: string) => void;
  /** Called for a miss that is measured again. */
  readonly printMiss: (line: string) => void;
}

const ROUNDS = 5;
const SMOKE_ROUNDS = 3;
/** On a shared CI machine, other processes slow down the longer side more, so the smoke mode relaxes the targets. */
const SMOKE_LENIENCY = 2;

/** Other processes can only make a bench miss its target, never meet it, so a miss is measured again. */
const ATTEMPTS = 3;

/** Returns whether every target was met. */
export async function runBenches(benches: readonly Bench[], options: RunOptions): Promise<boolean> {
  const rounds = options.isSmoke ? SMOKE_ROUNDS : ROUNDS;
  const comparisons: Comparison[] = [];
  for (const bench of benches) comparisons.push(await measure(bench, rounds, options));

  const lenient = options.isSmoke ? `; smoke mode: smaller sizes, targets ${SMOKE_LENIENCY} times as lenient` : "";
  options.print(`medians of at least ${rounds} rounds, both sides alternate${lenient}\n`);
  for (const line of tableOf(comparisons)) options.print(line);
  return comparisons.every(({ isMet }) => isMet);
}

async function measure(bench: Bench, rounds: number, { isSmoke, printMiss }: RunOptions): Promise<Comparison> {
  for (let attempt = 1; ; attempt++) {
    const samples = await bench.measure(rounds);
    const comparison = compare(bench, samples, isSmoke ? SMOKE_LENIENCY : 1);
    if (comparison.isMet || attempt === ATTEMPTS) return comparison;
    printMiss(
      `${bench.name}: ${comparison.ratio.toFixed(2)}; expected ${targetText(comparison.target)}; measuring again`,
    );
  }
}

function tableOf(rows: readonly Comparison[]): string[] {
  const cells = rows.map(({ bench, ours, theirs, ratio, target, isMet }) => [
    bench.name,
    `${bench.sides[0]}: ${round(ours)} ${bench.unit}`,
    `${bench.sides[1]}: ${round(theirs)} ${bench.unit}`,
    ratio.toFixed(2),
    targetText(target),
    isMet ? "ok" : "FAIL",
  ]);
  const table = [["bench", "ours", "against", "ratio", "target", ""], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
}

function targetText({ kind, ratio }: Target): string {
  return `${kind === "at-least" ? "≥" : "≤"} ${Number(ratio.toFixed(2))}`;
}

function round(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
