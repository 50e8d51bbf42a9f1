/** `check --watch`: runs all cases once, and after each change first the failed cases, then all cases. */

import type { VectorSet } from "../cases/load.ts";
import type { NamedRun } from "../run/outcome.ts";
import { type CheckOptions, runManifest } from "../run/run-manifest.ts";
import type { LoadedManifest } from "../subject/manifest.ts";
import { UsageError } from "../usage/usage-error.ts";
import { type Changes, changesOf, failingIds, updated, type Verdicts } from "./changes.ts";
import type { WatchedPaths } from "./watched-paths.ts";
import { Watcher } from "./watcher.ts";

/** A file that changes in this many rounds in a row, each time during the build or the run, is not written by hand. */
const SUSPECT_AFTER = 3;

export interface Subject {
  /** Reads the manifest, which may change during the watch. */
  readonly loadManifest: () => Promise<LoadedManifest>;
  readonly loadVectors: () => Promise<VectorSet>;
  readonly pathsOf: (manifest: LoadedManifest) => WatchedPaths;
}

export type WatchEvent =
  /** A round begins. `muted`: files that the build or the program seems to write, which no longer end a run. */
  | { readonly kind: "changed"; readonly paths: readonly string[]; readonly muted: readonly string[] }
  /** No run can begin before these paths exist again. */
  | { readonly kind: "gone"; readonly paths: readonly string[] }
  /** A run has ended. */
  | {
      readonly kind: "ran";
      /** All cases, or only the cases that had failed. */
      readonly scope: "everything" | "failures";
      readonly named: NamedRun;
      /** Undefined if no case had been judged before. */
      readonly changes: Changes | undefined;
      /** Whether a run of all cases follows. */
      readonly goesOn: boolean;
    }
  /** The manifest, or a file that it names, is invalid. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "waiting"; readonly paths: WatchedPaths; readonly fileCount: number };

export interface WatchOptions extends CheckOptions {
  readonly signal: AbortSignal;
}

/**
 * Watches until `options.signal` aborts.
 *
 * Output: none; `show` is awaited for each event before the watch continues. The last event is `waiting` or `gone` if the
 *         watch ended between two rounds.
 * Errors: UsageError, for an invalid manifest at the beginning, or for too many files to watch.
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
  /** The number of consecutive rounds in which a file changed during the build or the run. */
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
   * A file that the build or the program writes would start round after round without end. Returns the files that have
   * just become suspect.
   */
  #suspect(changed: readonly string[], isOutdated: boolean): string[] {
    const before = this.#changedInARow;
    this.#changedInARow = new Map(isOutdated ? changed.map((path) => [path, (before.get(path) ?? 0) + 1]) : []);
    const isNew = ([, count]: [string, number]): boolean => count === SUSPECT_AFTER;
    const fresh = [...this.#changedInARow].filter(isNew).map(([path]) => path);
    // A file that changes while no run is active is not written by the run.
    const others = isOutdated ? this.#muted : this.#muted.filter((path) => !changed.includes(path));
    this.#muted = [...new Set([...others, ...fresh])];
    this.#watcher.mute(new Set(this.#muted));
    return fresh;
  }

  async #firstRound(signal: AbortSignal): Promise<void> {
    const named = await this.#runEverything(await this.#subject.loadManifest(), signal);
    // A run that a change interrupted is not shown; a run that the user interrupted is.
    const isByUser = named.run.status === "interrupted" && this.#options.signal.aborted;
    if (isByUser) await this.#showRun("everything", named);
  }

  /** Waits until a file has changed and all watched paths exist. */
  async #nextChange(isOutdated: boolean): Promise<string[]> {
    const { signal } = this.#options;
    const changed = new Set<string>();
    for (let isWaiting = !isOutdated; ; isWaiting = true) {
      if (isWaiting) {
        const missing = this.#watcher.missing();
        const { paths, fileCount } = this.#watcher;
        await this.#show(missing.length > 0 ? { kind: "gone", paths: missing } : { kind: "waiting", paths, fileCount });
        // The output of the watch may be piped into a muted file.
        await this.#watcher.acceptMuted(signal);
        await this.#watcher.change(signal);
      }
      for (const path of await this.#watcher.settle(signal)) changed.add(path);
      await this.#updatePaths();
      const isSame = changed.size === 0 && !isOutdated;
      if (!isSame && this.#watcher.missing().length === 0) return [...changed].sort();
    }
  }

  /** The manifest may select other paths now. If it cannot be read, the round reports the error. */
  async #updatePaths(): Promise<void> {
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
      // All cases run only after one of the failed cases is fixed, because the fix may have broken another case.
      const hasFixed = ({ "still failing": same }: Changes): boolean => same.length < failing.size;
      if (!(await this.#showRun("failures", named, hasFixed))) return;
      const { needs: _needs, build: _build, ...built } = manifest;
      ready = built;
    }
    await this.#runEverything(ready, signal);
  }

  async #runEverything(manifest: LoadedManifest, signal: AbortSignal): Promise<NamedRun> {
    const named = await runManifest(manifest, this.#subject.loadVectors, { ...this.#options, signal });
    if (!signal.aborted) await this.#showRun("everything", named);
    return named;
  }

  /** Shows a run and keeps its verdicts. A run that could not be started has no verdicts. */
  async #showRun(
    scope: "everything" | "failures",
    named: NamedRun,
    hasFixed: (changes: Changes) => boolean = () => false,
  ): Promise<boolean> {
    const { run } = named;
    const hasRun = run.status === "ran";
    const changes = this.#verdicts.size > 0 && hasRun ? changesOf(this.#verdicts, run) : undefined;
    if (hasRun) this.#verdicts = updated(this.#verdicts, run);
    const goesOn = changes !== undefined && hasFixed(changes);
    await this.#show({ kind: "ran", scope, named, changes, goesOn });
    return goesOn;
  }
}
