/** The first exchange with a process: `initialize`. Req: WIRE-006. */

import { type InitializeResult, StartError } from "../lane.ts";
import { loadMessageSchemas } from "../messages.ts";
import type { Child, ChildListener } from "./child.ts";
import { answerOf, readResponse } from "./response.ts";

type First =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "broken"; readonly message: string }
  | { readonly kind: "ended"; readonly message: string }
  | { readonly kind: "timeout" };

/**
 * Waits for the response to `initialize`, which was sent as request `id` when the process was started, and checks it.
 * On any failure it ends the process.
 *
 * Errors: StartError.
 */
export async function finishInitialize(
  child: Child,
  id: number,
  name: string,
  timeoutMs: number,
): Promise<InitializeResult> {
  const opening = new Opening(child, timeoutMs);
  let failure: string;
  try {
    // The implementation starts in the meantime.
    await loadMessageSchemas();
    const read = readFirst(await opening.first, id, timeoutMs);
    if (typeof read !== "string" && opening.next === undefined) return read;
    failure = typeof read === "string" ? read : `${opening.next}, right after it answered initialize`;
  } catch (error) {
    await child.kill();
    throw error;
  } finally {
    opening.stop();
  }
  await child.kill();
  throw new StartError(`${name} ${failure}`, child.stderr.since(0));
}

/** The output of a process to which only `initialize` was sent. */
class Opening implements ChildListener {
  readonly first: Promise<First>;
  /** Any output or end after the first event, where nothing may follow. */
  next: string | undefined;
  readonly #timer: NodeJS.Timeout;
  #resolve!: (first: First) => void;
  #isOpened = false;

  constructor(child: Child, timeoutMs: number) {
    this.first = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(() => this.#settle({ kind: "timeout" }, ""), timeoutMs);
    child.listen(this);
    // A missing program has ended before this listener was set.
    void child.ended.then(({ message }) => {
      const when = child.hasStarted ? ", before it answered initialize" : "";
      this.#settle({ kind: "ended", message: message + when }, message);
    });
  }

  line(text: string): void {
    this.#settle({ kind: "line", text }, "wrote a line that answers no request");
  }

  broken(message: string): void {
    this.#settle({ kind: "broken", message }, `wrote a line that is ${message}`);
  }

  ready(): void {}

  ended(): void {}

  stop(): void {
    clearTimeout(this.#timer);
  }

  #settle(first: First, orNext: string): void {
    if (this.#isOpened) this.next ??= orNext;
    this.#isOpened = true;
    this.stop();
    this.#resolve(first);
  }
}

/** Returns the result, or the fault as text that follows the name of the command. */
function readFirst(opening: First, id: number, timeoutMs: number): InitializeResult | string {
  if (opening.kind === "timeout") return `did not answer initialize within ${timeoutMs} ms`;
  if (opening.kind === "ended") return opening.message;
  if (opening.kind === "broken") return `broke the protocol in its answer to initialize, a line ${opening.message}`;
  const response = readResponse(opening.text);
  const answer = answerOf("initialize", response);
  if (answer.kind === "error") return `answered initialize with the error ${answer.class}: ${answer.message}`;
  if (answer.kind === "result" && response.id === id) return answer.result as unknown as InitializeResult;
  const { pointer, message } = answer.kind === "protocol-fault" ? answer : { pointer: "/id", message: `must be ${id}` };
  return `broke the protocol in its answer to initialize, at ${pointer === "" ? "the top" : pointer}: ${message}`;
}
