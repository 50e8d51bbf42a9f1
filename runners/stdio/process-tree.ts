/**
 * Finds and ends every process that a child process has started, also those that left its group or lost their parents.
 *
 * A process belongs to the tree for one of three reasons: it is in the group that the child leads, its environment contains a mark
 * that descendants inherit, or its parent belongs to the tree. A known process is identified by its id and its start time, so that
 * a reused id never belongs to the tree by mistake.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** The environment variable that contains the mark. */
export const MARK_VARIABLE = "PROOFHOUSE_SESSION";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Distinguishes two processes that had the same id one after the other. */
  readonly startedAt: string;
  /** Whether its environment contains the mark. Called only if nothing else shows that the process belongs to the tree. */
  readonly isMarked: () => boolean;
}

/** Returns every process of this machine that this user may see, except zombies. */
export type ListProcesses = (mark: string) => readonly ProcessEntry[];

const listProcesses: ListProcesses = process.platform === "linux" ? listFromProc : listFromPs;

/** Reads /proc. */
export function listFromProc(mark: string): readonly ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const status = readOrEmpty(`/proc/${pid}/stat`).toString("latin1");
    // The command name, in parentheses, may contain any character; only numbers follow it.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    const [state, parent, group] = fields;
    if (state === undefined || group === undefined || state === "Z" || state === "X") continue;
    const isMarked = () => readOrEmpty(`/proc/${pid}/environ`).includes(mark);
    entries.push({ pid, parent: Number(parent), group: Number(group), startedAt: fields[19] ?? "", isMarked });
  }
  return entries;
}

/** Runs `ps`, for systems without /proc. It shows no environment, so it misses a process that left the group and lost its parents. */
export function listFromPs(): readonly ProcessEntry[] {
  const columns = "pid=,ppid=,pgid=,stat=,lstart=";
  const table = execFileSync("ps", ["-A", "-o", columns], { encoding: "utf8", timeout: 2000, maxBuffer: 1 << 26 });
  const entries: ProcessEntry[] = [];
  for (const line of table.split("\n")) {
    const [pid, parent, group, state, ...startedAt] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith("Z")) continue;
    entries.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      startedAt: startedAt.join(" "),
      isMarked: () => false,
    });
  }
  return entries;
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0); // The process has ended, or belongs to another user.
  }
}

let treesMade = 0;

/** Returns a mark that no other child of any harness has. It includes the marks of this harness, which may be a child itself. */
export function newMark(): string {
  treesMade++;
  const own = `${process.pid}-${treesMade}-${process.hrtime.bigint().toString(36)}`;
  const outer = process.env[MARK_VARIABLE];
  return outer === undefined ? own : `${outer},${own}`;
}

const runningTrees = new Set<ProcessTree>();

function endRunningTrees(): void {
  for (const tree of runningTrees) tree.end();
}

/** A child process, started as the leader of its own group, and its descendants. */
export class ProcessTree {
  readonly #root: number;
  readonly #mark: string;
  readonly #list: ListProcesses;
  /** The ids of processes that belong to the tree, and their start times. */
  readonly #known = new Map<number, string>();
  #rootReaped = false;

  constructor(root: number, mark: string, list: ListProcesses = listProcesses) {
    this.#root = root;
    this.#mark = mark;
    this.#list = list;
    // No process of the tree may outlive the harness, whatever ends the harness.
    if (runningTrees.size === 0) process.on("exit", endRunningTrees);
    runningTrees.add(this);
  }

  /**
   * Call it as soon as the exit of the child is reported. Later its id may belong to another process, so the rest of its group must
   * be recorded now.
   */
  rootHasExited(): void {
    this.survivors();
    this.#rootReaped = true;
  }

  /** Returns the ids of all processes of this tree that are alive. */
  survivors(): readonly number[] {
    const entries = this.#tryList();
    const found = new Set<number>();
    for (const entry of entries) if (this.#isOurs(entry)) found.add(entry.pid);
    // The children of found processes belong to the tree; each round adds one generation.
    for (let before = -1; before !== found.size; ) {
      before = found.size;
      for (const entry of entries) if (found.has(entry.parent)) found.add(entry.pid);
    }
    found.delete(process.pid);
    for (const entry of entries) if (found.has(entry.pid)) this.#known.set(entry.pid, entry.startedAt);
    return [...found];
  }

  /** Kills the whole tree before it returns. Killed processes may still be listed for a moment. */
  end(): void {
    runningTrees.delete(this);
    if (runningTrees.size === 0) process.off("exit", endRunningTrees);
    const killed = new Set<number>();
    // A round can miss a process that forks during the search, but later rounds find it, because its parents are dead.
    for (let round = 0; round < 20; round++) {
      const left = this.survivors().filter((pid) => !killed.has(pid));
      // A fork stays in the group, so it cannot escape this signal.
      if (round === 0 && !this.#rootReaped) kill(-this.#root);
      if (left.length === 0) return;
      for (const pid of left) {
        kill(pid);
        killed.add(pid);
      }
    }
  }

  #isOurs(entry: ProcessEntry): boolean {
    if (this.#known.get(entry.pid) === entry.startedAt) return true;
    if (!this.#rootReaped && (entry.pid === this.#root || entry.group === this.#root)) return true;
    return entry.isMarked();
  }

  #tryList(): readonly ProcessEntry[] {
    try {
      return this.#list(this.#mark);
    } catch {
      return []; // Without /proc and ps, only the group can be reached.
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The process has already ended.
  }
}
