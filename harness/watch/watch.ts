/** `check --watch`: everything once, then, after each change, the cases that failed before all others. */

import type { VectorSet } from "../cases/load.ts";
import type { NamedRun } from "../run/outcome.ts";
import { type CheckOptions, runManifest } from "../run/run-manifest.ts";
import type { LoadedManifest } from "../subject/manifest.ts";
import { UsageError } from "../usage/usage-error.ts";
import { type Changes, changesOf, failingIds, updated, type Verdicts } from "./changes.ts";
import type { WatchedPaths } from "./watched-paths.ts";
import { Watcher } from "./watcher.ts";

/** A file that changes in so many rounds in a row, each time while it is built or run, is hardly written by hand. */
const SUSPECT_AFTER = 3;

/** What is watched. */
export interface Subject {
  /** Reads the manifest, which may change as anything else. */
  readonly loadManifest: () => Promise<LoadedManifest>;
  readonly loadVectors: () => Promise<VectorSet>;
  readonly pathsOf: (manifest: LoadedManifest) => WatchedPaths;
}

export type WatchEvent =
  /** A round begins. `muted`: what seems to be written by the build or the program, and does not end a run any more. */
  | { readonly kind: "changed"; readonly paths: readonly string[]; readonly muted: readonly string[] }
  /** Nothing can be run before these are back. */
  | { readonly kind: "gone"; readonly paths: readonly string[] }
  /** A run has ended. */
  | {
      readonly kind: "ran";
      /** Whether it was of everything, or of the cases that had failed alone. */
      readonly scope: "everything" | "failures";
      readonly named: NamedRun;
      /** Nothing where no case had been judged before. */
      readonly changes: Changes | undefined;
      /** Whether everything is run next. */
      readonly goesOn: boolean;
    }
  /** The manifest, or a file that it names, is wrong. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "waiting"; readonly paths: WatchedPaths; readonly fileCount: number };

export interface WatchOptions extends CheckOptions {
  readonly signal: AbortSignal;
}

/**
 * Watches until `options.signal` aborts.
 *
 * Output: none; each event is shown before anything else happens. The last one is `waiting` or `gone` when the watch was
 *         ended between two rounds.
 * Errors: UsageError, for what is wrong from the beginning, or when there is too much to watch.
 */
export async function watch(
  subject: Subject,
  options: WatchOptions,
  show: (event: WatchEvent) => Promise<void>,
): Promise<void> {
  try {
    const watcher = new Watcher(subject.pathsOf(await subject.loadManifest()));
    await new Watch(subject, options, show, watcher).run();
  } catch (error) {
    if (!options.signal.aborted || (error as Error).name !== "AbortError") throw error;
  }
}

class Watch {
  readonly #subject: Subject;
  readonly #options: WatchOptions;
  readonly #show: (event: WatchEvent) => Promise<void>;
  readonly #watcher: Watcher;
  #verdicts: Verdicts = new Map();
  /** How often a file has changed, in the rounds up to now, while it was built or run. */
  #changedInARow: ReadonlyMap<string, number> = new Map();
  #muted: readonly string[] = [];

  constructor(subject: Subject, options: WatchOptions, show: (event: WatchEvent) => Promise<void>, watcher: Watcher) {
    this.#subject = subject;
    this.#options = options;
    this.#show = show;
    this.#watcher = watcher;
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    let isOutdated = await this.#watcher.guard(signal, (roundSignal) => this.#firstRound(roundSignal));
    for (;;) {
      signal.throwIfAborted();
      const paths = await this.#nextChange(isOutdated);
      await this.#show({ kind: "changed", paths, muted: this.#suspect(paths, isOutdated) });
      isOutdated = await this.#watcher.guard(signal, (roundSignal) => this.#round(roundSignal));
    }
  }

