/** Trees for the tests of the naive backend, as entries of `proof/prove`. */

export type Entry = [gindex: string, node: string];

/** The mulberry32 generator: the same seed gives the same draws on any machine. */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A draw from 0 to `bound` − 1, for bounds up to 2^32. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  }

  node(): string {
    const words = Array.from({ length: 8 }, () =>
      this.below(2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    );
    return `0x${words.join("")}`;
  }
}

/** A tree of `count` bottom nodes, grown by splitting one at a time, often the newest, so that some trees are deep. */
export function randomTree(draws: Draws, count: number): Entry[] {
  const bottoms = [1n];
  while (bottoms.length < count) {
    const index = draws.below(2) === 0 ? bottoms.length - 1 : draws.below(bottoms.length);
    const gindex = bottoms[index] as bigint;
    bottoms[index] = 2n * gindex;
    bottoms.push(2n * gindex + 1n);
  }
  return bottoms.map((gindex) => entry(draws, gindex));
}

/** One path of `depth` levels with a random side at each; the bottom node at its end is last. */
export function caterpillar(draws: Draws, depth: number): Entry[] {
  const entries: Entry[] = [];
  let gindex = 1n;
  for (let level = 0; level < depth; level++) {
    gindex = 2n * gindex + BigInt(draws.below(2));
    entries.push(entry(draws, gindex ^ 1n));
  }
  return [...entries, entry(draws, gindex)];
}

/** The full tree of 2^depth bottom nodes, in order. */
export function fullTree(draws: Draws, depth: number): Entry[] {
  return Array.from({ length: 2 ** depth }, (_, i) => entry(draws, BigInt(2 ** depth + i)));
}

function entry(draws: Draws, gindex: bigint): Entry {
  return [`0x${gindex.toString(16)}`, draws.node()];
}
