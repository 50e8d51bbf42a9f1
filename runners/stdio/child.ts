/** One life of the implementation's process: its pipes, its end, and the end of everything it started. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { LineSplitter } from "./line-splitter.ts";
import { MARK_VARIABLE, newMark, ProcessTree } from "./process-tree.ts";
import { StderrTail } from "./stderr-tail.ts";

export interface ChildOptions {
  readonly command: readonly string[];
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly maxMessageBytes: number;
}

/** How a process ended. Without exit status and signal, it was the harness that ended it. */
export interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Says it in words: "exited with status 3; left an unterminated line of 12 bytes". */
  readonly message: string;
}

/** Who is talking to the process now. */
export interface ChildListener {
  /** A line from the process. */
  line(text: string): void;
  /** The process wrote something from which no further line can be read. */
  broken(message: string): void;
  /** A good moment to send more: some lines have been read, or the pipe has room again. */
  ready(): void;
  /** The process has ended and all its output has been read. */
  ended(ending: Ending): void;
}

/** A process that gave up a pipe is about to exit, as a rule, and its exit says more. */
const EXIT_AFTER_PIPE_MS = 250;
/** What the process wrote last is still in the pipe, and ends with it. Only something that escaped holds it open. */
const DRAIN_AFTER_EXIT_MS = 1000;
/** A process that survives SIGKILL this long is stuck in the kernel. */
const DEATH_AFTER_KILL_MS = 5000;

export class Child {
  /** The id of the first request that this process was sent. */
  readonly firstId: number;
  readonly stderr = new StderrTail();
  /** Resolves once, when the process and its output have ended. */
  readonly ended: Promise<Ending>;
  /** Resolves when the process itself has ended; something else may still hold its output open. */
  readonly exited: Promise<void>;
  readonly #splitter: LineSplitter;
  #process: ChildProcess | undefined;
  #tree: ProcessTree | undefined;
  #listener: ChildListener | undefined;
  #ending: Ending | undefined;
  #exit: { readonly exitCode: number | null; readonly signal: string | null } | undefined;
  /** Why the harness ended the process or could not start it, if it did. */
  #reason: string | undefined;
  #isCongested = false;
  #isLeaving = false;
  #timer: NodeJS.Timeout | undefined;
  #resolveEnded!: (ending: Ending) => void;
  #resolveExited!: () => void;

  /** Starts the process and writes `firstLine` to it at once. A failure to start is an ending like others. */
  constructor(options: ChildOptions, firstId: number, firstLine: string) {
    this.firstId = firstId;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.exited = new Promise((resolve) => {
      this.#resolveExited = resolve;
    });
    const sink = {
      line: (text: string) => {
        this.#listener?.line(text);
        return true;
      },
      broken: (message: string) => this.#listener?.broken(message),
    };
    this.#splitter = new LineSplitter(sink, options.maxMessageBytes);
    this.#start(options, firstLine);
  }

  /** Whether there has been a process at all. */
  get hasStarted(): boolean {
    return this.#tree !== undefined;
  }

  /** Whether it makes sense to talk to it: it has not exited, and is not being ended. */
  get isAlive(): boolean {
    return this.#ending === undefined && this.#exit === undefined && this.#reason === undefined;
  }

  /** Whether the process has not taken yet what was written, so that more would only pile up here. */
  get isCongested(): boolean {
    return this.#isCongested;
  }

  /** Makes `listener` the one that hears of everything from now on. */
  listen(listener: ChildListener): void {
    this.#listener = listener;
  }

  write(lines: string): void {
    const stdin = this.#process?.stdin;
    if (stdin?.writable && !stdin.write(lines)) this.#isCongested = true;
  }

  /** Lets the process go: its exit is expected from now on, and what it leaves behind is not ended at once. */
  expectExit(): void {
    this.#isLeaving = true;
  }

  closeStdin(): void {
    this.#process?.stdin?.end();
  }

  /** The processes that are left of the tree. */
  survivors(): readonly number[] {
    return this.#tree?.survivors() ?? [];
  }

  /** Ends the whole tree. The listener hears of the end, but of no line any more. */
  async kill(): Promise<void> {
    this.#splitter.stop();
    await this.endRest();
  }

