/** The pool: as many workers as there are processors. A mutant that hangs or fills the memory is given up with its worker. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Changes } from "./edit-on-load.ts";
import type { Asked, Coverage, Subject, Task, WorkerData } from "./worker.ts";

/**
 * Longest time for one vector, of which the slowest takes two seconds. In time that the processors give to this process, or a
 * busy machine would find mutants that hang.
 */
const LONGEST_VECTOR_MS = 15_000;
const LOOK_EVERY_MS = 250;
/** Edits that one worker loads. Modules are never forgotten, and each takes some megabytes. */
const MOST_EDITS = 80;
/** Less than the size at which an array that grows without an end ends the whole process instead of the worker. */
const MEMORY_MB = 1024;

/** A worker that did not come back, and the vector that it was asked last. */
export interface Lost {
  readonly lost: "hangs" | "dies";
  readonly vector: number;
}

export interface Pool {
  ask(subject: Subject, vectors: readonly number[], all?: boolean): Promise<Asked | Lost>;
  cover(mutants: number, vectors: readonly number[]): Promise<Coverage>;
  readonly size: number;
  close(): Promise<void>;
}

export function createPool(changes: Changes, size = availableParallelism()): Pool {
  const idle: Lane[] = Array.from({ length: size }, () => new Lane(changes));
  const queue: ((lane: Lane) => void)[] = [];
  const withLane = async <Result>(use: (lane: Lane) => Promise<Result>): Promise<Result> => {
    const lane = idle.pop() ?? (await new Promise<Lane>((resolve) => queue.push(resolve)));
    try {
      return await use(lane);
    } finally {
      const next = queue.shift();
      if (next === undefined) idle.push(lane);
      else next(lane);
    }
  };
  return {
    size,
    ask: (subject, vectors, all = false) => withLane((lane) => lane.ask({ kind: "ask", subject, vectors, all })),
    cover: (mutants, vectors) =>
      withLane(async (lane) => {
        const result = (await lane.run({ kind: "cover", mutants, vectors })) as Coverage | Lost;
        await lane.end();
        if ("lost" in result) throw new Error(`coverage: the worker ${result.lost} at vector ${result.vector}`);
        return result;
      }),
    close: async () => void (await Promise.all(idle.map((lane) => lane.end()))),
  };
}

class Lane {
  readonly #changes: Changes;
  #worker: Worker | undefined;
  #progress = new Int32Array(new SharedArrayBuffer(8));
  #edits = 0;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** A worker that an earlier mutant has poisoned is replaced, and asked again. */
  async ask(task: Task & { readonly kind: "ask" }): Promise<Asked | Lost> {
    if (typeof task.subject === "object" && "edit" in task.subject && ++this.#edits > MOST_EDITS) await this.end();
    const isFresh = this.#worker === undefined;
    const asked = (await this.run(task)) as Asked | Lost;
    if ("lost" in asked || asked.isPoisoned === undefined || isFresh) return asked;
    await this.end();
    return (await this.run(task)) as Asked | Lost;
  }

  async run(task: Task): Promise<unknown> {
    this.#worker ??= await this.#start();
    const worker = this.#worker;
    const event = this.#next(worker);
    worker.postMessage(task);
    const { fault, result, lost } = await event;
    if (fault !== undefined) throw new Error(fault);
    if (lost === undefined) return result;
    await this.end();
    return { lost, vector: this.#progress[1] } satisfies Lost;
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#edits = 0;
    await worker?.terminate();
  }

  async #start(): Promise<Worker> {
    this.#progress = new Int32Array(new SharedArrayBuffer(8));
    const data: WorkerData = { changes: this.#changes, progress: this.#progress };
    const worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    // One that has been given up may still run out of memory before it is gone.
    worker.on("error", () => {});
    const { lost } = await this.#next(worker);
    if (lost !== undefined) throw new Error(`a worker ${lost} while it starts`);
    return worker;
  }

  #next(worker: Worker): Promise<Reply> {
    const progress = this.#progress;
    return new Promise((resolve) => {
      let last = -1;
      let since = processorMs();
      const end = (reply: Reply): void => {
        clearInterval(timer);
        worker.off("message", end);
        worker.off("error", onError);
        resolve(reply);
      };
      const onError = (): void => end({ lost: "dies" });
      const timer = setInterval(() => {
        const now = Atomics.load(progress, 0);
        if (now !== last) [last, since] = [now, processorMs()];
        else if (processorMs() - since > LONGEST_VECTOR_MS) end({ lost: "hangs" });
      }, LOOK_EVERY_MS);
      worker.on("message", end);
      worker.on("error", onError);
    });
  }
}

interface Reply {
  readonly result?: unknown;
  readonly fault?: string;
  readonly lost?: Lost["lost"];
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
