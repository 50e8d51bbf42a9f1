/** Runs the vectors against every machine-made mutant, to find changes of the reference that no vector detects. */
import { loadVectors } from "../../harness/cases/load.ts";
import type { VectorCase } from "../../harness/cases/vector.ts";
import { type CoverageMatrix, measureCoverage } from "./coverage.ts";
import { type Instrumented, instrumentReference } from "./instrument.ts";
import type { MachineMutant } from "./mutant-key.ts";
import { createPool, Interrupted, type Pool } from "./pool.ts";
import { readKillers, readSurvivors, type Survivor } from "./record.ts";
import type { Subject } from "./worker.ts";

export interface StrengthOptions {
  /** Search for killers of the listed survivors as well, with every vector that reaches a mutant, without a time limit. */
  readonly exhaustive?: boolean;
  /** Only the mutants of files whose path begins with this. */
  readonly only?: string;
  /** Only one mutant of this many. */
  readonly oneIn?: number;
  /** Search only vectors whose id begins with this. */
  readonly vectors?: string;
  /** The known killers and survivors, by default those of the record. */
  readonly killers?: ReadonlyMap<string, string>;
  readonly survivors?: ReadonlyMap<string, Survivor>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: string, done: number, total: number) => void;
}

export interface StrengthReport {
  /** All mutants. */
  readonly all: readonly MachineMutant[];
  /** The mutants that were run. */
  readonly mutants: readonly MachineMutant[];
  /** Vector ids by key, including the killers that this run has found. */
  readonly killers: ReadonlyMap<string, string>;
  /** Keys of the mutants for which this run has found a killer, because they had none or it no longer kills. */
  readonly found: readonly string[];
  /** Mutants that no vector kills and `survivors.yaml` does not list. */
  readonly unlisted: readonly MachineMutant[];
  /** Entries of `survivors.yaml` whose mutant is killed, with the vector that kills it. */
  readonly wronglyListed: readonly (readonly [Survivor, string])[];
  /** Entries whose mutant no longer exists. */
  readonly stale: readonly Survivor[];
  readonly survivors: ReadonlyMap<string, Survivor>;
  readonly isInterrupted: boolean;
}

export async function runStrength(options: StrengthOptions = {}): Promise<StrengthReport> {
  const { cases } = await loadVectors();
  const instrumented = await instrumentReference();
  const { mutants } = instrumented;
  const { coverage, switched } = instrumented;
  const pool = createPool({ edits: mutants, builds: { coverage, switched } }, options.signal);
  try {
    return await new Run(cases, instrumented, pool, options).run();
  } finally {
    pool.close();
  }
}

/** Whether every mutant is killed or listed, and the list is correct. */
export function isGood({ unlisted, wronglyListed, stale, isInterrupted }: StrengthReport): boolean {
  return unlisted.length + wronglyListed.length + stale.length === 0 && !isInterrupted;
}

class Run {
  readonly #cases: readonly VectorCase[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #instrumented: Instrumented;
  readonly #pool: Pool;
  readonly #options: StrengthOptions;
  readonly #recorded: ReadonlyMap<string, string>;
  readonly #survivors: ReadonlyMap<string, Survivor>;
  readonly #killers = new Map<string, string>();
  readonly #found: string[] = [];
  #atLoad: ReadonlySet<number> = new Set();

  constructor(cases: readonly VectorCase[], instrumented: Instrumented, pool: Pool, options: StrengthOptions) {
    this.#cases = cases;
    this.#numbers = new Map(cases.map(({ id }, number) => [id, number]));
    this.#instrumented = instrumented;
    this.#pool = pool;
    this.#options = options;
    this.#recorded = options.killers ?? readKillers().machine;
    this.#survivors = options.survivors ?? readSurvivors();
  }

