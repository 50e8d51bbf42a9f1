/**
 * Pipelined requests to one process and their responses. An exchange ends when all requests are answered, or when something happens
 * that cannot be attributed to a single request in flight.
 *
 * Req: WIRE-005, WIRE-019, WIRE-020.
 */
import type { Answer, Call, Outcome } from "../lane.ts";
import type { Child, ChildListener, Ending } from "./child.ts";
import { type RequestIds, requestLine } from "./request.ts";
import { answerOf, readResponse } from "./response.ts";
import type { SessionEvents } from "./session-events.ts";

/** A request in flight: sent, and not answered yet. */
export interface Flight {
  readonly id: number;
  readonly index: number;
  readonly sentAtMs: number;
  /** The position in the stderr of the process when the request was sent. */
  readonly stderrFrom: number;
  /** Whether no other request was in flight when it was sent. */
  readonly isFirst: boolean;
}

export type Failure =
  | { readonly kind: "crash"; readonly ending: Ending }
  /** `isStuck`: no response to any request has come within the time of one case. */
  | { readonly kind: "timeout"; readonly isStuck: boolean }
  /** A line that identifies no request in flight. */
  | { readonly kind: "line"; readonly pointer: string; readonly message: string };

export interface Interruption {
  readonly failure: Failure;
  /** The requests that may have caused the failure: all those in flight, in the order in which they were sent. */
  readonly inFlight: readonly Flight[];
}

export interface Session {
  readonly ids: RequestIds;
  readonly events: SessionEvents;
  readonly timeoutMs: number;
}

export interface Exchange {
  readonly calls: readonly Call[];
  /** Returns the index of the call to send next, or `undefined` when there is none. */
  readonly take: () => number | undefined;
  readonly window: number;
  readonly report: (index: number, outcome: Outcome) => void;
}

/** Larger writes would only fill the memory. */
const WRITE_LENGTH = 64 * 1024;
/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Sends the calls that `take` returns and reports the answers. Resolves when all are answered, or with an interruption. */
export function exchange(child: Child, session: Session, what: Exchange): Promise<Interruption | undefined> {
  return new Promise((resolve, reject) => {
    const running = new RunningExchange(child, session, what, resolve, reject);
    child.listen(running);
    running.ready();
  });
}

/** Records a response to a request that is not in flight. */
export function recordStray(events: SessionEvents, id: number, ids: RequestIds, child: Child): void {
  if (id >= child.firstId && id < ids.next) {
    events.fault("duplicate-answer", `request ${id} was answered again; the answer is discarded`);
  } else {
    events.fault("unknown-id", `id ${id} was answered, but was never sent to this process; the answer is discarded`);
  }
}

class RunningExchange implements ChildListener {
  readonly #child: Child;
  readonly #session: Session;
  readonly #what: Exchange;
  readonly #inFlight = new Map<number, Flight>();
  readonly #resolve: (interruption: Interruption | undefined) => void;
  readonly #reject: (error: unknown) => void;
  #isExhausted = false;
  #isOver = false;
  #lastSentId = -1;
  #lastAnswerAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Answers to be reported with the stderr of the process, until the rest of the stderr has been read. */
  #held: { readonly flight: Flight; readonly answer: Answer }[] = [];
  #isHoldingOnlyOne = false;

  constructor(
    child: Child,
    session: Session,
    what: Exchange,
    resolve: (interruption: Interruption | undefined) => void,
    reject: (error: unknown) => void,
  ) {
    this.#child = child;
    this.#session = session;
    this.#what = what;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  line(text: string): void {
    if (this.#isOver) return;
    const response = readResponse(text);
    const { id, fault } = response;
    if (id === undefined) {
      this.#interrupt({
        kind: "line",
        pointer: fault?.pointer ?? "",
        message: fault?.message ?? "has no id of a request",
      });
      return;
    }
    const flight = this.#inFlight.get(id);
    if (flight === undefined) {
      recordStray(this.#session.events, id, this.#session.ids, this.#child);
      return;
    }
    this.#inFlight.delete(id);
    this.#lastAnswerAtMs = performance.now();
    const { method } = this.#what.calls[flight.index] as Call;
    const answer = answerOf(method, response);
    const wasAlone = flight.isFirst && this.#lastSentId === id;
    const hasFailed = answer.kind === "protocol-fault" || (answer.kind === "error" && answer.class === "internal");
    if (wasAlone || hasFailed) this.#hold(flight, answer, wasAlone);
    else this.#report(flight.index, answer);
  }

