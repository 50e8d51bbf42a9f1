/**
 * Parses the files of a list in threads while the caller reads them one after the other.
 *
 * Only the caller reports what is wrong with a file: a thread that cannot parse one says nothing of it, and the caller,
 * who comes to it in the order of the list, parses it again. Errors are therefore those of a run without threads.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Ahead, FileSchema, Parsed } from "./yaml-file.ts";

/** Files that the caller parses itself before threads are worth their start. */
const PATIENCE = 8;

/** Each holds some hundred megabytes, and the caller itself reads no faster than a few of them parse. */
const MOST_THREADS = 4;

/** A tree of YAML nodes outlives the default of a thread, and is then copied by the garbage collector again and again. */
const YOUNG_MB = 64;

export class ParseAhead implements Ahead {
  readonly #paths: readonly string[];
  readonly #schema: FileSchema;
  readonly #processors: number;
  readonly #answers = new Map<string, Promise<Parsed | undefined>>();
  readonly #resolvers = new Map<string, (parsed: Parsed | undefined) => void>();
  #workers: Worker[] = [];
  #misses = 0;

  constructor(paths: readonly string[], schema: FileSchema, processors: number = availableParallelism()) {
    this.#paths = paths;
    this.#schema = schema;
    this.#processors = processors;
  }

  get isStarted(): boolean {
    return this.#workers.length > 0;
  }

  /** What a thread has made of `path`, which is not in the cache; `undefined` where the caller has to parse it. */
  async take(path: string): Promise<Parsed | undefined> {
    const answer = this.#answers.get(path);
    if (answer !== undefined) {
      this.#answers.delete(path);
      return answer;
    }
    this.#misses += 1;
    if (this.#misses === PATIENCE && this.#processors > 1)
      this.#start(this.#paths.slice(this.#paths.indexOf(path) + 1));
    return undefined;
  }

  #start(paths: readonly string[]): void {
    for (const path of paths) {
      this.#answers.set(path, new Promise((resolve) => this.#resolvers.set(path, resolve)));
    }
    const waiting = [...paths].reverse();
    const count = Math.min(this.#processors, MOST_THREADS, paths.length);
    this.#workers = Array.from({ length: count }, () => this.#createWorker(waiting));
  }

  /** A thread asks for the next file when it has answered the last one. */
  #createWorker(waiting: string[]): Worker {
    const worker = new Worker(new URL("./parse-ahead-thread.js", import.meta.url), {
      workerData: this.#schema,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    let path = waiting.pop();
    const next = (): void => {
      path = waiting.pop();
      worker.postMessage(path);
    };
    const giveUp = (): void => {
      if (path !== undefined) this.#answer(path, undefined);
      // Without a thread nobody would answer.
      for (const left of waiting.splice(0)) this.#answer(left, undefined);
    };
    worker.on("message", (parsed: Parsed | undefined) => {
      if (path !== undefined) this.#answer(path, parsed);
      next();
    });
    worker.on("error", giveUp);
    worker.on("exit", giveUp);
    worker.postMessage(path);
    return worker;
  }

  #answer(path: string, parsed: Parsed | undefined): void {
    this.#resolvers.get(path)?.(parsed);
    this.#resolvers.delete(path);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
