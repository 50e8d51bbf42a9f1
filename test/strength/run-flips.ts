/** Runs flips on as many workers as there are processors. A flip that hangs or fills the memory is noticed too. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** How often the time of all vectors, unflipped, the vectors of one flip may take, and no less than so many milliseconds. */
const PATIENCE = 8;
const SHORTEST_PATIENCE_MS = 10_000;

/** What noticed each flip, by its number: a vector's id or what became of the worker; `undefined` for nothing. */
export async function runFlips(indices: readonly number[]): Promise<ReadonlyMap<number, string | undefined>> {
  const waiting = [...indices];
  const killers = new Map<number, string | undefined>();
  const longestMs = await timeControl();
  await Promise.all(Array.from({ length: availableParallelism() }, () => runLane(waiting, killers, longestMs)));
  return killers;
}

/** The reference as it is must please every vector. Output: how long to wait for one that is flipped. */
async function timeControl(): Promise<number> {
  const worker = await startWorker();
  const started = performance.now();
  const { killer } = await ask(worker, "none", 10 * 60_000);
  await worker.terminate();
  if (killer !== undefined) throw new Error(`without a flip: ${killer}`);
  return Math.max(SHORTEST_PATIENCE_MS, PATIENCE * (performance.now() - started));
}

async function runLane(waiting: number[], killers: Map<number, string | undefined>, longestMs: number): Promise<void> {
  let worker = await startWorker();
  for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
    const outcome = await ask(worker, index, longestMs);
    killers.set(index, outcome.killer);
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

function nextEvent(worker: Worker, longestMs: number): Promise<Event> {
  return new Promise((resolve) => {
    const end = (event: Event) => {
      clearTimeout(timer);
      worker.off("message", onMessage);
      worker.off("error", onError);
      resolve(event);
    };
    const onMessage = ({ killer }: { killer?: string }) => end({ killer, isOver: false });
    const onError = (error: Error) => end({ killer: `the worker ends: ${error.message}`, isOver: true });
    const timer = setTimeout(() => end({ killer: "it hangs", isOver: true }), longestMs);
    worker.on("message", onMessage);
    worker.on("error", onError);
  });
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./flip-worker.js", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  const { isOver, killer } = await nextEvent(worker, 60_000);
  if (isOver) throw new Error(`no worker: ${killer}`);
  return worker;
}

function ask(worker: Worker, index: number | "none", longestMs: number): Promise<Event> {
  const event = nextEvent(worker, longestMs);
  worker.postMessage(index);
  return event;
}
