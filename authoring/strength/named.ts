/**
 * Named mutants: the reference with an edit that could be a programmer's mistake. Each has to pass the honest cases, as a released
 * program does, and to fail a vector of its own backend. Hashes are not counted, because they cannot be counted on stdio, where
 * most programs run.
 */
import { loadVectors } from "../../harness/cases/load.ts";
import { isHonest, type VectorCase } from "../../harness/cases/vector.ts";
import { type CoverageMatrix, measureCoverage, mutantsAround } from "./coverage.ts";
import { type Edit, findEdit } from "./edit.ts";
import { instrumentReference, readReference } from "./instrument.ts";
import { MUTANTS } from "./mutants/list.ts";
import { countsFor, type Mutant } from "./mutants/mutant.ts";
import { smallestSmokeSet } from "./mutants/smoke-set.ts";
import { createPool, Interrupted, type Pool } from "./pool.ts";
import { readKillers } from "./record.ts";

export interface MutantReport {
  readonly mutants: readonly MutantResult[];
  /** The number of mutants that were not judged because of an interruption. */
  readonly unjudged: number;
  /** Whether each mutant ran only until a vector killed it: then there is no smoke set, and `killedBy` is not complete. */
  readonly isQuick: boolean;
  /** The fewest vectors that kill every killed mutant. */
  readonly smoke: readonly string[];
  readonly smokeIsMinimal: boolean;
}

export interface MutantResult {
  readonly name: string;
  readonly about: string;
  readonly file: string;
  /** A dishonest mutant fails an honest case, so that its death shows nothing. */
  readonly status: "killed" | "survived" | "dishonest";
  readonly killedBy: readonly string[];
  readonly failedHonest: readonly string[];
}

export interface MutantOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** The names of the mutants to run, by default all. */
  readonly only?: readonly string[];
  /** Runs only the recorded killer and the quick honest cases that reach the edit. */
  readonly quick?: boolean;
}

/** The edit of a named mutant in the compiled reference. Errors: its text does not occur exactly once. */
export function editOf(mutant: Mutant): Edit {
  return findEdit(mutant, readReference(`${mutant.file}.js`));
}

export async function runMutants(options: MutantOptions = {}): Promise<MutantReport> {
  const { cases } = await loadVectors();
  const mutants = MUTANTS.filter(({ name }) => options.only === undefined || options.only.includes(name));
  const edits = mutants.map(editOf);
  const instrumented = options.quick ? await instrumentReference() : undefined;
  const builds = instrumented === undefined ? {} : { coverage: instrumented.coverage };
  const pool = createPool({ edits, builds }, options.signal);
  try {
    const coverage = instrumented && (await measureCoverage(pool, instrumented, cases));
    const reachers = edits.map((edit): readonly number[] | undefined => {
      const around = instrumented && mutantsAround(instrumented, edit.file, edit);
      return coverage && around && around.length > 0 ? coverage.vectorsOfAny(around) : undefined;
    });
    return await new NamedRun(cases, mutants, reachers, coverage, pool, options).run();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const isQuick = options.quick === true;
    return { mutants: [], unjudged: mutants.length, isQuick, smoke: [], smokeIsMinimal: false };
  } finally {
    pool.close();
  }
}

class NamedRun {
  readonly #cases: readonly VectorCase[];
  readonly #mutants: readonly Mutant[];
  readonly #reachers: readonly (readonly number[] | undefined)[];
  readonly #coverage: CoverageMatrix | undefined;
  readonly #order: readonly number[];
  readonly #pool: Pool;
  readonly #options: MutantOptions;
  readonly #recorded = readKillers();
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(
    cases: readonly VectorCase[],
    mutants: readonly Mutant[],
    reachers: readonly (readonly number[] | undefined)[],
    coverage: CoverageMatrix | undefined,
    pool: Pool,
    options: MutantOptions,
  ) {
    this.#cases = cases;
    this.#mutants = mutants;
    this.#reachers = reachers;
    this.#coverage = coverage;
    this.#order = coverage?.ranking ?? [...cases.keys()];
    this.#pool = pool;
    this.#options = options;
    this.#numbers = new Map(cases.map(({ id }, number) => [id, number]));
  }

  async run(): Promise<MutantReport> {
    const { onProgress, quick = false } = this.#options;
    const results: MutantResult[] = [];
    let done = 0;
    onProgress?.(0, this.#mutants.length);
    await this.#pool.each([...this.#mutants.keys()], async (index) => {
      results[index] = await this.#runMutant(index, quick);
      onProgress?.(++done, this.#mutants.length);
    });
    const finished = results.filter((result) => result !== undefined);
    const killed = finished.filter(({ status }) => status === "killed");
    const unjudged = this.#mutants.length - finished.length;
    if (quick) return { mutants: finished, unjudged, isQuick: true, smoke: [], smokeIsMinimal: false };
    const { ids, isMinimal } = smallestSmokeSet(killed.map(({ killedBy }) => killedBy));
    return { mutants: finished, unjudged, isQuick: false, smoke: ids, smokeIsMinimal: isMinimal };
  }

  async #runMutant(index: number, quick: boolean): Promise<MutantResult> {
    const mutant = this.#mutants[index];
    const own = this.#order.filter((number) => countsFor(mutant, this.#cases[number]));
    const reaching = new Set(this.#reachers[index] ?? own);
    const isHonestCase = (number: number): boolean => isHonest(this.#cases[number]);
    const reached = own.filter((number) => isHonestCase(number) && (!quick || reaching.has(number)));
    const honest = quick && this.#coverage ? this.#coverage.within(HONEST_MS, reached) : reached;
    const others = own.filter((number) => !isHonestCase(number));
    const failedHonest = await this.#ask(index, honest, !quick);
    const recorded = this.#numbers.get(this.#recorded.named.get(mutant.name) ?? "");
    const first = quick && recorded !== undefined && !isHonestCase(recorded) ? [recorded] : [];
    let killedBy = first.length > 0 ? await this.#ask(index, first, false) : [];
    if (killedBy.length === 0) killedBy = await this.#ask(index, others, !quick);
    const { name, about, file } = mutant;
    const status = failedHonest.length > 0 ? "dishonest" : killedBy.length === 0 ? "survived" : "killed";
    const ids = (numbers: readonly number[]): string[] => numbers.map((number) => this.#cases[number].id).sort();
    return {
      name,
      about,
      file: `reference/${file}.ts`,
      status,
      killedBy: ids(killedBy),
      failedHonest: ids(failedHonest),
    };
  }

  /** The vectors that the mutant fails, or the first of them. It fails a vector at which it hangs or dies. */
  async #ask(index: number, vectors: readonly number[], all: boolean): Promise<number[]> {
    const failed: number[] = [];
    let rest = vectors;
    for (let losses = 0; losses <= MOST_LOSSES && rest.length > 0; losses++) {
      const asked = await this.#pool.ask({ edit: index, ignoresHashes: true }, rest, { all });
      if (!("lost" in asked)) {
        if (asked.broken !== undefined) throw new Error(`mutant ${this.#mutants[index].name}: ${asked.broken}`);
        return [...failed, ...asked.failed];
      }
      failed.push(asked.vector);
      if (!all) return failed;
      rest = rest.slice(rest.indexOf(asked.vector) + 1);
    }
    return failed;
  }
}

/** The time for honest cases in a quick run, in which every file has its turn. */
const HONEST_MS = 800;
/** The number of vectors at which a mutant may hang or die before its run ends. */
const MOST_LOSSES = 3;
