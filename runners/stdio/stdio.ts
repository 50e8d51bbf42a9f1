/** The stdio lane: the implementation is a process and exchanges one JSON-RPC message per line. */

import {
  type Answer,
  type Call,
  type InitializeResult,
  type Lane,
  type Outcome,
  type SessionEvent,
  StartError,
} from "../lane.ts";
import { checkMessage, resultSchemaOf } from "../messages.ts";
import { within } from "./bounded-wait.ts";
import { Child, type ChildListener } from "./child.ts";
import { exchange, type Failure, type Flight, type Interruption, recordStray, type Session } from "./exchange.ts";
import { finishInitialize } from "./handshake.ts";
import { RequestIds, requestLine } from "./request.ts";
import { readResponse } from "./response.ts";
import { SessionEvents } from "./session-events.ts";
import { shutDown } from "./shutdown.ts";

export interface StdioOptions {
  /** The program and its arguments. No shell interprets them. */
  readonly command: readonly string[];
  readonly cwd?: string | undefined;
  /** Added to the environment of the harness. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The largest number of requests in flight (64). */
  readonly window?: number | undefined;
  /** The time for one case, from its sending (10 s). */
  readonly timeoutMs?: number | undefined;
  /** The time until the response to `initialize` (10 s). */
  readonly startTimeoutMs?: number | undefined;
  /** The number of restarts after which the remaining cases are not run (100). */
  readonly maxRestarts?: number | undefined;
  /** The longest line that the process may write (64 MiB). */
  readonly maxMessageBytes?: number | undefined;
  /** The time until the end of the process and everything that it started, after `shutdown` (2 s). */
  readonly shutdownMs?: number | undefined;
  readonly harnessVersion: string;
}

/** A process that failed to start several times in a row will not start later either. */
const FAILED_STARTS_IN_A_ROW = 5;
const MAX_GRACE_MS = 2000;
const DEFAULT_RESTARTS = 100;
const QUOTED_STDERR_LENGTH = 400;

/** Creates a lane that runs `options.command`. Nothing is started before `initialize`. */
export function createStdioLane(options: StdioOptions): Lane {
  return new StdioLane(options);
}

/** The calls of one run, and the function that receives their outcomes. */
interface Run {
  readonly calls: readonly Call[];
  readonly report: (index: number, outcome: Outcome) => void;
}

const SILENT: ChildListener = { line: () => {}, broken: () => {}, ready: () => {}, ended: () => {} };

class StdioLane implements Lane {
  readonly name = "stdio";
  readonly #options: StdioOptions;
  readonly #ids = new RequestIds();
  readonly #events = new SessionEvents();
  readonly #session: Session;
  #window: number;
  #child: Child | undefined;
  #restarts = 0;
  /** Why no further case can be run. */
  #exhausted: string | undefined;
  /** Whether `initialize` or `run` has not returned yet. */
  #isBusy = false;
  /** Whether the caller has ended the session. */
  #isStopped = false;

  constructor(options: StdioOptions) {
    this.#options = options;
    this.#window = Math.max(1, options.window ?? 64);
    this.#session = { ids: this.#ids, events: this.#events, timeoutMs: options.timeoutMs ?? 10_000 };
  }

  get events(): readonly SessionEvent[] {
    return this.#events.list;
  }

  async initialize(): Promise<InitializeResult> {
    this.#isBusy = true;
    try {
      return await this.#start();
    } finally {
      this.#isBusy = false;
    }
  }

