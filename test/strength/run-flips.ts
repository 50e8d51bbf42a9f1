/** Runs flips on as many workers as there are processors. A flip that hangs or fills the memory is noticed too. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { isThorough } from "../sample.ts";

/**
 * Longest silence of a worker, which gives a sign after every few vectors; the largest one takes a second or two. In time that the
 * processors give to this process, or a busy machine would find flips that hang.
 */
const LONGEST_SILENCE_MS = 15_000;
const LOOK_EVERY_MS = 500;

/** What noticed each flip, by its number: a vector's id or what became of the worker; `undefined` for nothing. */
export async function runFlips(indices: readonly number[]): Promise<ReadonlyMap<number, string | undefined>> {
  const waiting: (number | "none")[] = isThorough || process.env.FLIPS ? ["none", ...indices] : [...indices];
  const killers = new Map<number, string | undefined>();
  await Promise.all(Array.from({ length: availableParallelism() }, () => runLane(waiting, killers)));
  return killers;
}

async function runLane(waiting: (number | "none")[], killers: Map<number, string | undefined>): Promise<void> {
  let worker = await startWorker();
  for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
    const outcome = await ask(worker, index);
    // The reference as it is must please every vector.
    if (index === "none" && outcome.killer !== undefined) throw new Error(`without a flip: ${outcome.killer}`);
    if (index !== "none") killers.set(index, outcome.killer);
    if (!outcome.isOver) continue;
    await worker.terminate();
    worker = await startWorker();
  }
  await worker.terminate();
}

/** The first thing that happens to a worker. `isOver`: it is not to be asked again. */
interface Event {
  readonly killer: string | undefined;
  readonly isOver: boolean;
}

function nextEvent(worker: Worker): Promise<Event> {
  return new Promise((resolve) => {
    const end = (event: Event) => {
      clearInterval(timer);
      worker.off("message", onMessage);
      worker.off("error", onError);
      resolve(event);
    };
    const onMessage = (message: "alive" | { readonly killer?: string }) => {
      if (message === "alive") lastSign = processorMs();
      else end({ killer: message.killer, isOver: false });
    };
    const onError = (error: Error) => end({ killer: `the worker ends: ${error.message}`, isOver: true });
    let lastSign = processorMs();
    const timer = setInterval(() => {
      if (processorMs() - lastSign > LONGEST_SILENCE_MS) end({ killer: "it hangs", isOver: true });
    }, LOOK_EVERY_MS);
    worker.on("message", onMessage);
    worker.on("error", onError);
  });
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./flip-worker.js", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  // One that has been given up may still run out of memory before it is gone.
  worker.on("error", () => {});
  const { isOver, killer } = await nextEvent(worker);
  if (isOver) throw new Error(`no worker: ${killer}`);
  return worker;
}

function ask(worker: Worker, index: number | "none"): Promise<Event> {
  const event = nextEvent(worker);
  worker.postMessage(index);
  return event;
}