  async run(): Promise<StrengthReport> {
    const { only = "", oneIn = 1, exhaustive = false, signal } = this.#options;
    const { mutants } = this.#instrumented;
    const chosen = [...mutants.keys()].filter(
      (number) => mutants[number].file.startsWith(only) && number % oneIn === 0,
    );
    try {
      await this.#judge(chosen, exhaustive);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
    return this.#report(chosen, signal?.aborted === true);
  }

  async #judge(chosen: readonly number[], exhaustive: boolean): Promise<void> {
    const { mutants } = this.#instrumented;
    this.#atLoad = new Set((await this.#pool.cover(mutants.length, [])).atLoad);
    const lost = await this.#killAgain(chosen.filter((number) => this.#recorded.has(mutants[number].key)));
    const isListed = (number: number): boolean => this.#survivors.has(mutants[number].key);
    const toSearch = chosen.filter((number) => {
      if (this.#killers.has(mutants[number].key)) return false;
      return lost.has(number) || !isListed(number) || exhaustive;
    });
    if (toSearch.length === 0) return;
    const { vectors = "" } = this.#options;
    const chosenVectors = [...this.#cases.keys()].filter((vector) => this.#cases[vector].id.startsWith(vectors));
    const coverage = await measureCoverage(this.#pool, this.#instrumented, this.#cases, chosenVectors);
    await this.#search(toSearch, coverage);
  }

  #report(chosen: readonly number[], isInterrupted: boolean): StrengthReport {
    const { mutants } = this.#instrumented;
    const keys = new Set(mutants.map(({ key }) => key));
    const listed = [...this.#survivors];
    return {
      all: mutants,
      mutants: chosen.map((number) => mutants[number]),
      killers: this.#killers,
      found: this.#found,
      unlisted: chosen
        .map((number) => mutants[number])
        .filter(({ key }) => !this.#killers.has(key) && !this.#survivors.has(key)),
      wronglyListed: listed.flatMap(([key, survivor]) => {
        const killer = this.#killers.get(key);
        return killer === undefined ? [] : [[survivor, killer] as const];
      }),
      stale: listed.filter(([key]) => !keys.has(key)).map(([, survivor]) => survivor),
      survivors: this.#survivors,
      isInterrupted,
    };
  }

  /** Runs the recorded killer of each mutant. Output: the mutants that it no longer kills. */
  async #killAgain(numbers: readonly number[]): Promise<Set<number>> {
    const lost = new Set<number>();
    await this.#each("killing again", numbers, async (number) => {
      const { key } = this.#instrumented.mutants[number];
      const id = this.#recorded.get(key) as string;
      const vector = this.#numbers.get(id);
      if (vector !== undefined && (await this.#isKilledBy(number, vector))) this.#killers.set(key, id);
      else lost.add(number);
    });
    return lost;
  }

  async #isKilledBy(number: number, vector: number): Promise<boolean> {
    const asked = await this.#pool.ask(this.#subjectOf(number), [vector], { longestMs: AGAIN_MS });
    return "lost" in asked || asked.broken !== undefined || asked.failed.length > 0;
  }

  #subjectOf(number: number): Subject {
    return this.#atLoad.has(number) ? { edit: number } : { mutant: number };
  }

  async #search(numbers: readonly number[], coverage: CoverageMatrix): Promise<void> {
    const { mutants } = this.#instrumented;
    // The killer of a neighbour often kills this mutant as well.
    const recent = new Map<string, number[]>();
    await this.#each("searching", numbers, async (number) => {
      const { key, file, declaration } = mutants[number];
      const name = `${file} ${declaration}`;
      const neighbours = recent.get(name) ?? [];
      const reaching = this.#atLoad.has(number) ? this.#vectorsOfFile(file, coverage) : coverage.vectorsOf(number);
      const set = new Set(reaching);
      const vectors = [...new Set([...neighbours.filter((vector) => set.has(vector)), ...reaching])];
      const budgetMs = this.#options.exhaustive ? Number.POSITIVE_INFINITY : SEARCH_MS;
      const killer = await this.#firstKiller(number, coverage.within(budgetMs, vectors));
      if (killer === undefined) return;
      recent.set(name, [killer, ...neighbours.filter((vector) => vector !== killer)].slice(0, RECENT));
      this.#killers.set(key, this.#cases[killer].id);
      this.#found.push(key);
    });
  }

  /** For a mutant in code that runs at loading: the vectors that reach its file, then all others, which may depend on it. */
  #vectorsOfFile(file: string, coverage: CoverageMatrix): number[] {
    const { mutants } = this.#instrumented;
    const own = coverage.vectorsOfAny([...mutants.keys()].filter((number) => mutants[number].file === file));
    return [...new Set([...own, ...coverage.ranking])];
  }

  /**
   * The first vector that kills the mutant, if any. A vector at which it hangs is returned only when no other kills it, because
   * running it again takes long.
   */
  async #firstKiller(number: number, vectors: readonly number[]): Promise<number | undefined> {
    let hanging: number | undefined;
    let rest = vectors;
    for (let hangs = 0; hangs < MOST_HANGS && rest.length > 0; hangs++) {
      const asked = await this.#pool.ask(this.#subjectOf(number), rest);
      if (!("lost" in asked)) {
        if (asked.broken?.startsWith("SyntaxError"))
          throw new Error(`mutant ${number} is not a program: ${asked.broken}`);
        // A mutant that does not load fails every vector.
        return asked.broken === undefined ? (asked.failed[0] ?? hanging) : rest[0];
      }
      hanging = asked.vector;
      const { file } = this.#cases[hanging];
      rest = rest.slice(rest.indexOf(hanging) + 1).filter((vector) => this.#cases[vector].file !== file);
    }
    return hanging;
  }

  async #each(name: string, numbers: readonly number[], step: (number: number) => Promise<void>): Promise<void> {
    const { onProgress } = this.#options;
    let done = 0;
    onProgress?.(name, 0, numbers.length);
    await this.#pool.each(numbers, async (number) => {
      await step(number);
      onProgress?.(name, ++done, numbers.length);
    });
  }
}

/**
 * The time of a search, by the times of its vectors without a mutant. The vectors of every file have their turn. Without a limit, a
 * mutant in code that everything uses would take half a minute.
 */
const SEARCH_MS = 2_500;
/** The longest time for a recorded killer: most are quick, and a longer time would be lost on mutants that hang. */
const AGAIN_MS = 600;
/** The number of killers of neighbours that run first. */
const RECENT = 6;
/** The number of vectors at which a mutant may hang before its search ends. */
const MOST_HANGS = 2;
