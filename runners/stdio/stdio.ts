/** The stdio lane: an implementation in a process of its own, one JSON-RPC message per line. */

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
import { sayFarewell } from "./farewell.ts";
import { greet } from "./handshake.ts";
import { RequestIds, requestLine } from "./request.ts";
import { readResponse } from "./response.ts";
import { SessionEvents } from "./session-events.ts";

export interface StdioOptions {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly cwd?: string | undefined;
  /** Added to the harness's own environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** How many requests may be in flight (64). */
  readonly window?: number | undefined;
  /** How long one case may take, from when it is sent (10 s). */
  readonly timeoutMs?: number | undefined;
  /** How long the process may take until it has answered `initialize` (10 s). */
  readonly startTimeoutMs?: number | undefined;
  /** How often the process is started again before the rest is not run (100). */
  readonly maxRestarts?: number | undefined;
  /** The longest line that the process may write (64 MiB). */
  readonly maxMessageBytes?: number | undefined;
  /** How long the process and all it started may live after `shutdown` (2 s). */
  readonly shutdownMs?: number | undefined;
  readonly harnessVersion: string;
}

/** A process that does not start again several times in a row will not do so later either. */
const FAILED_STARTS_IN_A_ROW = 5;
const MAX_GRACE_MS = 2000;
const DEFAULT_RESTARTS = 100;
const QUOTED_STDERR_LENGTH = 400;

/** Makes a lane that runs `options.command`. Nothing is started before `initialize`. */
export function createStdioLane(options: StdioOptions): Lane {
  return new StdioLane(options);
}

