/** The entry of the thread that `runInThread` starts: runs one function and posts its answer. */
import { parentPort, workerData } from "node:worker_threads";
import { type Answer, type Task, toErrorData, toPlainResult } from "./thread.ts";

const { module, name, args } = workerData as Task;

async function answer(): Promise<Answer> {
  try {
    const functions = (await import(module)) as Record<string, (...args: readonly unknown[]) => unknown>;
    return { kind: "result", result: toPlainResult(await functions[name](...args)) };
  } catch (error) {
    return { kind: "error", error: toErrorData(error) };
  }
}

parentPort?.postMessage(await answer());
