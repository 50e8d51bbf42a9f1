/** Runs one implementation from its manifest: build, start, select, run. */
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
  /** If present, only selected cases with these ids run. */
  readonly only?: ReadonlySet<string>;
  /** A file of known failures instead of the manifest's, or `false` for none. */
  readonly expectations?: string | false | undefined;
  readonly minExecuted?: number | undefined;
  /** These three override the manifest. */
  readonly window?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxRestarts?: number | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export type Progress =
  | { readonly step: "preparing"; readonly name: string }
  | {
      readonly step: "running";
      readonly name: string;
      readonly done: number;
      readonly total: number;
      readonly failed: number;
    };

export interface Plan {
  readonly cases: readonly VectorCase[];
  readonly known: KnownFailures;
}

/** Selects the cases and reads the known failures. Throws `UsageError` for an error in either. */
export async function planRun(manifest: LoadedManifest, vectors: VectorSet, options: CheckOptions): Promise<Plan> {
  const { only } = options;
  const selected = selectOrRefuse(vectors, options.selection ?? {});
  const cases = only === undefined ? selected : selected.filter(({ id }) => only.has(id));
  const file = options.expectations ?? (manifest.expectations && join(manifest.folder, manifest.expectations));
  return { cases, known: file ? await loadExpectations(file, vectors) : new Map() };
}

/**
 * Runs the selected cases against one implementation.
 *
 * Input:  `vectors`, or a function that loads them, which is called after the implementation has been started, so that
 *         both proceed in parallel.
 * Output: a run with status `skipped` if a toolchain is missing, and `not-started` if the build fails.
 * Errors: UsageError; the implementation has been stopped.
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
    ...(manifest.givenPath === undefined ? {} : { manifest: manifest.givenPath }),
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