/** The calls of one run and who hears of their outcomes. */
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
  /** Why nothing can be run any more. */
  #exhausted: string | undefined;
  /** Whether `initialize` or `run` is under way. */
  #isBusy = false;
  /** Set once the caller wants the end. */
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
    // A method without a schema is the harness's own mistake: better found now than when its answer is there.
    for (const method of new Set(calls.map((call) => call.method))) checkMessage(resultSchemaOf(method), null);
    const stop = () => void this.#stop();
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) stop();
    this.#isBusy = true;
    try {
      await this.#runAll({ calls, report });
      if (this.#isStopped) await this.#stop();
    } catch (error) {
      // Requests may be in flight that nobody waits for any more.
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
    // An end that is under way is still to be recorded as one that nobody asked for.
    if (!child.isAlive) await child.ended;
    this.#isStopped = true;
    if (child.isAlive) await sayFarewell(child, this.#session, this.#options.shutdownMs ?? 2000);
  }

  async #start(): Promise<InitializeResult> {
    const { command, cwd, env, harnessVersion, startTimeoutMs = 10_000, maxMessageBytes = 1 << 26 } = this.#options;
    const id = this.#ids.take();
    const params = { protocol: 1, harness: { name: "proofhouse", version: harnessVersion } };
    const child = new Child({ command, cwd, env, maxMessageBytes }, id, requestLine(id, "initialize", params));
    this.#child = child;
    const result = await greet(child, id, describeCommand(command), startTimeoutMs);
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
      await this.#findGuilty(child, run, interruption);
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

  /** The process, started again where needed; nothing when the lane is stopped or exhausted. */
  async #runningChild(): Promise<Child | undefined> {
    if (this.#child?.isAlive) return this.#child;
    await this.#child?.ended;
    const { maxRestarts = DEFAULT_RESTARTS } = this.#options;
    for (let failedStarts = 0; !this.#isStopped && this.#exhausted === undefined; ) {
      if (this.#restarts >= maxRestarts) {
        this.#exhaust(`the process was started again ${maxRestarts} times, which is the limit`);
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
          this.#exhaust(`the process failed to start again ${failedStarts} times in a row: ${error.message}`);
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

  /** Settles what an interruption leaves open, so that every suspect has an outcome. */
  async #findGuilty(child: Child, run: Run, { failure, suspects }: Interruption): Promise<void> {
    const [first] = suspects;
    if (suspects.length > 1) return this.#tryEach(child, run, failure, suspects);
    if (first === undefined) {
      this.#recordUnblamed(child, failure, "with no request in flight");
      await this.#endProcess();
    } else if (failure.kind === "timeout" || first.id === child.firstId + 1) {
      await this.#convict(child, run, first, failure);
    } else {
      await this.#tryOnceMore(child, run, failure, first);
    }
  }

  /** Tries several suspects one at a time. */
  async #tryEach(child: Child, run: Run, failure: Failure, suspects: readonly Flight[]): Promise<void> {
    await this.#endProcess();
    let isExplained = false;
    for (const { index } of suspects) {
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
      await this.#findGuilty(next, run, interruption);
      if (this.#isStopped) return;
    }
    if (isExplained || this.#exhausted !== undefined) return;
    // It takes several at once. Fewer in flight may spare the rest of the run the same.
    this.#window = Math.max(1, suspects.length >> 1);
    // Slow cases that queue up behind each other are nobody's fault: each had its own time when it was sent alone.
    if (failure.kind === "timeout" && !failure.isStuck) return;
    this.#recordUnblamed(child, failure, `with ${suspects.length} requests in flight, each answered when sent alone`);
  }

  /**
   * Tries a case again that was alone, but on a process that had answered others: what they left behind may have come
   * down on this one. On a new process it has only itself to blame.
   */
  async #tryOnceMore(child: Child, run: Run, failure: Failure, flight: Flight): Promise<void> {
    await this.#endProcess();
    const fresh = await this.#runningChild();
    if (this.#isStopped) return;
    if (fresh === undefined) return this.#convict(child, run, flight, failure);
    const interruption = await this.#exchange(fresh, run, once(flight.index), 1);
    if (this.#isStopped) return;
    if (interruption !== undefined) return this.#findGuilty(fresh, run, interruption);
    this.#recordUnblamed(child, failure, "with one request in flight, answered by a new process");
  }

  #recordUnblamed(child: Child, failure: Failure, when: string): void {
    const stderr = child.stderr.since(0).trimEnd().slice(-QUOTED_STDERR_LENGTH);
    const quoted = stderr === "" ? "" : `; its stderr ends with ${JSON.stringify(stderr)}`;
    this.#events.fault("unattributed-crash", `${describeFailure(failure)}, ${when}${quoted}`);
  }

  async #convict(child: Child, run: Run, flight: Flight, failure: Failure): Promise<void> {
    // Killing the process also ends its stderr, so that all of it has been read.
    if (failure.kind !== "timeout") await this.#endProcess();
    if (this.#isStopped) return;
    const stderr = child.stderr.since(flight.stderrFrom);
    const answer = verdictOf(failure, this.#session.timeoutMs);
    run.report(flight.index, stderr === "" ? answer : { ...answer, stderr });
    if (failure.kind === "timeout" && !(await this.#comesLate(child, flight))) await this.#endProcess();
  }

  /** Gives a timed-out request a little more time, so that a process that is only slow need not be started again. */
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
      const message = `request ${flight.id} was answered after its ${this.#session.timeoutMs} ms; the answer is discarded`;
      this.#events.note("late-answer", message);
    }
    return isLate;
  }

  /** Nothing is in flight, so nothing may come. */
  #whileIdle(child: Child): ChildListener {
    const fail = (failure: Failure) => {
      if (!this.#isStopped) this.#recordUnblamed(child, failure, "with no request in flight");
    };
    const broken = (message: string) => {
      fail({ kind: "line", pointer: "", message });
      void this.#endProcess();
    };
    return {
      line: (text) => {
        const { id, fault } = readResponse(text);
        if (id === undefined) broken(fault?.message ?? "names no request");
        else recordStray(this.#events, id, this.#ids, child);
      },
      broken,
      ready: () => {},
      ended: (ending) => fail({ kind: "crash", ending }),
    };
  }
}

/** Gives `index` the first time, and nothing from then on. */
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
