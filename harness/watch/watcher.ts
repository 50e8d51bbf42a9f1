/**
 * Notices that watched files have changed, by looking at them several times a second.
 *
 * Node's own `fs.watch` would tell at once, but what it tells differs from system to system, recursively it misses what
 * happens in new folders and behind renames, and it says nothing on network disks and on folders that are shared with a
 * container or a virtual machine. Looking costs a few milliseconds for hundreds of files, and never misses a change.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Camera, differences, missingRoots, type Snapshot } from "./snapshot.ts";
import type { WatchedPaths } from "./watched-paths.ts";

/** How often the files are looked at; two looks without a difference between them mean that the writing is over. */
const LOOK_EVERY_MS = 200;

/** However many files there are, looking at them takes no more than a twentieth of the time. */
const SHARE = 20;

export class Watcher {
  readonly #camera = new Camera();
  #paths: WatchedPaths;
  #muted: ReadonlySet<string> = new Set();
  /** The files as they were when what runs now was started. */
  #base: Snapshot;
  #lookedForMs = 0;

  /** Throws `UsageError` where there is too much to watch. */
  constructor(paths: WatchedPaths) {
    this.#paths = paths;
    this.#base = this.#look();
  }

  get paths(): WatchedPaths {
    return this.#paths;
  }

  get fileCount(): number {
    return this.#base.size;
  }

  /** Watches other files from now on. Those that were not watched until now are taken as they are. */
  watch(paths: WatchedPaths): void {
    this.#paths = paths;
    this.#base = new Map([...this.#look()].map(([path, content]) => [path, this.#base.get(path) ?? content]));
  }

  /** Roots that are not there, be it for the time of a build. */
  missing(): string[] {
    return missingRoots(this.#paths);
  }

  /** From now on, changes of these files do not count while something runs. */
  mute(paths: ReadonlySet<string>): void {
    this.#muted = paths;
  }

  /** Takes the muted files as they are, when nothing is being written any more. */
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
   * Lets `work` run until a file changes, which aborts the signal that it is given; so does `signal`. Returns whether a
   * file has changed, after `work` has ended.
   */
  async guard(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const changed = new AbortController();
    const ended = new AbortController();
    const looking = this.change(AbortSignal.any([signal, ended.signal]), this.#muted).then(
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
      await looking;
    }
    return changed.signal.aborted || this.#hasChanged(this.#muted);
  }

  /** Resolves when a file, other than those in `muted`, is no longer as it was. Rejects when `signal` aborts. */
  async change(signal: AbortSignal, muted: ReadonlySet<string> = new Set()): Promise<void> {
    do await this.#pause(signal);
    while (!this.#hasChanged(muted));
  }

  #hasChanged(muted: ReadonlySet<string>): boolean {
    return differences(this.#base, this.#look()).some((path) => !muted.has(path));
  }

  /** Waits until nothing is being written any more. Returns the paths that have changed; what they hold now is the base. */
  async settle(signal: AbortSignal): Promise<string[]> {
    const now = await this.#quiet(signal);
    const changed = differences(this.#base, now);
    this.#base = now;
    return changed;
  }

  async #quiet(signal: AbortSignal): Promise<Snapshot> {
    let previous: Snapshot;
    let now = this.#look();
    do {
      await this.#pause(signal);
      previous = now;
      now = this.#look();
    } while (differences(previous, now).length > 0);
    return now;
  }

  #look(): Snapshot {
    const started = performance.now();
    const snapshot = this.#camera.take(this.#paths);
    this.#lookedForMs = performance.now() - started;
    return snapshot;
  }

  async #pause(signal: AbortSignal): Promise<void> {
    await sleep(Math.max(LOOK_EVERY_MS, SHARE * this.#lookedForMs), undefined, { signal });
  }
}
