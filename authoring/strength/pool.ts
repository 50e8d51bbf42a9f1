/** A pool with one worker process for each processor. A mutant that hangs or fills the memory ends with its process. */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Changes } from "./edit-on-load.ts";
import type { Asked, Coverage, Hung, Reply, Subject, Task } from "./worker.ts";

/** The longest time for one vector. The slowest takes two seconds on an idle machine. */
const LONGEST_VECTOR_MS = 4_000;
/** The longest time for a vector that is as slow without the mutant. */
const LONGEST_AGAIN_MS = 12_000;
/**
 * A worker ends a vector that takes too long; a worker that cannot do so is ended after this time without progress. The time is
 * counted in checks instead of by a clock, so that a suspended machine does not end a worker.
 */
const LONGEST_SILENCE_MS = 2 * LONGEST_AGAIN_MS;
/** The longest time to read the vectors and to load a reference. Reading takes long on a busy machine. */
const LONGEST_START_MS = 180_000;
const CHECK_EVERY_MS = 250;
/** The number of edits that one worker loads. Modules are never unloaded, and each takes some megabytes. */
const MOST_EDITS = 80;
const MEMORY_MB = 1024;

/** A vector without a verdict, because it takes too long or ends the worker. */
export interface Lost {
  readonly lost: "hangs" | "dies";
  readonly vector: number;
}

export interface AskOptions {
  /** Continue after the first vector that fails. */
  readonly all?: boolean;
  /** The longest time for one vector. */
  readonly longestMs?: number;
}

export interface Pool {
  /** Calls `step` with every item, in parallel on all workers, until the signal aborts. */
  each<Item>(items: readonly Item[], step: (item: Item) => Promise<void>): Promise<void>;
  ask(subject: Subject, vectors: readonly number[], options?: AskOptions): Promise<Asked | Lost>;
  cover(mutants: number, vectors: readonly number[]): Promise<Coverage>;
  readonly size: number;
  close(): void;
}

/** The run was interrupted, so that the task of a worker has no result. */
export class Interrupted extends Error {}

export function createPool(changes: Changes, signal?: AbortSignal): Pool {
  const size = availableParallelism();
  const lanes = Array.from({ length: size }, () => new Lane(changes));
  const idle = [...lanes];
  const queue: ((lane: Lane) => void)[] = [];
  const stopAll = (): void => {
    for (const lane of lanes) lane.stop();
  };
  signal?.addEventListener("abort", stopAll);
  const withLane = async <Result>(use: (lane: Lane) => Promise<Result>): Promise<Result> => {
    const lane = idle.pop() ?? (await new Promise<Lane>((resolve) => queue.push(resolve)));
    try {
      if (signal?.aborted) throw new Interrupted();
      const result = await use(lane).catch((error: unknown) => {
        throw signal?.aborted ? new Interrupted() : error;
      });
      // A stopped worker looks the same as one that a mutant has ended.
      if (signal?.aborted) throw new Interrupted();
      return result;
    } finally {
      const next = queue.shift();
      if (next === undefined) idle.push(lane);
      else next(lane);
    }
  };
  return {
    size,
    async each(items, step) {
      const pending = [...items];
      const work = async (): Promise<void> => {
        for (let next = pending.shift(); next !== undefined && !signal?.aborted; next = pending.shift())
          await step(next);
      };
      const ended = await Promise.allSettled(Array.from({ length: size }, work));
      for (const one of ended) {
        if (one.status === "rejected" && !(one.reason instanceof Interrupted)) throw one.reason;
      }
    },
    ask: (subject, vectors, { all = false, longestMs = LONGEST_VECTOR_MS } = {}) =>
      withLane((lane) => lane.ask({ kind: "ask", subject, vectors, all, longestMs })),
    cover: (mutants, vectors) =>
      withLane(async (lane) => {
        const result = (await lane.run({ kind: "cover", mutants, vectors })) as Coverage | Lost;
        lane.stop();
        if ("lost" in result) throw new Error(`coverage: the worker ${result.lost} at vector ${result.vector}`);
        return result;
      }),
    close() {
      signal?.removeEventListener("abort", stopAll);
      for (const lane of lanes) lane.end();
    },
  };
}

