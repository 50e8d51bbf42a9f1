/** Suggestions for a mistyped name. */

/** Only this many letters are compared, because the cost is the product of the lengths. */
const MAX_COMPARED = 200;

/** Returns the names most similar to `wanted`, best first; none if all are too different. */
export function nearest(wanted: string, names: Iterable<string>, limit = 3): string[] {
  const last = lastStep(wanted);
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(names)) {
    const score = scoreOf(wanted, last, name);
    if (score !== undefined) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  const [best] = scored;
  return scored
    .filter(({ score }) => score <= best.score + 1)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Returns `; did you mean …?`, or "" if no name is similar. */
export function didYouMean(wanted: string, names: Iterable<string>): string {
  const near = nearest(wanted, names);
  return near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
}

function lastStep(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** A smaller score is nearer; undefined if the names are too different. */
function scoreOf(wanted: string, last: string, name: string): number | undefined {
  if (wanted.length > 2 && name.includes(wanted)) return 0;
  if (wanted.includes("/") && last !== "" && lastStep(name) === last) return 1;
  const most = Math.max(2, Math.floor(Math.min(wanted.length, name.length) / 4));
  const distance = editDistance(wanted.slice(0, MAX_COMPARED), name.slice(0, MAX_COMPARED), most);
  return distance > most ? undefined : 1 + distance;
}

/** The number of letters to insert, drop, replace or swap; any number above `most` if it exceeds `most`. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, previous] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, replaced);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, previous] = [previous, row];
  }
  return previous[b.length];
}
