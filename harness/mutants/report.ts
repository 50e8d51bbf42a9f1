/** Runs the suite against every mutant: is there a fault that no vector notices? */
import { fileURLToPath } from "node:url";
import { createStdioLane } from "../../runners/stdio.ts";
import { loadVectors, type VectorSet } from "../load.ts";
import { harnessVersion } from "../package-root.ts";
import { isBad } from "../report/report.ts";
import { runImplementation } from "../run.ts";
import { isHonest, type VectorCase } from "../vector.ts";
import { MUTANTS } from "./list.ts";
import type { Mutant } from "./mutant.ts";
import { smallestSmokeSet } from "./smoke-set.ts";

export interface MutantReport {
  readonly mutants: readonly MutantResult[];
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
  /** Run the honest cases and then the others only until one kills: whether each mutant dies, not of what. */
  readonly quick?: boolean;
}

/** How many run side by side. */
const PARALLEL = 2;
/** For one case: a mutant may hang, which is as good as a wrong answer. */
const TIMEOUT_MS = 5_000;

export async function runMutants(options: MutantOptions = {}): Promise<MutantReport> {
  const vectors = await loadVectors();
  const mutants = MUTANTS.filter(({ name }) => options.only === undefined || options.only.includes(name));
  const results: MutantResult[] = [];
  const waiting = [...mutants.entries()];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !options.signal?.aborted; next = waiting.shift()) {
      const [index, mutant] = next;
      results[index] = await runMutant(mutant, vectors, options);
      options.onProgress?.(++done, mutants.length);
    }
  };
  options.onProgress?.(0, mutants.length);
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const finished = results.filter((result) => result !== undefined);
  const killed = finished.filter(({ status }) => status === "killed");
  const { ids, isMinimal } = smallestSmokeSet(killed.map(({ killedBy }) => killedBy));
  return { mutants: finished, smoke: ids, smokeIsMinimal: isMinimal };
}

async function runMutant(mutant: Mutant, vectors: VectorSet, options: MutantOptions): Promise<MutantResult> {
  const bad: VectorCase[] = [];
  for (const cases of options.quick ? inChunks(vectors.cases) : [vectors.cases]) {
    bad.push(...(await failuresOf(mutant, cases, options.signal)));
    if (bad.length > 0) break;
  }
  const failedHonest = bad.filter(isHonest).map(({ id }) => id);
  const { name, about, file } = mutant;
  const status = failedHonest.length > 0 ? "dishonest" : bad.length === 0 ? "survived" : "killed";
  return { name, about, file: `reference/${file}.ts`, status, killedBy: bad.map(({ id }) => id), failedHonest };
}

/** The honest cases first, then the others, those that take long last. */
function inChunks(cases: readonly VectorCase[]): VectorCase[][] {
  const others = cases.filter((vector) => !isHonest(vector));
  const light = others.filter(({ kind, theme }) => kind !== "dos" && !theme.endsWith("gindices"));
  return [cases.filter(isHonest), light, others.filter((vector) => !light.includes(vector))];
}

async function failuresOf(mutant: Mutant, cases: readonly VectorCase[], signal?: AbortSignal): Promise<VectorCase[]> {
  const program = fileURLToPath(new URL("./serve-mutant.js", import.meta.url));
  const lane = createStdioLane({
    command: [process.execPath, program, mutant.name],
    timeoutMs: TIMEOUT_MS,
    harnessVersion: harnessVersion(),
  });
  const run = await runImplementation(lane, { cases, ...(signal ? { signal } : {}) });
  if (run.status === "not-started") throw new Error(`mutant ${mutant.name}: ${run.reason}\n${run.stderr ?? ""}`);
  return run.records.filter(isBad).map(({ vector }) => vector);
}
