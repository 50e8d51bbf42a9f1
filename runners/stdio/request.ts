/** Numbers and writes requests. */
import type { JsonObject } from "../lane.ts";

/** Returns each id once per session, also across processes. */
export class RequestIds {
  #next = 0;

  take(): number {
    return this.#next++;
  }

  /** The next id. Every smaller id has been sent, possibly to an earlier process. */
  get next(): number {
    return this.#next;
  }
}

/** Returns one request as a line with its line feed. */
export function requestLine(id: number, method: string, params: JsonObject): string {
  return `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${JSON.stringify(params)}}\n`;
}
