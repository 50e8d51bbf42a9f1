/** One implementation, from its manifest to a run that can be reported: get ready, start, select, run. */
import { join } from "node:path";
import { createInProcessLane } from "../../runners/in-process.ts";
import type { Lane } from "../../runners/lane.ts";
import { createStdioLane } from "../../runners/stdio/stdio.ts";
import type { VectorSet } from "../cases/load.ts";
import { type Selection, selectOrRefuse } from "../cases/select.ts";
import type { VectorCase } from "../cases/vector.ts";
import { harnessVersion } from "../files/package-root.ts";
import { loadModule } from "../subject/load-module.ts";
import type { LoadedManifest } from "../subject/manifest.ts";
import { prepare } from "../subject/prepare.ts";
import { type KnownFailures, loadExpectations } from "./expectations.ts";
import type { NamedRun } from "./outcome.ts";
import { type ImplementationRun, runImplementation, startLane } from "./run-cases.ts";

export interface CheckOptions {
  readonly selection?: Selection;
  /** Ids of the only ones that are run among the selected cases. */
  readonly only?: ReadonlySet<string>;
  /** A file of known failures in place of the manifest's, or `false` for none. */
  readonly expectations?: string | false | undefined;
  readonly minExecuted?: number | undefined;
  /** These three take the place of what the manifest says. */
  readonly window?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxRestarts?: number | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Where a run stands. */
export type Progress =
  | { readonly step: "preparing"; readonly name: string }
  | {
      readonly step: "running";
      readonly name: string;
      readonly done: number;
      readonly total: number;
      readonly failed: number;
    };

/** What a run has to do. */
export interface Plan {
  readonly cases: readonly VectorCase[];
  readonly known: KnownFailures;
}

/** Selects the cases and reads the known failures. Throws `UsageError` for whatever is wrong with either. */
export async function planRun(manifest: LoadedManifest, vectors: VectorSet, options: CheckOptions): Promise<Plan> {
  const { only } = options;
  const selected = selectOrRefuse(vectors, options.selection ?? {});
  const cases = only === undefined ? selected : selected.filter(({ id }) => only.has(id));
  const file = options.expectations ?? (manifest.expectations && join(manifest.folder, manifest.expectations));
  return { cases, known: file ? await loadExpectations(file, vectors) : new Map() };
}

/**
 * Runs what is selected on one implementation.
 *
 * Input:  `vectors`, or what loads them: that is called when the implementation has been started, so that both get ready
 *         at the same time.
 * Output: a run with status `skipped` where a toolchain is missing, `not-started` where the build fails.
 * Errors: UsageError; by then the implementation has been ended.
 */
export async function runManifest(
  manifest: LoadedManifest,
  vectors: VectorSet | (() => Promise<VectorSet>),
  options: CheckOptions = {},
): Promise<NamedRun> {
  const { signal, onProgress } = options;
  const load = typeof vectors === "function" ? vectors : async () => vectors;
  const named = (run: ImplementationRun): NamedRun => ({
    name: manifest.name,
    run,
    ...(manifest.given === undefined ? {} : { manifest: manifest.given }),
    ...(manifest.library === undefined ? {} : { library: manifest.library }),
  });

  if (manifest.needs !== undefined || manifest.build !== undefined) {
    onProgress?.({ step: "preparing", name: manifest.name });
    const unready = await whyNotReady(manifest, signal);
    if (unready !== undefined) {
      const { cases } = await planRun(manifest, await load(), options);
      const none = { undeclared: [], records: [], events: [], problems: [] };
      return named({ lane: "stdio", selected: cases, ...none, ...unready });
    }
  }

  const lane = laneOf(manifest, options);
  const starting = startLane(lane, signal);
  let plan: Plan;
  try {
    plan = await planRun(manifest, await load(), options);
  } catch (error) {
    await lane.close();
    await starting;
    throw error;
  }
  const { minExecuted = 1 } = options;
  const report = (done: number, total: number, failed: number): void => {
    onProgress?.({ step: "running", name: manifest.name, done, total, failed });
  };
  const runOptions = { ...plan, minExecuted, onProgress: report, ...(signal === undefined ? {} : { signal }) };
  return named(await runImplementation(lane, runOptions, starting));
}

async function whyNotReady(
  manifest: LoadedManifest,
  signal: AbortSignal | undefined,
): Promise<Pick<ImplementationRun, "status" | "reason" | "stderr"> | undefined> {
  const readiness = await prepare(manifest, signal);
  if (signal?.aborted) return { status: "interrupted" };
  if (readiness.kind === "ready") return undefined;
  if (readiness.kind === "skipped") return { status: "skipped", reason: readiness.reason };
  return { status: "not-started", reason: readiness.reason, stderr: readiness.output };
}

function laneOf(manifest: LoadedManifest, options: CheckOptions): Lane {
  const { module } = manifest;
  if (module !== undefined) return createInProcessLane(() => loadModule(module));
  return createStdioLane({
    command: manifest.run,
    cwd: manifest.folder,
    window: options.window ?? manifest.window,
    timeoutMs: options.timeoutMs ?? manifest.timeoutMs,
    maxRestarts: options.maxRestarts,
    harnessVersion: harnessVersion(),
  });
}
