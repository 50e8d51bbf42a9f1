/**
 * A process of the pool, which loads a reference, changed or not, and runs vectors against it. It is a separate process because a
 * mutant can end its process, for example by an array that grows without end.
 *
 * Its argument is a file to which it writes the number of the vector that it runs.
 */
import { openSync, writeSync } from "node:fs";
import { register } from "node:module";
import { Script } from "node:vm";
import { loadVectors } from "../../harness/cases/load.ts";
import type { Changes } from "./edit-on-load.ts";
import { type LoadedReference, passes, type Question, toQuestion } from "./questions.ts";
import { activate, countHits, hits } from "./switch.ts";

/** The reference to run: with one edit, or with one active mutant; with mutant -1, none is active. */
export type Subject = { readonly edit: number; readonly ignoresHashes?: boolean } | { readonly mutant: number };

export type Task =
  | { readonly kind: "cover"; readonly mutants: number; readonly vectors: readonly number[] }
  | {
      readonly kind: "ask";
      readonly subject: Subject;
      readonly vectors: readonly number[];
      /** Continue after the first vector that fails. */
      readonly all?: boolean;
      /** The longest time for one vector. */
      readonly longestMs: number;
    };

export interface Coverage {
  readonly vectors: readonly number[];
  /** The mutants that each vector reaches, as bits, least significant first. */
  readonly reached: readonly Uint8Array[];
  readonly milliseconds: readonly number[];
  /** The mutants whose code runs while the reference is loaded. */
  readonly atLoad: readonly number[];
  /** The least ratio of a hit limit to the number of hits. */
  readonly leastRoom: number;
}

export interface Asked {
  /** The numbers of the vectors that failed. */
  readonly failed: readonly number[];
  /** The error of a reference that does not load. */
  readonly broken?: string;
  /** The vector also fails without the mutant, because an earlier mutant has changed the process. */
  readonly isPoisoned?: true;
}

/** A vector that was not finished in time. */
export interface Hung {
  readonly hung: number;
  /** The vector takes as long without the mutant: the machine is busy, or an earlier mutant has changed the process. */
  readonly isUnsure?: true;
}

/** A message of a process: it is ready, it has the result of a task, or this program has failed. */
export type Reply =
  | { readonly ready: true }
  | { readonly result: Coverage | Asked | Hung }
  | { readonly fault: string };

const send = (reply: Reply): void => void process.send?.(reply);

/** Two 32-bit numbers: the number of vectors that were started, and the current vector. */
const progress = new Int32Array(2);
const progressFile = openSync(process.argv[2], "r+");

function noteProgress(vector: number): void {
  progress[0] += 1;
  progress[1] = vector;
  writeSync(progressFile, progress, 0, 8, 0);
}

// The parent process has ended.
process.on("disconnect", () => process.exit(1));
// Ctrl-C reaches every process of the terminal, but the parent process decides when this one ends.
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

/** Creates new engines, because a cached module that one mutant has instrumented would hide another mutant. */
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
let unchanged: EntryPoints | undefined;

async function ask({ subject, vectors, all = false, longestMs }: Task & { kind: "ask" }): Promise<Asked | Hung> {
  if ("edit" in subject) {
    let loaded: EntryPoints;
    try {
      loaded = await loadReference(`?edit=${subject.edit}`);
    } catch (error) {
      return { failed: [], broken: String(error) };
    }
    const reference = withFreshEngines(loaded);
    const asked = askOne({ ...reference, ignoresHashes: subject.ignoresHashes === true }, vectors, longestMs, { all });
    if (!("hung" in asked)) return asked;
    unchanged ??= await loadReference("");
    return passesInTime(asked.hung, withFreshEngines(unchanged), longestMs) ? asked : { ...asked, isUnsure: true };
  }
  switched ??= await loadReference("?build=switched");
  const asked = askOne(withFreshEngines(switched), vectors, longestMs, { all, mutant: subject.mutant });
  const killer = "hung" in asked ? asked.hung : asked.failed[0];
  if (killer === undefined || passesInTime(killer, withFreshEngines(switched), longestMs)) return asked;
  return "hung" in asked ? { ...asked, isUnsure: true } : { ...asked, isPoisoned: true };
}

function askOne(
  reference: LoadedReference,
  vectors: readonly number[],
  longestMs: number,
  { all, mutant = -1 }: { readonly all: boolean; readonly mutant?: number },
): Asked | Hung {
  const failed: number[] = [];
  try {
    for (const number of vectors) {
      const isPassed = passesInTime(number, reference, longestMs, mutant);
      if (isPassed === undefined) return { hung: number };
      if (isPassed) continue;
      failed.push(number);
      if (!all) break;
    }
  } finally {
    activate(-1);
  }
  return { failed };
}

let pendingCall: () => boolean;
(globalThis as { proofhouseCall?: () => boolean }).proofhouseCall = () => pendingCall();
const CALL = new Script("proofhouseCall()");

/** `undefined` when the time is over. The time limit of a script also ends loops and compiled code that the script calls. */
function passesInTime(number: number, reference: LoadedReference, longestMs: number, mutant = -1): boolean | undefined {
  const question = questionOf(number);
  pendingCall = () => passes(question, reference);
  activate(mutant, question.hitLimit);
  try {
    return CALL.runInThisContext({ timeout: longestMs }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  } finally {
    activate(-1);
  }
}

process.on("message", async (task: Task) => {
  try {
    const result = await (task.kind === "cover" ? cover(task.mutants, task.vectors) : ask(task));
    send({ result });
  } catch (error) {
    send({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
send({ ready: true });
