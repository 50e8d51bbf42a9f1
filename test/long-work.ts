/**
 * Random and exhaustive work that could go on for long.
 *
 * `npm test` does a short part, the same every time. LONG=20 gives each such test 20 seconds, and LONG=all does all of it;
 * both depend on the day, so that each day asks something new. PROOFHOUSE_SEED=20301231 repeats a day.
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

/** How much of the work a test does at most; for its name. */
export function mostOf(everyday: number, all: number): number {
  return isLong ? all : everyday;
}

/** Numbers to make work of: as many as `mostOf` says, and no more once the time is over. */
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

/** Whether an item belongs to the part, by its place: one in `oneIn`, with LONG another one every day, with LONG=all each. */
export function isInDay(place: number, oneIn: number): boolean {
  return isAll || (place + (isLong ? SEED : 0)) % oneIn === 0;
}
