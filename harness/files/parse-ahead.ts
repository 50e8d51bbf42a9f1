/**
 * Parses the files of a list in threads while the caller reads them one after another.
 *
 * A thread does not report errors. The caller parses a file again if a thread could not parse it, in the order of the list.
 * Therefore the errors are the same as without threads.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Ahead, FileSchema, Parsed } from "./yaml-file.ts";

/** The caller parses this many files itself before it starts threads. */
const FILES_BEFORE_THREADS = 8;

/** A thread needs about a hundred megabytes, and more threads would parse faster than the caller reads. */
const MOST_THREADS = 4;

/** A tree of YAML nodes exceeds the default young generation of a thread, so the collector would copy it repeatedly. */
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

  /** Returns the result of a thread; undefined if the caller must parse the file. Input: `path`, not in the cache. */
  async take(path: string): Promise<Parsed | undefined> {
    const answer = this.#answers.get(path);
    if (answer !== undefined) {
      this.#answers.delete(path);
      return answer;
    }
    this.#misses += 1;
    if (this.#misses === FILES_BEFORE_THREADS && this.#processors > 1)
      this.#start(this.#paths.slice(this.#paths.indexOf(path) + 1));
    return undefined;
  }

  #start(paths: readonly string[]): void {
    for (const path of paths) {
      this.#answers.set(path, new Promise((resolve) => this.#resolvers.set(path, resolve)));
    }
    const pending = [...paths].reverse();
    const count = Math.min(this.#processors, MOST_THREADS, paths.length);
    this.#workers = Array.from({ length: count }, () => this.#createWorker(pending));
  }

  /** A thread receives the next path after it has answered the previous one. */
  #createWorker(pending: string[]): Worker {
    const worker = new Worker(new URL("./parse-ahead-thread.js", import.meta.url), {
      workerData: this.#schema,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    let path = pending.pop();
    const next = (): void => {
      path = pending.pop();
      worker.postMessage(path);
    };
    const giveUp = (): void => {
      if (path !== undefined) this.#answer(path, undefined);
      // No thread may be left to parse the pending files.
      for (const left of pending.splice(0)) this.#answer(left, undefined);
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