function toAnswer(asked: Asked | Hung | Lost): Asked | Lost {
  return "hung" in asked ? { lost: "hangs", vector: asked.hung } : asked;
}

class Lane {
  readonly #changes: Changes;
  readonly #folder = mkdtempSync(join(tmpdir(), "proofhouse-strength-"));
  readonly #progressFile = join(this.#folder, "progress");
  #child: ChildProcess | undefined;
  #edits = 0;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Repeats the task in a new process if an earlier mutant has poisoned the process, or if it is as slow without the mutant. */
  async ask(task: Task & { readonly kind: "ask" }): Promise<Asked | Lost> {
    if ("edit" in task.subject && ++this.#edits > MOST_EDITS) this.stop();
    const isFresh = this.#child === undefined;
    const asked = (await this.run(task)) as Asked | Hung | Lost;
    const isPoisoned = "isPoisoned" in asked && !isFresh;
    if (!isPoisoned && !("isUnsure" in asked)) return toAnswer(asked);
    this.stop();
    return toAnswer((await this.run({ ...task, longestMs: LONGEST_AGAIN_MS })) as Asked | Hung | Lost);
  }

  async run(task: Task): Promise<Coverage | Asked | Hung | Lost> {
    const child = this.#child ?? (await this.#start());
    const reply = await this.#exchange(child, task);
    if ("fault" in reply) throw new Error(reply.fault);
    if ("result" in reply) return reply.result;
    this.stop();
    return { lost: "lost" in reply ? reply.lost : "dies", vector: this.#progress()[1] };
  }

  /** Ends the process; the next task starts another one. */
  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
    this.#edits = 0;
  }

  end(): void {
    this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<ChildProcess> {
    writeFileSync(this.#progressFile, new Uint8Array(8));
    const child = fork(fileURLToPath(new URL("./worker.js", import.meta.url)), [this.#progressFile], {
      serialization: "advanced",
      execArgv: [`--max-old-space-size=${MEMORY_MB}`],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // Assigned before it is ready, so that an interruption ends it.
    this.#child = child;
    const reply = await this.#exchange(child, this.#changes);
    if ("ready" in reply) return child;
    this.stop();
    throw new Error("a worker process has ended before it was ready");
  }

  /** Sends a message and waits for the reply, the end of the process, or the end of progress. */
  #exchange(child: ChildProcess, message: Task | Changes): Promise<Reply | Pick<Lost, "lost">> {
    return new Promise((resolve) => {
      const [before] = this.#progress();
      let last = before;
      let idleChecks = 0;
      const end = (reply: Reply | Pick<Lost, "lost">): void => {
        clearInterval(timer);
        child.off("message", end);
        child.off("exit", onExit);
        resolve(reply);
      };
      const onExit = (): void => end({ lost: "dies" });
      const timer = setInterval(() => {
        const [now] = this.#progress();
        idleChecks = now === last ? idleChecks + 1 : 0;
        last = now;
        // The reference is loaded before the first vector runs.
        const limitMs = now === before ? LONGEST_START_MS : LONGEST_SILENCE_MS;
        if (idleChecks * CHECK_EVERY_MS > limitMs) end({ lost: "hangs" });
      }, CHECK_EVERY_MS);
      child.on("message", end);
      child.on("exit", onExit);
      child.send(message, (error) => {
        if (error !== null) end({ lost: "dies" });
      });
    });
  }

  #progress(): Int32Array {
    const bytes = readFileSync(this.#progressFile);
    return new Int32Array(Uint8Array.from(bytes).buffer);
  }
}
