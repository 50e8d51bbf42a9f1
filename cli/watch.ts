/** `proofhouse check --watch`: runs the check again after each change, until Ctrl-C. */
import { loadVectors, type VectorSet } from "../harness/cases/load.ts";
import { type Subject, type WatchEvent, watch } from "../harness/watch/watch.ts";
import { watchedPaths } from "../harness/watch/watched-paths.ts";
import { changedText, goneText, ranText, refusedText, waitingText } from "../report/text/watch.ts";
import type { ReportTarget } from "../report/write-reports.ts";
import { deliver, failureContext } from "./deliver.ts";
import { listenForInterruption } from "./interruption.ts";
import { type RunOptions, toCheckOptions } from "./options.ts";
import { printLines } from "./output.ts";
import { createProgressBar } from "./progress-bar.ts";
import { terminalStyle } from "./terminal.ts";

const WRONG_USE = 2;
const INTERRUPTED = 130;

/** Failures that a run after a change prints in full. They usually include the one that the user works on. */
const SHOWN_NEWS = 3;

export interface Watched extends Pick<Subject, "loadManifest"> {
  /** The words that name the implementation on the command line. */
  readonly target: string;
  readonly targets: readonly ReportTarget[];
  /** Paths from the user, instead of those that the manifest suggests. */
  readonly paths: readonly string[];
}

/** Watches until an interruption. Sets the exit code: that of the last run, or 130 if that run was interrupted. */
export async function watchAndReport(
  { target, targets, paths, loadManifest }: Watched,
  options: RunOptions,
): Promise<void> {
  const { expectations } = options;
  let loading: Promise<VectorSet> | undefined;
  let flags: VectorSet["flags"] = {};
  let isWaiting = false;
  const subject: Subject = {
    loadManifest,
    loadVectors: async () => {
      loading ??= loadVectors(options.vectors);
      ({ flags } = await loading);
      return loading;
    },
    pathsOf: (manifest) =>
      watchedPaths(manifest, {
        userPaths: paths,
        alsoRead: typeof expectations === "string" ? [expectations] : [],
        written: targets.map(({ path }) => path),
      }),
  };

  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear, () =>
    isWaiting ? undefined : "interrupted; press Ctrl-C again to quit at once",
  );
  const show = async (event: WatchEvent): Promise<void> => {
    bar.clear();
    isWaiting = event.kind === "waiting" || event.kind === "gone";
    const style = terminalStyle();
    switch (event.kind) {
      case "changed":
        return printLines(changedText(event, clockTime(), style));
      case "gone":
        return printLines(goneText(event, style));
      case "waiting":
        return printLines(waitingText(event, style));
      case "refused":
        process.exitCode = WRONG_USE;
        return printLines(refusedText(event, style));
      case "ran": {
        const most = options.allFailures ? Number.POSITIVE_INFINITY : undefined;
        const limits = { maxFailures: most ?? 10, maxNews: most ?? SHOWN_NEWS };
        const showAll = "--all-failures prints all of them in full";
        const { named, scope } = event;
        const text = () => ranText(event, failureContext(target, options, flags), style, { ...limits, showAll });
        // Reports cover all cases.
        return deliver({ runs: [named], targets: scope === "everything" ? targets : [], json: false, text });
      }
    }
  };
  await watch(subject, { ...toCheckOptions(options), signal, onProgress: bar.show }, show);
  if (!isWaiting) process.exitCode = INTERRUPTED;
}

function clockTime(): string {
  return new Date().toTimeString().slice(0, 8);
}
