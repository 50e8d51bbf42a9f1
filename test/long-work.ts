/**
 * Random and exhaustive tests without a natural end.
 *
 * `npm test` runs a short part, which is always the same. LONG=20 runs each such test for 20 seconds, and LONG=all runs all
 * of it. Both depend on the day, so that each day tests different inputs. PROOFHOUSE_SEED=20301231 repeats a day.
 */
const { LONG, PROOFHOUSE_SEED } = process.env;

if (LONG !== undefined && !/^(?:all|[1-9][0-9]{0,4})?$/.test(LONG)) {
  throw new Error(`LONG=${LONG}; expected a number of seconds, or all`);
}
if (PROOFHOUSE_SEED !== undefined && !/^[0-9]{1,9}$/.test(PROOFHOUSE_SEED)) {
  throw new Error(`PROOFHOUSE_SEED=${PROOFHOUSE_SEED}; expected a number of at most nine digits`);
}

export const isLong: boolean = LONG !== undefined && LONG !== "";
export const isAll: boolean = LONG === "all";
const boxMs = isLong && !isAll ? Number(LONG) * 1000 : Number.POSITIVE_INFINITY;

/** The day as a number, such as 20301231, in UTC. */
export const SEED: number = Number(PROOFHOUSE_SEED ?? new Date().toISOString().slice(0, 10).replaceAll("-", ""));

/** The maximum amount of work of a test, for its name. */
export function mostOf(everyday: number, all: number): number {
  return isLong ? all : everyday;
}

/** Generates `mostOf(everyday, all)` seeds, or fewer if the time limit ends earlier. */
export function* seeds(everyday: number, all: number): Generator<number> {
  const end = performance.now() + boxMs;
  // No two days share a number.
  const first = isLong ? SEED * 1_000_000 : 0;
  for (let count = 0; count < mostOf(everyday, all); count++) {
    if (count > 0 && performance.now() > end) return;
    yield first + count;
  }
}

/** Parameters for fast-check. */
export function runs(
  everyday: number,
  all: number,
): { numRuns: number; seed?: number; interruptAfterTimeLimit?: number } {
  return {
    numRuns: mostOf(everyday, all),
    ...(isLong ? { seed: SEED } : {}),
    ...(Number.isFinite(boxMs) ? { interruptAfterTimeLimit: boxMs } : {}),
  };
}

/**
 * Whether an item belongs to the part: one in `oneIn`. With LONG, the part differs every day; with LONG=all, it is every item.
 *
 * Input: `place`, the index of the item.
 */
export function isInDay(place: number, oneIn: number): boolean {
  return isAll || (place + (isLong ? SEED : 0)) % oneIn === 0;
}
