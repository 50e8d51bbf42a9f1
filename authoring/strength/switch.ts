/** What the instrumented reference reads and writes while it runs: the active mutant, and the counters of coverage. */

/** Number of the mutant that is switched on; -1 for none. A live binding, so that a check costs one comparison. */
export let active = -1;

/** How often each mutant's code was reached, by number. */
export let hits = new Uint32Array(0);

/** The active mutant's code ran more often than any vector needs: it does not end. */
export class HitLimit extends Error {}

let used = 0;
let limit = 0;

/** Switches a mutant on, or with -1 all of them off. Its code may run `hitLimit` times before the call ends with `HitLimit`. */
export function activate(mutant: number, hitLimit = 0): void {
  active = mutant;
  used = 0;
  limit = hitLimit;
}

/** Counts a hit of the active mutant. Always true, so that it stands in a condition. */
export function hit(): true {
  used += 1;
  if (used > limit) throw new HitLimit("the mutant's code runs without an end");
  return true;
}

export function countHits(mutants: number): void {
  hits = new Uint32Array(mutants);
}