  /** Ends what is left of the tree. What it has written until then is still read. */
  endRest(): Promise<Ending> {
    this.#endTree("was ended");
    return this.ended;
  }

  #start(options: ChildOptions, firstLine: string): void {
    const [program, ...args] = options.command as [string, ...string[]];
    const mark = newMark();
    const env = { ...process.env, ...options.env, [MARK_VARIABLE]: mark };
    let child: ChildProcess;
    try {
      child = spawn(program, args, { cwd: options.cwd, env, detached: true, stdio: "pipe", windowsHide: true });
    } catch (error) {
      this.#failToStart(options.cwd, error as Error);
      return;
    }
    this.#process = child;
    child.on("error", (error) => {
      if (child.pid === undefined) this.#failToStart(options.cwd, error);
    });
    if (child.pid === undefined) {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on("error", () => {});
      return;
    }
    this.#tree = new ProcessTree(child.pid, mark);
    this.#listenToPipes(child);
    this.write(firstLine);
    child.on("exit", (exitCode, signal) => {
      this.#exit = { exitCode, signal };
      this.#resolveExited();
      this.#tree?.rootHasExited();
      if (this.#isLeaving) return;
      this.#tree?.end();
      this.#after(DRAIN_AFTER_EXIT_MS, () => this.#finish());
    });
    child.on("close", () => this.#finish());
  }

  #listenToPipes(child: ChildProcess): void {
    child.stdin?.on("drain", () => {
      this.#isCongested = false;
      this.#listener?.ready();
    });
    // EPIPE: the process does not read any more.
    child.stdin?.on("error", () => this.#gaveUpPipe("stdin"));
    child.stdout?.on("data", (chunk: Buffer) => {
      this.#splitter.push(chunk);
      this.#listener?.ready();
    });
    child.stdout?.on("end", () => this.#gaveUpPipe("stdout"));
    child.stdout?.on("error", () => this.#gaveUpPipe("stdout"));
    child.stderr?.on("data", (chunk: Buffer) => this.stderr.push(chunk));
    child.stderr?.on("error", () => {});
  }

  #gaveUpPipe(name: string): void {
    if (this.#exit !== undefined || this.#isLeaving || this.#reason !== undefined) return;
    this.#after(EXIT_AFTER_PIPE_MS, () => this.#endTree(`closed its ${name} without exiting`));
  }

  #endTree(reason: string): void {
    this.#isLeaving = false;
    this.#tree?.end();
    if (this.#ending !== undefined) return;
    if (this.#exit === undefined) this.#reason ??= reason;
    const limit = this.#exit === undefined ? DEATH_AFTER_KILL_MS : DRAIN_AFTER_EXIT_MS;
    this.#after(limit, () => this.#finish());
  }

  #failToStart(cwd: string | undefined, error: NodeJS.ErrnoException): void {
    // The system blames the program for a missing folder too.
    const why = cwd === undefined || existsSync(cwd) ? error.message : `no folder ${cwd} (${error.code})`;
    this.#reason = `could not be started: ${why}`;
    this.#finish();
  }

  #finish(): void {
    if (this.#ending !== undefined) return;
    clearTimeout(this.#timer);
    const child = this.#process;
    for (const stream of [child?.stdin, child?.stdout, child?.stderr]) stream?.destroy();
    if (!this.#isLeaving) this.#tree?.end();
    this.#ending = this.#describeEnding();
    this.#splitter.stop();
    this.#resolveExited();
    this.#resolveEnded(this.#ending);
    this.#listener?.ended(this.#ending);
  }

  #describeEnding(): Ending {
    const { exitCode, signal } = this.#exit ?? { exitCode: null, signal: null };
    const left = this.#splitter.pendingBytes;
    const unterminated = left > 0 ? `; left an unterminated line of ${left} bytes` : "";
    if (this.#reason !== undefined) return { exitCode: null, signal: null, message: this.#reason + unterminated };
    const how = signal === null ? `exited with status ${exitCode}` : `was ended by ${signal}`;
    return { exitCode, signal, message: how + unterminated };
  }

  /** Only the last of the waits matters. */
  #after(delayMs: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, delayMs);
  }
}
