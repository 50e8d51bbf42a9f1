/**
 * Requests to one process and their answers, pipelined: until all are answered, or until something happens that no
 * single request in flight can be blamed for.
 */
import type { Answer, Call, Outcome } from "../lane.ts";
import type { Child, ChildListener, Ending } from "./child.ts";
import { type RequestIds, requestLine } from "./request.ts";
import { answerOf, readResponse } from "./response.ts";
import type { SessionEvents } from "./session-events.ts";

/** A request that was sent and not answered yet. */
export interface Flight {
  readonly id: number;
  readonly index: number;
  readonly sentAtMs: number;
  /** Where the process's stderr stood when it was sent. */
  readonly stderrFrom: number;
  /** Whether nothing else was in flight when it was sent. */
  readonly isFirst: boolean;
}

export type Failure =
  | { readonly kind: "crash"; readonly ending: Ending }
  /** `isStuck`: no answer at all has come for the time that one case has. */
  | { readonly kind: "timeout"; readonly isStuck: boolean }
  /** A line from which no request in flight can be told. */
  | { readonly kind: "line"; readonly pointer: string; readonly message: string };

export interface Interruption {
  readonly failure: Failure;
  /** Whoever may be to blame, in the order they were sent. */
  readonly suspects: readonly Flight[];
}

export interface Session {
  readonly ids: RequestIds;
  readonly events: SessionEvents;
  readonly timeoutMs: number;
}

export interface Exchange {
  readonly calls: readonly Call[];
  /** The index of the call to send next. */
  readonly take: () => number | undefined;
  readonly window: number;
  readonly report: (index: number, outcome: Outcome) => void;
}

/** Much larger writes would only wait in memory. */
const WRITE_LENGTH = 64 * 1024;
/** A longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Sends what `take` gives and reports the answers. Resolves when all is answered, or with what came between. */
export function exchange(child: Child, session: Session, what: Exchange): Promise<Interruption | undefined> {
  return new Promise((resolve, reject) => {
    const running = new RunningExchange(child, session, what, resolve, reject);
    child.listen(running);
    running.ready();
  });
}

/** Records an answer that nobody waits for. */
export function recordStray(events: SessionEvents, id: number, ids: RequestIds, child: Child): void {
  if (id >= child.firstId && id < ids.next) {
    events.fault("duplicate-answer", `request ${id} was answered once more; the answer is discarded`);
  } else {
    events.fault("unknown-id", `the id ${id} was answered, which this process was never sent; the answer is discarded`);
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
  /** Answers that go with what the process wrote to stderr, while the rest of that is awaited. */
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
      this.#interrupt({ kind: "line", pointer: fault?.pointer ?? "", message: fault?.message ?? "names no request" });
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
      // With nothing in flight there is no timeout, and the pipe may never have room again.
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
   * Waits until what the process wrote to stderr before it answered has been read too. That comes through another pipe;
   * one turn of the event loop is not enough, for the answer may have come after the turn had asked which pipes are
   * ready. A case that is alone stays so until then.
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

  /** One timer is enough: requests are kept in the order they were sent. */
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
        // Should the harness have been busy for long, the answer may lie in the pipe: let it be read first.
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
    this.#finish({ failure, suspects: [...this.#inFlight.values()] });
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
