/** A thread of `parse-ahead.ts`: it receives one path after another, and answers each. */
import { parentPort, workerData } from "node:worker_threads";
import { type FileSchema, type Parsed, parseIntoCache } from "./yaml-file.ts";

const schema = workerData as FileSchema;

async function parse(path: string): Promise<Parsed | undefined> {
  try {
    return await parseIntoCache(path, schema);
  } catch {
    return undefined;
  }
}

parentPort?.on("message", (path: string | undefined) => {
  if (path === undefined) return parentPort?.close();
  return parse(path).then((parsed) => parentPort?.postMessage(parsed));
});
