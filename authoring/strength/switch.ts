/** The state that the instrumented reference reads and writes: the active mutant, and the counters of coverage. */

/** The number of the active mutant, or -1. It is a live binding, so that a check takes one comparison. */
export let active = -1;

/** The number of times that the code of each mutant was reached, by its number. */
export let hits = new Uint32Array(0);

/** The code of the active mutant has run more often than any vector needs, so that it is in an endless loop. */
export class HitLimit extends Error {}

let used = 0;
let limit = 0;

/** Activates a mutant, or none with -1. Its code may run `hitLimit` times before `HitLimit` is thrown. */
export function activate(mutant: number, hitLimit = 0): void {
  active = mutant;
  used = 0;
  limit = hitLimit;
}

/** Counts a hit of the active mutant. Returns true, so that it can be part of a condition. */
export function hit(): true {
  used += 1;
  if (used > limit) throw new HitLimit("the code of the mutant is in an endless loop");
  return true;
}

export function countHits(mutants: number): void {
  hits = new Uint32Array(mutants);
}
