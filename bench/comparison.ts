/** A bench compares two sides that alternate in one run, so that other work of the machine affects both. */

export interface Bench {
  readonly name: string;
  readonly unit: string;
  /** The names of the two sides, ours first. */
  readonly sides: readonly [string, string];
  /** The required ratio of ours to theirs. */
  readonly target: Target;
  /** Measures each side at least `rounds` times; fast sides more often. */
  measure(rounds: number): Promise<Samples>;
}

export interface Target {
  readonly kind: "at-least" | "at-most";
  readonly ratio: number;
}

/** The measured values, one for each round and side. */
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

/** Relaxes a target. Input: `factor`, at least 1. */
export function relax({ kind, ratio }: Target, factor: number): Target {
  return { kind, ratio: kind === "at-least" ? ratio / factor : ratio * factor };
}

/** Uses the ratio within each round, because the load of the machine varies less within a round than between rounds. */
export function compare(bench: Bench, samples: Samples, leniency: number): Comparison {
  const target = relax(bench.target, leniency);
  const ours = median(samples.ours);
  const theirs = median(samples.theirs);
  const ratio = median(samples.ours.map((value, round) => value / samples.theirs[round]));
  // If a side measured 0, the ratio is not a number, which meets no target.
  const isMet = target.kind === "at-least" ? ratio >= target.ratio : ratio <= target.ratio;
  return { bench, ours, theirs, ratio, target, isMet };
}

/** Runs the two sides alternately, after a first round that is not counted: it compiles code and fills caches. */
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

/** Returns the duration of `work`. */
export function milliseconds(work: () => void): number {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
}
