/**
 * Finds and ends everything that a child process has started, also what has left its group or lost its parents.
 *
 * Whose a process is: the child leads a group and a session of its own, its environment carries a mark that its
 * descendants inherit, and a child of a process that is ours is ours. A process once seen is known again by its id
 * together with the moment it started, so that a recycled id is never mistaken for it.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** The environment variable that carries the mark. */
export const MARK_VARIABLE = "PROOFHOUSE_SESSION";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Tells apart two processes that had the same id one after the other. */
  readonly startedAt: string;
  /** Whether its environment carries the mark; only asked where nothing else shows whose it is. */
  readonly isMarked: () => boolean;
}

/** Every process of this machine that is not a zombie, as far as this user may see. */
export type ListProcesses = (mark: string) => readonly ProcessEntry[];

const listProcesses: ListProcesses = process.platform === "linux" ? listFromProc : listFromPs;

/** Reads /proc. */
export function listFromProc(mark: string): readonly ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const status = readOrEmpty(`/proc/${pid}/stat`).toString("latin1");
    // The command name, in parentheses, may hold anything; what follows its end is numbers.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    const [state, parent, group] = fields;
    if (state === undefined || group === undefined || state === "Z" || state === "X") continue;
    const isMarked = () => readOrEmpty(`/proc/${pid}/environ`).includes(mark);
    entries.push({ pid, parent: Number(parent), group: Number(group), startedAt: fields[19] ?? "", isMarked });
  }
  return entries;
}

/** Asks `ps`, where there is no /proc. It shows no environment, so who left the group and lost its parents is missed. */
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
    return Buffer.alloc(0); // It ended in between, or is another user's.
  }
}

let treesMade = 0;

/** A mark that no other child of any harness has. Keeps the marks around this harness, should it be a child itself. */
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
  /** Process ids that are ours, and when each started. */
  readonly #known = new Map<number, string>();
  #rootReaped = false;

  constructor(root: number, mark: string, list: ListProcesses = listProcesses) {
    this.#root = root;
    this.#mark = mark;
    this.#list = list;
    // Should the harness end first, for whatever reason, nothing of ours may outlive it.
    if (runningTrees.size === 0) process.on("exit", endRunningTrees);
    runningTrees.add(this);
  }

  /**
   * To be called as soon as the child's exit has been reported. From then on its id may come to mean another process,
   * so what is left of its group has to be noted now.
   */
  rootHasExited(): void {
    this.survivors();
    this.#rootReaped = true;
  }

  /** The ids of all processes of this tree that are alive. */
  survivors(): readonly number[] {
    const entries = this.#tryList();
    const found = new Set<number>();
    for (const entry of entries) if (this.#isOurs(entry)) found.add(entry.pid);
    // Children of ours are ours; one round per generation.
    for (let before = -1; before !== found.size; ) {
      before = found.size;
      for (const entry of entries) if (found.has(entry.parent)) found.add(entry.pid);
    }
    found.delete(process.pid);
    for (const entry of entries) if (found.has(entry.pid)) this.#known.set(entry.pid, entry.startedAt);
    return [...found];
  }

  /** Kills the whole tree, before it returns. What is already dying may still show for a moment. */
  end(): void {
    runningTrees.delete(this);
    if (runningTrees.size === 0) process.off("exit", endRunningTrees);
    const killed = new Set<number>();
    // A process that forks while it is looked for can be missed once, but not for ever: its parents die.
    for (let round = 0; round < 20; round++) {
      const left = this.survivors().filter((pid) => !killed.has(pid));
      // The group as a whole cannot escape by forking.
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
      return []; // Neither /proc nor ps: the group is all that can be reached.
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
