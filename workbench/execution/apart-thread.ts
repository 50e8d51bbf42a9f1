/** The thread of `runApart`: does one thing and answers. */
import { parentPort, workerData } from "node:worker_threads";
import { type Answer, packed, type Task, tell } from "./apart.ts";

const { module, name, args } = workerData as Task;

async function answer(): Promise<Answer> {
  try {
    const functions = (await import(module)) as Record<string, (...args: readonly unknown[]) => unknown>;
    return { kind: "result", result: packed(await functions[name](...args)) };
  } catch (error) {
    return { kind: "error", error: tell(error) };
  }
}

parentPort?.postMessage(await answer());