  async run(calls: readonly Call[], report: Run["report"], signal?: AbortSignal): Promise<void> {
    if (this.#child === undefined) throw new Error("run before initialize");
    // A method without a schema is a bug of the harness. Find it before anything is sent.
    for (const method of new Set(calls.map((call) => call.method))) checkMessage(resultSchemaOf(method), null);
    const stop = () => void this.#stop();
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) stop();
    this.#isBusy = true;
    try {
      await this.#runAll({ calls, report });
      if (this.#isStopped) await this.#stop();
    } catch (error) {
      // Responses to the requests in flight must not reach a later run.
      await this.#endProcess();
      throw error;
    } finally {
      this.#isBusy = false;
      signal?.removeEventListener("abort", stop);
    }
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    if (this.#isBusy || this.#isStopped) return this.#stop();
    // If the process is already ending, wait, so that its end is recorded as unexpected.
    if (!child.isAlive) await child.ended;
    this.#isStopped = true;
    if (child.isAlive) await shutDown(child, this.#session, this.#options.shutdownMs ?? 2000);
  }

  async #start(): Promise<InitializeResult> {
    const { command, cwd, env, harnessVersion, startTimeoutMs = 10_000, maxMessageBytes = 1 << 26 } = this.#options;
    const id = this.#ids.take();
    const params = { protocol: 1, harness: { name: "proofhouse", version: harnessVersion } };
    const child = new Child({ command, cwd, env, maxMessageBytes }, id, requestLine(id, "initialize", params));
    this.#child = child;
    const result = await finishInitialize(child, id, describeCommand(command), startTimeoutMs);
    child.listen(this.#whileIdle(child));
    return result;
  }

  async #stop(): Promise<void> {
    this.#isStopped = true;
    await this.#child?.kill();
  }

  async #endProcess(): Promise<void> {
    this.#child?.listen(SILENT);
    await this.#child?.kill();
  }

  async #runAll(run: Run): Promise<void> {
    const count = run.calls.length;
    let next = 0;
    const take = () => (next < count ? next++ : undefined);
    while (next < count) {
      const child = await this.#runningChild();
      if (this.#isStopped) return;
      if (child === undefined) {
        this.#reportNotRun(run, next++);
        continue;
      }
      const interruption = await this.#exchange(child, run, take, this.#window);
      if (interruption === undefined || this.#isStopped) return;
      await this.#attribute(child, run, interruption);
      if (this.#isStopped) return;
    }
  }

  #reportNotRun(run: Run, index: number): void {
    run.report(index, { kind: "not-run", reason: this.#exhausted ?? "" });
  }

  async #exchange(
    child: Child,
    run: Run,
    take: () => number | undefined,
    window: number,
  ): Promise<Interruption | undefined> {
    const interruption = await exchange(child, this.#session, { ...run, take, window });
    child.listen(this.#whileIdle(child));
    return interruption;
  }

  /** Returns the process, after a restart if needed, or `undefined` if the lane is stopped or exhausted. */
  async #runningChild(): Promise<Child | undefined> {
    if (this.#child?.isAlive) return this.#child;
    await this.#child?.ended;
    const { maxRestarts = DEFAULT_RESTARTS } = this.#options;
    for (let failedStarts = 0; !this.#isStopped && this.#exhausted === undefined; ) {
      if (this.#restarts >= maxRestarts) {
        this.#exhaust(`the process was restarted ${maxRestarts} times, which is the limit`);
        break;
      }
      this.#restarts++;
      try {
        await this.#start();
        return this.#child;
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        failedStarts++;
        if (failedStarts === FAILED_STARTS_IN_A_ROW) {
          this.#exhaust(`the process failed to restart ${failedStarts} times in a row: ${error.message}`);
        }
      }
    }
    return undefined;
  }

  #exhaust(reason: string): void {
    if (this.#isStopped) return;
    this.#exhausted = reason;
    this.#events.fault("restart-cap", reason);
  }

  /** Attributes the failure to one request in flight, if possible, and settles the outcomes of all of them. */
  async #attribute(child: Child, run: Run, { failure, inFlight }: Interruption): Promise<void> {
    const [first] = inFlight;
    if (inFlight.length > 1) return this.#repeatEach(child, run, failure, inFlight);
    if (first === undefined) {
      this.#recordUnattributed(child, failure, "with no request in flight");
      await this.#endProcess();
    } else if (failure.kind === "timeout" || first.id === child.firstId + 1) {
      await this.#reportFailure(child, run, first, failure);
    } else {
      await this.#repeatOnNewProcess(child, run, failure, first);
    }
  }

  /** Repeats several requests one at a time. */
  async #repeatEach(child: Child, run: Run, failure: Failure, flights: readonly Flight[]): Promise<void> {
    await this.#endProcess();
    let isExplained = false;
    for (const { index } of flights) {
      const next = await this.#runningChild();
      if (this.#isStopped) return;
      if (next === undefined) {
        this.#reportNotRun(run, index);
        continue;
      }
      const interruption = await this.#exchange(next, run, once(index), 1);
      if (this.#isStopped) return;
      if (interruption === undefined) continue;
      isExplained = true;
      await this.#attribute(next, run, interruption);
      if (this.#isStopped) return;
    }
    if (isExplained || this.#exhausted !== undefined) return;
    // Only several requests at once cause the failure. A smaller window may avoid it in the rest of the run.
    this.#window = Math.max(1, flights.length >> 1);
    // Slow cases that only queued up are no fault: each was answered in time when it was sent alone.
    if (failure.kind === "timeout" && !failure.isStuck) return;
    this.#recordUnattributed(
      child,
      failure,
      `with ${flights.length} requests in flight, each answered when sent alone`,
    );
  }

  /**
   * Repeats a request that was alone in flight, but on a process that had answered others: an earlier request may have broken the
   * process. On a new process, a failure belongs to this request.
   */
  async #repeatOnNewProcess(child: Child, run: Run, failure: Failure, flight: Flight): Promise<void> {
    await this.#endProcess();
    const fresh = await this.#runningChild();
    if (this.#isStopped) return;
    if (fresh === undefined) return this.#reportFailure(child, run, flight, failure);
    const interruption = await this.#exchange(fresh, run, once(flight.index), 1);
    if (this.#isStopped) return;
    if (interruption !== undefined) return this.#attribute(fresh, run, interruption);
    this.#recordUnattributed(child, failure, "with one request in flight, answered by a new process");
  }

  #recordUnattributed(child: Child, failure: Failure, when: string): void {
    const stderr = child.stderr.since(0).trimEnd().slice(-QUOTED_STDERR_LENGTH);
    const quoted = stderr === "" ? "" : `; its stderr ends with ${JSON.stringify(stderr)}`;
    this.#events.fault("unattributed-crash", `${describeFailure(failure)}, ${when}${quoted}`);
  }

  async #reportFailure(child: Child, run: Run, flight: Flight, failure: Failure): Promise<void> {
    // The kill also ends stderr, so that all of it has been read afterwards.
    if (failure.kind !== "timeout") await this.#endProcess();
    if (this.#isStopped) return;
    const stderr = child.stderr.since(flight.stderrFrom);
    const answer = verdictOf(failure, this.#session.timeoutMs);
    run.report(flight.index, stderr === "" ? answer : { ...answer, stderr });
    if (failure.kind === "timeout" && !(await this.#comesLate(child, flight))) await this.#endProcess();
  }

  /** Waits a little longer for the response to a timed-out request, so that a slow process need not be restarted. */
  async #comesLate(child: Child, flight: Flight): Promise<boolean> {
    let isLate = false;
    const over = new Promise<void>((resolve) => {
      child.listen({
        line: (text) => {
          const { id } = readResponse(text);
          if (id === undefined) resolve();
          else if (id !== flight.id || isLate) recordStray(this.#events, id, this.#ids, child);
          else {
            isLate = true;
            resolve();
          }
        },
        broken: () => resolve(),
        ready: () => {},
        ended: () => resolve(),
      });
    });
    await within(Math.min(this.#session.timeoutMs, MAX_GRACE_MS), over);
    child.listen(this.#whileIdle(child));
    if (isLate) {
      const message = `request ${flight.id} was answered after more than ${this.#session.timeoutMs} ms; the answer is discarded`;
      this.#events.note("late-answer", message);
    }
    return isLate;
  }

  /** No request is in flight, so any line is a fault. */
  #whileIdle(child: Child): ChildListener {
    const fail = (failure: Failure) => {
      if (!this.#isStopped) this.#recordUnattributed(child, failure, "with no request in flight");
    };
    const broken = (message: string) => {
      fail({ kind: "line", pointer: "", message });
      void this.#endProcess();
    };
    return {
      line: (text) => {
        const { id, fault } = readResponse(text);
        if (id === undefined) broken(fault?.message ?? "has no id of a request");
        else recordStray(this.#events, id, this.#ids, child);
      },
      broken,
      ready: () => {},
      ended: (ending) => fail({ kind: "crash", ending }),
    };
  }
}

/** Returns a function that returns `index` once, and then `undefined`. */
function once(index: number): () => number | undefined {
  let untaken: number | undefined = index;
  return () => {
    const taken = untaken;
    untaken = undefined;
    return taken;
  };
}

function verdictOf(failure: Failure, timeoutMs: number): Answer {
  if (failure.kind === "timeout") return { kind: "timeout", timeoutMs };
  if (failure.kind === "line") return { kind: "protocol-fault", pointer: failure.pointer, message: failure.message };
  return { kind: "crash", ...failure.ending };
}

function describeFailure(failure: Failure): string {
  if (failure.kind === "crash") return `the process ${failure.ending.message}`;
  if (failure.kind === "timeout") return "no answer came in time";
  return `the process wrote a line that answers no request (${failure.message})`;
}

function describeCommand(command: readonly string[]): string {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
}
