/**
 * A process of the pool: loads a reference, changed or not, and puts vectors to it. A process of its own, because a mutant may end the
 * one that it runs in, say by an array that grows without an end.
 *
 * Its argument is a file in which it keeps the number of the vector that it asks.
 */
import { openSync, writeSync } from "node:fs";
import { register } from "node:module";
import { loadVectors } from "../../harness/cases/load.ts";
import type { Changes } from "./edit-on-load.ts";
import { type LoadedReference, passes, type Question, toQuestion } from "./questions.ts";
import { activate, countHits, hits } from "./switch.ts";

/** Which reference is asked: with one edit, or with one mutant switched on; with mutant -1 none is. */
export type Subject = { readonly edit: number; readonly ignoresHashes?: boolean } | { readonly mutant: number };

export type Task =
  | { readonly kind: "cover"; readonly mutants: number; readonly vectors: readonly number[] }
  | {
      readonly kind: "ask";
      readonly subject: Subject;
      readonly vectors: readonly number[];
      /** Go on after the first vector that fails. */
      readonly all?: boolean;
    };

export interface Coverage {
  readonly vectors: readonly number[];
  /** For each vector the mutants that it reaches, as bits, least significant first. */
  readonly reached: readonly Uint8Array[];
  readonly milliseconds: readonly number[];
  /** Mutants whose code runs while the reference is loaded. */
  readonly atLoad: readonly number[];
  /** How many times as often as any mutant's code ran it may run. */
  readonly leastRoom: number;
}

export interface Asked {
  /** Numbers of the vectors that failed. */
  readonly failed: readonly number[];
  /** The reference does not even load. */
  readonly broken?: string;
  /** The vector that failed fails without the mutant too: an earlier mutant has left something behind. */
  readonly isPoisoned?: true;
}

/** What a process says: that it is ready, what came of a task, or that this program is at fault. */
export type Reply = { readonly ready: true } | { readonly result: Coverage | Asked } | { readonly fault: string };

const send = (reply: Reply): void => void process.send?.(reply);

/** Two 32-bit numbers: how many vectors and tasks were begun, and the vector that is asked. */
const progress = new Int32Array(2);
const progressFile = openSync(process.argv[2], "r+");

function noteProgress(vector: number): void {
  progress[0] += 1;
  progress[1] = vector;
  writeSync(progressFile, progress, 0, 8, 0);
}

// Whoever started this process is gone.
process.on("disconnect", () => process.exit(1));
// Ctrl-C reaches every process of the terminal; the one that started this one decides.
process.on("SIGINT", () => {});
const changes = await new Promise<Changes>((resolve) =>
  process.once("message", (message) => resolve(message as Changes)),
);
register("./edit-on-load.js", { parentURL: import.meta.url, data: changes });
const { cases } = await loadVectors();
const questions: Question[] = [];

function questionOf(number: number): Question {
  noteProgress(number);
  questions[number] ??= toQuestion(cases[number]);
  return questions[number];
}

interface EntryPoints {
  readonly dispatch: typeof import("../../reference/wire/dispatch.ts");
  readonly v8: typeof import("../../reference/runtime/v8/engine.ts");
  readonly interpreter: typeof import("../../reference/runtime/interpreter/engine.ts");
}

async function loadReference(ending: string): Promise<EntryPoints> {
  const load = (file: string) => import(new URL(`../../reference/${file}.js${ending}`, import.meta.url).href);
  return {
    dispatch: await load("wire/dispatch"),
    v8: await load("runtime/v8/engine"),
    interpreter: await load("runtime/interpreter/engine"),
  };
}

/** With engines of its own: a kept module that one mutant has instrumented would hide another. */
function withFreshEngines({ dispatch, v8, interpreter }: EntryPoints): LoadedReference {
  return { callMethod: dispatch.callMethod, engines: [v8.createV8Engine(), interpreter.createInterpreter()] };
}

async function cover(mutants: number, vectors: readonly number[]): Promise<Coverage> {
  countHits(mutants);
  const reference = withFreshEngines(await loadReference("?build=coverage"));
  const atLoad = [...hits.keys()].filter((mutant) => hits[mutant] > 0);
  let leastRoom = Number.POSITIVE_INFINITY;
  const reached: Uint8Array[] = [];
  const milliseconds: number[] = [];
  for (const vector of vectors) {
    hits.fill(0);
    const question = questionOf(vector);
    const started = performance.now();
    if (!passes(question, reference)) throw new Error(`${question.vector.id}: fails without a mutant`);
    milliseconds.push(performance.now() - started);
    const bits = new Uint8Array(Math.ceil(mutants / 8));
    for (let mutant = 0; mutant < mutants; mutant++) {
      if (hits[mutant] === 0) continue;
      bits[mutant >> 3] |= 1 << (mutant & 7);
      leastRoom = Math.min(leastRoom, question.hitLimit / hits[mutant]);
    }
    reached.push(bits);
  }
  return { vectors, reached, milliseconds, atLoad, leastRoom };
}

let switched: EntryPoints | undefined;

async function ask(subject: Subject, vectors: readonly number[], all: boolean): Promise<Asked> {
  if ("edit" in subject) {
    let loaded: EntryPoints;
    try {
      loaded = await loadReference(`?edit=${subject.edit}`);
    } catch (error) {
      return { failed: [], broken: String(error) };
    }
    const reference = withFreshEngines(loaded);
    return askOne({ ...reference, ignoresHashes: subject.ignoresHashes === true }, vectors, all);
  }
  switched ??= await loadReference("?build=switched");
  const asked = askOne(withFreshEngines(switched), vectors, all, subject.mutant);
  const [killer] = asked.failed;
  if (killer === undefined || passes(questionOf(killer), withFreshEngines(switched))) return asked;
  return { ...asked, isPoisoned: true };
}

function askOne(reference: LoadedReference, vectors: readonly number[], all: boolean, mutant = -1): Asked {
  const failed: number[] = [];
  try {
    for (const number of vectors) {
      const question = questionOf(number);
      activate(mutant, question.hitLimit);
      const isPassed = passes(question, reference);
      activate(-1);
      if (isPassed) continue;
      failed.push(number);
      if (!all) break;
    }
  } finally {
    activate(-1);
  }
  return { failed };
}

process.on("message", async (task: Task) => {
  try {
    const result =
      task.kind === "cover"
        ? await cover(task.mutants, task.vectors)
        : await ask(task.subject, task.vectors, task.all === true);
    send({ result });
  } catch (error) {
    send({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
send({ ready: true });