  broken(message: string): void {
    this.#interrupt({ kind: "line", pointer: "", message });
  }

  ended(ending: Ending): void {
    this.#interrupt({ kind: "crash", ending });
  }

  /** Fills the window. */
  ready(): void {
    if (this.#isOver || this.#isHoldingOnlyOne) return;
    try {
      this.#send();
    } catch (error) {
      this.#stop();
      this.#reject(error);
      return;
    }
    if (this.#inFlight.size > 0) this.#watchOldest();
    else if (this.#isExhausted && this.#held.length === 0) this.#finish(undefined);
  }

  #send(): void {
    let lines = "";
    const now = performance.now();
    while (this.#inFlight.size < this.#what.window && !this.#isExhausted) {
      // With no request in flight there is no timeout, and the pipe may never have room again.
      if (this.#child.isCongested && this.#inFlight.size > 0) break;
      const index = this.#what.take();
      if (index === undefined) {
        this.#isExhausted = true;
        break;
      }
      const { method, params } = this.#what.calls[index] as Call;
      const id = this.#session.ids.take();
      lines += requestLine(id, method, params);
      const isFirst = this.#inFlight.size === 0;
      this.#inFlight.set(id, { id, index, sentAtMs: now, stderrFrom: this.#child.stderr.position, isFirst });
      this.#lastSentId = id;
      if (lines.length < WRITE_LENGTH) continue;
      this.#child.write(lines);
      lines = "";
    }
    if (lines !== "") this.#child.write(lines);
  }

  /**
   * Waits until the text that the process wrote to stderr before its response has been read, too. stderr is another pipe. One turn of
   * the event loop is not enough, because the response may have come after that turn polled the pipes. If only this request was in
   * flight, no other request is sent until then.
   */
  #hold(flight: Flight, answer: Answer, wasAlone: boolean): void {
    this.#held.push({ flight, answer });
    this.#isHoldingOnlyOne = wasAlone;
    if (this.#held.length > 1) return;
    setImmediate(() =>
      setImmediate(() => {
        this.#release();
        this.ready();
      }),
    );
  }

  #release(): void {
    this.#isHoldingOnlyOne = false;
    for (const { flight, answer } of this.#held.splice(0)) {
      const stderr = this.#child.stderr.since(flight.stderrFrom);
      this.#report(flight.index, stderr === "" ? answer : { ...answer, stderr });
    }
  }

  #report(index: number, outcome: Outcome): void {
    if (this.#isOver) return;
    try {
      this.#what.report(index, outcome);
    } catch (error) {
      this.#stop();
      this.#reject(error);
    }
  }

  /** One timer is enough, because requests are stored in the order in which they were sent. */
  #watchOldest(): void {
    if (this.#timer !== undefined || this.#isOver) return;
    const [oldest] = this.#inFlight.values();
    if (oldest === undefined) return;
    const { timeoutMs } = this.#session;
    const leftMs = oldest.sentAtMs + timeoutMs - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (performance.now() < oldest.sentAtMs + timeoutMs) this.#watchOldest();
        // If the harness was busy for long, the response may already be in the pipe and must be read first.
        else if (this.#inFlight.has(oldest.id)) setImmediate(() => this.#checkOverdue(oldest));
        else this.#watchOldest();
      },
      Math.min(Math.max(0, Math.ceil(leftMs)), LONGEST_TIMER_MS),
    );
  }

  #checkOverdue(flight: Flight): void {
    if (this.#isOver) return;
    if (!this.#inFlight.has(flight.id)) this.#watchOldest();
    else {
      const isStuck = performance.now() - this.#lastAnswerAtMs >= this.#session.timeoutMs;
      this.#interrupt({ kind: "timeout", isStuck });
    }
  }

  #interrupt(failure: Failure): void {
    if (this.#isOver) return;
    this.#release();
    this.#finish({ failure, inFlight: [...this.#inFlight.values()] });
  }

  #finish(interruption: Interruption | undefined): void {
    if (this.#isOver) return;
    this.#stop();
    this.#resolve(interruption);
  }

  #stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
