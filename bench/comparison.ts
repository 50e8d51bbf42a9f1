/** A bench compares two sides that take turns in one run, so that whatever else the machine does falls on both. */

export interface Bench {
  readonly name: string;
  readonly unit: string;
  /** What the two sides are, ours first. */
  readonly sides: readonly [string, string];
  /** Which ratio of ours to theirs is asked for. */
  readonly target: Target;
  /** Measures each side; what is quickly measured, more often than `rounds`. */
  measure(rounds: number): Promise<Samples>;
}

export interface Target {
  readonly kind: "at-least" | "at-most";
  readonly ratio: number;
}

/** What the rounds measured, as many numbers for one side as for the other. */
export interface Samples {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

export interface Comparison {
  readonly bench: Bench;
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly target: Target;
  readonly isMet: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `factor` above 1 asks for less by that much. */
export function relax({ kind, ratio }: Target, factor: number): Target {
  return { kind, ratio: kind === "at-least" ? ratio / factor : ratio * factor };
}

/** The ratio is taken within each round, because the machine is more alike within a round than from one to the next. */
export function compare(bench: Bench, samples: Samples, leniency: number): Comparison {
  const target = relax(bench.target, leniency);
  const ours = median(samples.ours);
  const theirs = median(samples.theirs);
  const ratio = median(samples.ours.map((value, round) => value / samples.theirs[round]));
  // A side that measured nothing gives no number, and no number meets a target.
  const isMet = target.kind === "at-least" ? ratio >= target.ratio : ratio <= target.ratio;
  return { bench, ours, theirs, ratio, target, isMet };
}

/** Runs the two sides in turns, after a first round that does not count: it compiles, and fills caches. */
export async function takeTurns(
  rounds: number,
  ours: () => number | Promise<number>,
  theirs: () => number | Promise<number>,
): Promise<Samples> {
  const samples = { ours: [] as number[], theirs: [] as number[] };
  await ours();
  await theirs();
  for (let round = 0; round < rounds; round++) {
    samples.ours.push(await ours());
    samples.theirs.push(await theirs());
  }
  return samples;
}

/** How long `work` takes. */
export function milliseconds(work: () => void): number {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
}
