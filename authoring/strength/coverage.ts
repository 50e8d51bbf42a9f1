/** Which vectors reach which mutants, and in which order to run them. */
import type { VectorCase } from "../../harness/cases/vector.ts";
import type { Range } from "./edit.ts";
import type { Instrumented } from "./instrument.ts";
import type { Pool } from "./pool.ts";
import type { Coverage } from "./worker.ts";

export class CoverageMatrix {
  readonly #reached: readonly Uint8Array[];
  /** Numbers of the measured vectors: first the quick ones, one of each file in turn, then the slow ones. */
  readonly ranking: readonly number[];
  readonly #milliseconds: readonly number[];

  constructor(parts: readonly Coverage[], cases: readonly VectorCase[]) {
    const reached: Uint8Array[] = [];
    const milliseconds: number[] = [];
    for (const part of parts) {
      part.vectors.forEach((vector, index) => {
        reached[vector] = part.reached[index];
        milliseconds[vector] = part.milliseconds[index];
      });
    }
    this.#reached = reached;
    this.#milliseconds = milliseconds;
    const measured = parts.flatMap(({ vectors }) => vectors).sort((a, b) => a - b);
    this.ranking = rank(measured, cases, milliseconds);
  }

  /** The first of `vectors` that together take no more than `budgetMs`. */
  within(budgetMs: number, vectors: readonly number[]): number[] {
    let spent = 0;
    return vectors.filter((vector) => {
      if (spent + this.#milliseconds[vector] > budgetMs) return false;
      spent += this.#milliseconds[vector];
      return true;
    });
  }

  /** The vectors that reach the mutant in a call, in the order of the ranking. */
  vectorsOf(mutant: number): number[] {
    return this.ranking.filter((vector) => this.reaches(vector, mutant));
  }

  reaches(vector: number, mutant: number): boolean {
    return (this.#reached[vector][mutant >> 3] & (1 << (mutant & 7))) !== 0;
  }

  /** The vectors that reach one of the mutants, in the order of the ranking. */
  vectorsOfAny(mutants: readonly number[]): number[] {
    return this.ranking.filter((vector) => mutants.some((mutant) => this.reaches(vector, mutant)));
  }
}

/** Runs the vectors, by default all, against the unchanged reference, which has to pass each of them. */
export async function measureCoverage(
  pool: Pool,
  { mutants }: Instrumented,
  cases: readonly VectorCase[],
  vectors: readonly number[] = [...cases.keys()],
): Promise<CoverageMatrix> {
  const shares = Array.from({ length: pool.size }, (_, share) =>
    vectors.filter((vector) => vector % pool.size === share),
  );
  const parts = await Promise.all(shares.map((vectors) => pool.cover(mutants.length, vectors)));
  const room = Math.min(...parts.map(({ leastRoom }) => leastRoom));
  if (room < LEAST_ROOM)
    throw new Error(`a vector needs 1/${room.toFixed(1)} of its hit limit; expected at most 1/${LEAST_ROOM}`);
  return new CoverageMatrix(parts, cases);
}

/** The least ratio of a hit limit to the number of hits that the vector needs. */
const LEAST_ROOM = 3;

/** The longest time of a quick vector. */
const QUICK_MS = 10;

function rank(vectors: readonly number[], cases: readonly VectorCase[], milliseconds: readonly number[]): number[] {
  const byTime = [...vectors].sort((a, b) => milliseconds[a] - milliseconds[b]);
  const turns = new Map<string, number>();
  const turnOf = (vector: number): number => {
    const { file } = cases[vector];
    const turn = turns.get(file) ?? 0;
    turns.set(file, turn + 1);
    return turn;
  };
  const quick = byTime.filter((vector) => milliseconds[vector] <= QUICK_MS).map((vector) => [turnOf(vector), vector]);
  const slow = byTime.filter((vector) => milliseconds[vector] > QUICK_MS);
  return [...quick.sort(([a], [b]) => a - b).map(([, vector]) => vector), ...slow];
}

/** The mutants in the innermost function around a range of a file; none outside of functions. */
export function mutantsAround({ mutants, functions }: Instrumented, file: string, { start, end }: Range): number[] {
  const around = (functions.get(file) ?? []).filter((one) => one.start <= start && one.end >= end);
  if (around.length === 0) return [];
  const innermost = around.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
  return [...mutants.keys()].filter((number) => {
    const mutant = mutants[number];
    return mutant.file === file && mutant.start >= innermost.start && mutant.end <= innermost.end;
  });
}
