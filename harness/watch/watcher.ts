/**
 * Detects changes of watched files by polling several times a second.
 *
 * `fs.watch` would report a change at once, but its events differ between systems. It misses changes in new folders and
 * after renames, and reports nothing on network disks and on folders shared with a container or a virtual machine. Polling
 * hundreds of files takes a few milliseconds and never misses a change.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { differences, missingRoots, type Snapshot, SnapshotReader } from "./snapshot.ts";
import type { WatchedPaths } from "./watched-paths.ts";

/** The polling interval. Two equal snapshots in a row mean that no file is being written. */
const POLL_EVERY_MS = 200;

/** With many files the interval grows, so that polling takes at most a twentieth of the time. */
const SHARE = 20;

export class Watcher {
  readonly #reader = new SnapshotReader();
  #paths: WatchedPaths;
  #muted: ReadonlySet<string> = new Set();
  /** The files at the start of the current run. */
  #base: Snapshot;
  #lastPollMs = 0;

  /** Throws `UsageError` for too many files. */
  constructor(paths: WatchedPaths) {
    this.#paths = paths;
    this.#base = this.#poll();
  }

  get paths(): WatchedPaths {
    return this.#paths;
  }

  get fileCount(): number {
    return this.#base.size;
  }

  /** Replaces the watched files. The current content of newly watched files does not count as a change. */
  watch(paths: WatchedPaths): void {
    this.#paths = paths;
    this.#base = new Map([...this.#poll()].map(([path, content]) => [path, this.#base.get(path) ?? content]));
  }

  /** Returns the roots that do not exist, possibly only during a build. */
  missing(): string[] {
    return missingRoots(this.#paths);
  }

  /** Ignores changes of these files during a run. */
  mute(paths: ReadonlySet<string>): void {
    this.#muted = paths;
  }

  /** Accepts the content of the muted files, once no file is being written. */
  async acceptMuted(signal: AbortSignal): Promise<void> {
    if (this.#muted.size === 0) return;
    const now = await this.#quiet(signal);
    const base = new Map(this.#base);
    for (const path of this.#muted) {
      const content = now.get(path);
      if (content === undefined) base.delete(path);
      else base.set(path, content);
    }
    this.#base = base;
  }

  /**
   * Runs `work`. A changed file aborts the signal that `work` receives, and so does `signal`. Returns after `work` has
   * ended, with whether a file has changed.
   */
  async guard(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const changed = new AbortController();
    const ended = new AbortController();
    const polling = this.change(AbortSignal.any([signal, ended.signal]), this.#muted).then(
      () => changed.abort(),
      (error: Error) => {
        if (error.name === "AbortError") return;
        changed.abort();
        throw error;
      },
    );
    try {
      await work(AbortSignal.any([signal, changed.signal]));
    } finally {
      ended.abort();
      await polling;
    }
    return changed.signal.aborted || this.#hasChanged(this.#muted);
  }

  /** Resolves when a file that is not in `muted` differs from the base. Rejects when `signal` aborts. */
  async change(signal: AbortSignal, muted: ReadonlySet<string> = new Set()): Promise<void> {
    do await this.#pause(signal);
    while (!this.#hasChanged(muted));
  }

  #hasChanged(muted: ReadonlySet<string>): boolean {
    return differences(this.#base, this.#poll()).some((path) => !muted.has(path));
  }

  /** Waits until no file is being written. Returns the changed paths; their current content becomes the base. */
  async settle(signal: AbortSignal): Promise<string[]> {
    const now = await this.#quiet(signal);
    const changed = differences(this.#base, now);
    this.#base = now;
    return changed;
  }

  async #quiet(signal: AbortSignal): Promise<Snapshot> {
    let previous: Snapshot;
    let now = this.#poll();
    do {
      await this.#pause(signal);
      previous = now;
      now = this.#poll();
    } while (differences(previous, now).length > 0);
    return now;
  }

  #poll(): Snapshot {
    const started = performance.now();
    const snapshot = this.#reader.take(this.#paths);
    this.#lastPollMs = performance.now() - started;
    return snapshot;
  }

  async #pause(signal: AbortSignal): Promise<void> {
    await sleep(Math.max(POLL_EVERY_MS, SHARE * this.#lastPollMs), undefined, { signal });
  }
}
