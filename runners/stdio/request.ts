/** Writes requests, and numbers them. */
import type { JsonObject } from "../lane.ts";

/** Gives out ids, each once in a session, whatever process it goes to. */
export class RequestIds {
  #next = 0;

  take(): number {
    return this.#next++;
  }

  /** The id that comes next: every smaller one has been sent, if not to this process. */
  get next(): number {
    return this.#next;
  }
}

/** One request as a line, its line feed included. */
export function requestLine(id: number, method: string, params: JsonObject): string {
  return `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${JSON.stringify(params)}}\n`;
}