  /**
   * A file that the build or the program writes would set off one round after another, without end. Returns the files
   * that have just become suspect of it.
   */
  #suspect(changed: readonly string[], isOutdated: boolean): string[] {
    const before = this.#changedInARow;
    this.#changedInARow = new Map(isOutdated ? changed.map((path) => [path, (before.get(path) ?? 0) + 1]) : []);
    const isNew = ([, count]: [string, number]): boolean => count === SUSPECT_AFTER;
    const fresh = [...this.#changedInARow].filter(isNew).map(([path]) => path);
    // One that changes while nothing runs is written by somebody else.
    const others = isOutdated ? this.#muted : this.#muted.filter((path) => !changed.includes(path));
    this.#muted = [...new Set([...others, ...fresh])];
    this.#watcher.mute(new Set(this.#muted));
    return fresh;
  }

  async #firstRound(signal: AbortSignal): Promise<void> {
    const named = await this.#runEverything(await this.#subject.loadManifest(), signal);
    // Outdated before it has ended, it says nothing; ended by the user, it says what there is.
    const isByUser = named.run.status === "interrupted" && this.#options.signal.aborted;
    if (isByUser) await this.#tell("everything", named);
  }

  /** Waits for a change that is worth a round, and until all that is needed for one is there. */
  async #nextChange(isOutdated: boolean): Promise<string[]> {
    const { signal } = this.#options;
    const changed = new Set<string>();
    for (let isWaiting = !isOutdated; ; isWaiting = true) {
      if (isWaiting) {
        const missing = this.#watcher.missing();
        const { paths, fileCount } = this.#watcher;
        await this.#show(missing.length > 0 ? { kind: "gone", paths: missing } : { kind: "waiting", paths, fileCount });
        // What has just been shown may go through a pipe into one of these.
        await this.#watcher.acceptMuted(signal);
        await this.#watcher.change(signal);
      }
      for (const path of await this.#watcher.settle(signal)) changed.add(path);
      await this.#watchAnew();
      const isSame = changed.size === 0 && !isOutdated;
      if (!isSame && this.#watcher.missing().length === 0) return [...changed].sort();
    }
  }

  /** What is to be watched may have changed with the manifest. If that cannot be read, the round will say so. */
  async #watchAnew(): Promise<void> {
    try {
      this.#watcher.watch(this.#subject.pathsOf(await this.#subject.loadManifest()));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    try {
      await this.#runAll(await this.#subject.loadManifest(), signal);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await this.#show({ kind: "refused", message: error.message });
    }
  }

  async #runAll(manifest: LoadedManifest, signal: AbortSignal): Promise<void> {
    const { loadVectors } = this.#subject;
    const failing = failingIds(this.#verdicts);
    let ready = manifest;
    if (failing.size > 0) {
      const options = { ...this.#options, only: failing, minExecuted: 1, signal };
      const named = await runManifest(manifest, loadVectors, options);
      if (signal.aborted) return;
      // As long as all of them still fail, nobody waits for the others. One that is fixed may have broken another.
      const isMoving = ({ "still failing": same }: Changes): boolean => same.length < failing.size;
      if (!(await this.#tell("failures", named, isMoving))) return;
      const { needs: _needs, build: _build, ...built } = manifest;
      ready = built;
    }
    await this.#runEverything(ready, signal);
  }

  async #runEverything(manifest: LoadedManifest, signal: AbortSignal): Promise<NamedRun> {
    const named = await runManifest(manifest, this.#subject.loadVectors, { ...this.#options, signal });
    if (!signal.aborted) await this.#tell("everything", named);
    return named;
  }

  /** Shows a run and keeps its verdicts, if it has any: what could not be started says nothing of any case. */
  async #tell(
    scope: "everything" | "failures",
    named: NamedRun,
    isMoving: (changes: Changes) => boolean = () => false,
  ): Promise<boolean> {
    const { run } = named;
    const hasRun = run.status === "ran";
    const changes = this.#verdicts.size > 0 && hasRun ? changesOf(this.#verdicts, run) : undefined;
    if (hasRun) this.#verdicts = updated(this.#verdicts, run);
    const goesOn = changes !== undefined && isMoving(changes);
    await this.#show({ kind: "ran", scope, named, changes, goesOn });
    return goesOn;
  }
}
