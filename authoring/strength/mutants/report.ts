/** Runs the suite against every mutant: is there a fault that no vector notices? */
import { fileURLToPath } from "node:url";
import type { Lane } from "../../../runners/lane.ts";
import { createStdioLane } from "../../../runners/stdio/stdio.ts";
import { loadVectors } from "../../../harness/cases/load.ts";
import { harnessVersion } from "../../../harness/files/package-root.ts";
import { isBad } from "../../../report/json/report.ts";
import { expandFor, expectedOf, runImplementation } from "../../../harness/run/run-cases.ts";
import { isHonest, type VectorCase } from "../../../harness/cases/vector.ts";
import { MUTANTS } from "./list.ts";
import { countsFor, type Mutant } from "./mutant.ts";
import { smallestSmokeSet } from "./smoke-set.ts";

export interface MutantReport {
  readonly mutants: readonly MutantResult[];
  /** How many have not been judged, because of an interruption. */
  readonly unjudged: number;
  /** Each was asked only until one vector killed it: there is no smoke set, and `killedBy` is not all. */
  readonly isQuick: boolean;
  /** Fewest vectors that kill every killed mutant. */
  readonly smoke: readonly string[];
  readonly smokeIsMinimal: boolean;
}

export interface MutantResult {
  readonly name: string;
  readonly about: string;
  readonly file: string;
  /** A dishonest mutant fails an honest case, so that killing it shows nothing. */
  readonly status: "killed" | "survived" | "dishonest";
  readonly killedBy: readonly string[];
  readonly failedHonest: readonly string[];
}

export interface MutantOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Names of mutants; all when left out. */
  readonly only?: readonly string[];
  /** Whether each mutant dies, not of what: the small honest cases, then the others only until one kills. */
  readonly quick?: boolean;
}

/** How many run side by side. */
const PARALLEL = 2;
/** For one case: a mutant may hang, which is as good as a wrong answer. */
const TIMEOUT_MS = 5_000;

export async function runMutants(options: MutantOptions = {}): Promise<MutantReport> {
  const { cases: stated } = await loadVectors();
  const mutants = MUTANTS.filter(({ name }) => options.only === undefined || options.only.includes(name));
  // Carried out once, not once for each mutant.
  const all = stated
    .filter((vector) => mutants.some((mutant) => countsFor(mutant, vector)))
    .map((vector) => ({
      ...vector,
      params: expandFor(vector, vector.params),
      expect: expectedOf(vector),
    }));
  const cases = options.quick ? quickFirst(all) : all;
  const results: MutantResult[] = [];
  const waiting = [...mutants.entries()];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !options.signal?.aborted; next = waiting.shift()) {
      const [index, mutant] = next;
      const result = await runMutant(mutant, cases, options);
      // What was cut off has not survived.
      if (options.signal?.aborted) return;
      results[index] = result;
      options.onProgress?.(++done, mutants.length);
    }
  };
  options.onProgress?.(0, mutants.length);
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const finished = results.filter((result) => result !== undefined);
  const killed = finished.filter(({ status }) => status === "killed");
  const unjudged = mutants.length - finished.length;
  if (options.quick === true) return { mutants: finished, unjudged, isQuick: true, smoke: [], smokeIsMinimal: false };
  const { ids, isMinimal } = smallestSmokeSet(killed.map(({ killedBy }) => killedBy));
  return { mutants: finished, unjudged, isQuick: false, smoke: ids, smokeIsMinimal: isMinimal };
}

async function runMutant(
  mutant: Mutant,
  all: readonly VectorCase[],
  { quick, signal }: MutantOptions,
): Promise<MutantResult> {
  const cases = all.filter((vector) => countsFor(mutant, vector));
  const honest = cases.findIndex((vector) => !isHonest(vector));
  const enough = new AbortController();
  const run = await runImplementation(laneOf(mutant), {
    cases,
    signal: signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]),
    onProgress: (done, _, failed) => {
      if (quick && failed > 0 && done >= honest) enough.abort();
    },
  });
  if (run.status === "not-started") throw new Error(`mutant ${mutant.name}: ${run.reason}\n${run.stderr ?? ""}`);
  const bad = run.records.filter(isBad).map(({ vector }) => vector);
  const failedHonest = bad.filter(isHonest).map(({ id }) => id);
  const { name, about, file } = mutant;
  const status = failedHonest.length > 0 ? "dishonest" : bad.length === 0 ? "survived" : "killed";
  return { name, about, file: `reference/${file}.ts`, status, killedBy: bad.map(({ id }) => id).sort(), failedHonest };
}

/** The small honest cases, the small others, then what takes long. */
function quickFirst(cases: readonly VectorCase[]): VectorCase[] {
  const [small, large] = [cases.filter(isSmall), cases.filter((one) => !isSmall(one))];
  return [...small.filter(isHonest), ...small.filter((one) => !isHonest(one)), ...large];
}

/** Longest request, in characters of JSON, that takes next to no time. */
const SMALL_REQUEST = 4096;

function isSmall(vector: VectorCase): boolean {
  return JSON.stringify(vector.params).length <= SMALL_REQUEST;
}

function laneOf({ name }: Mutant): Lane {
  const program = fileURLToPath(new URL("./serve-mutant.js", import.meta.url));
  return createStdioLane({
    command: [process.execPath, program, name],
    timeoutMs: TIMEOUT_MS,
    harnessVersion: harnessVersion(),
  });
}
