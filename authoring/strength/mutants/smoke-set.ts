/** The fewest vectors that kill every mutant: a minimum hitting set, exact unless the search takes too many steps. */

export interface SmokeSet {
  readonly ids: string[];
  /** Whether the set is proven to be the smallest. `false` when the search was stopped early. */
  readonly isMinimal: boolean;
}

/** The number of search steps after which the best set so far is used. */
const MAX_STEPS = 200_000;

/** Input: for each mutant the vectors that kill it, at least one. Ties go to the id that sorts first. */
export function smallestSmokeSet(killers: readonly (readonly string[])[]): SmokeSet {
  const mutantsOf = new Map<string, Set<number>>();
  killers.forEach((ids, mutant) => {
    for (const id of ids) (mutantsOf.get(id) ?? mutantsOf.set(id, new Set()).get(id))?.add(mutant);
  });
  const candidates = undominated(mutantsOf);
  let best = greedy(candidates, killers.length);
  let steps = 0;

  const search = (chosen: readonly string[], left: ReadonlySet<number>): void => {
    if (left.size === 0) {
      if (chosen.length < best.length) best = [...chosen];
      return;
    }
    const widest = Math.max(...candidates.map(([, kills]) => countIn(kills, left)));
    if (chosen.length + Math.ceil(left.size / widest) >= best.length || ++steps > MAX_STEPS) return;
    // One of the few vectors that kill the hardest mutant must be in the set.
    const branches = [...left].map((mutant) => candidates.filter(([, kills]) => kills.has(mutant)));
    const fewest = branches.reduce((a, b) => (b.length < a.length ? b : a));
    for (const [id, kills] of fewest)
      search([...chosen, id], new Set([...left].filter((mutant) => !kills.has(mutant))));
  };
  search([], new Set(killers.keys()));
  return { ids: best.sort(), isMinimal: steps <= MAX_STEPS };
}

type Candidate = readonly [id: string, kills: ReadonlySet<number>];

/** The vectors whose kills are not a subset of another vector's kills. */
function undominated(mutantsOf: ReadonlyMap<string, ReadonlySet<number>>): Candidate[] {
  const sorted = [...mutantsOf].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  const kept: Candidate[] = [];
  for (const candidate of sorted) {
    const [, kills] = candidate;
    if (!kept.some(([, more]) => countIn(kills, more) === kills.size)) kept.push(candidate);
  }
  return kept;
}

function greedy(candidates: readonly Candidate[], mutants: number): string[] {
  const left = new Set(Array.from({ length: mutants }, (_, mutant) => mutant));
  const chosen: string[] = [];
  while (left.size > 0) {
    const [id, kills] = candidates.reduce((a, b) => (countIn(b[1], left) > countIn(a[1], left) ? b : a));
    chosen.push(id);
    for (const mutant of kills) left.delete(mutant);
  }
  return chosen;
}

function countIn(kills: ReadonlySet<number>, left: ReadonlySet<number>): number {
  let count = 0;
  for (const mutant of kills) if (left.has(mutant)) count += 1;
  return count;
}
