/** One process of the implementation: its pipes, its end, and the end of everything that it started. */
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

/** How a process ended. If it has neither an exit status nor a signal, the harness ended it. */
export interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** For example "exited with status 3; left an unterminated line of 12 bytes". */
  readonly message: string;
}

/** The receiver of the events of a process. */
export interface ChildListener {
  /** A line from the process. */
  line(text: string): void;
  /** The rest of the output cannot be read. */
  broken(message: string): void;
  /** More can be sent: lines have been read, or the pipe has room again. */
  ready(): void;
  /** The process has ended and all its output has been read. */
  ended(ending: Ending): void;
}

/** A process that closes a pipe is usually about to exit, and its exit status is more precise. */
const EXIT_AFTER_PIPE_MS = 250;
/** The last output is still in the pipe after the exit. Only a process that escaped the tree keeps the pipe open. */
const DRAIN_AFTER_EXIT_MS = 1000;
/** A process that survives SIGKILL this long is stuck in the kernel. */
const DEATH_AFTER_KILL_MS = 5000;

export class Child {
  /** The id of the first request that was sent to this process. */
  readonly firstId: number;
  readonly stderr = new StderrTail();
  /** Resolves once, when the process and its output have ended. */
  readonly ended: Promise<Ending>;
  /** Resolves when the process itself has ended; another process may still keep its output open. */
  readonly exited: Promise<void>;
  readonly #splitter: LineSplitter;
  #process: ChildProcess | undefined;
  #tree: ProcessTree | undefined;
  #listener: ChildListener | undefined;
  #ending: Ending | undefined;
  #exit: { readonly exitCode: number | null; readonly signal: string | null } | undefined;
  /** Why the harness ended the process or could not start it. */
  #reason: string | undefined;
  #isCongested = false;
  #isLeaving = false;
  #timer: NodeJS.Timeout | undefined;
  #resolveEnded!: (ending: Ending) => void;
  #resolveExited!: () => void;

  /** Starts the process and writes `firstLine` to it at once. A failure to start is reported as an ending. */
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

  /** Whether a process was started. */
  get hasStarted(): boolean {
    return this.#tree !== undefined;
  }

  /** Whether the process has not exited and is not being ended. */
  get isAlive(): boolean {
    return this.#ending === undefined && this.#exit === undefined && this.#reason === undefined;
  }

  /** Whether the process has not read all input yet, so that more input would only fill the memory. */
  get isCongested(): boolean {
    return this.#isCongested;
  }

  /** Sends all further events to `listener`. */
  listen(listener: ChildListener): void {
    this.#listener = listener;
  }

  write(lines: string): void {
    const stdin = this.#process?.stdin;
    if (stdin?.writable && !stdin.write(lines)) this.#isCongested = true;
  }

  /** The exit of the process is expected from now on, and processes that it leaves behind are not ended at once. */
  expectExit(): void {
    this.#isLeaving = true;
  }

  closeStdin(): void {
    this.#process?.stdin?.end();
  }

  /** Returns the processes of the tree that are alive. */
  survivors(): readonly number[] {
    return this.#tree?.survivors() ?? [];
  }

  /** Ends the whole tree. The listener receives the end, but no further line. */
  async kill(): Promise<void> {
    this.#splitter.stop();
    await this.endRest();
  }

  /** Ends the rest of the tree. Its output until then is still read. */
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
    // EPIPE: the process has closed its stdin.
    child.stdin?.on("error", () => this.#pipeClosed("stdin"));
    child.stdout?.on("data", (chunk: Buffer) => {
      this.#splitter.push(chunk);
      this.#listener?.ready();
    });
    child.stdout?.on("end", () => this.#pipeClosed("stdout"));
    child.stdout?.on("error", () => this.#pipeClosed("stdout"));
    child.stderr?.on("data", (chunk: Buffer) => this.stderr.push(chunk));
    child.stderr?.on("error", () => {});
  }

  #pipeClosed(name: string): void {
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
    // For a missing folder the system reports the program as missing, too.
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

  /** A new wait replaces the last one. */
  #after(delayMs: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, delayMs);
  }
}
