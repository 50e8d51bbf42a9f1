/** `proofhouse check --watch`: the same again after each change, until Ctrl-C. */
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

/** Failures that a run after a change prints in full: the one that is being worked on is among them, as a rule. */
const SHOWN_NEWS = 3;

export interface Watched extends Pick<Subject, "loadManifest"> {
  /** What names the implementation on the command line. */
  readonly target: string;
  readonly targets: readonly ReportTarget[];
  /** Paths of the user's own, in place of what the manifest suggests. */
  readonly paths: readonly string[];
}

/** Watches until an interruption. Sets the exit code: of the last run, or 130 where that has not come to its end. */
export async function watchAndTell(
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
        given: paths,
        alsoRead: typeof expectations === "string" ? [expectations] : [],
        written: targets.map(({ path }) => path),
      }),
  };

  const bar = createProgressBar();
  const signal = listenForInterruption(bar.clear, () =>
    isWaiting ? undefined : "interrupted; once more ends at once",
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
        const showAll = "--all-failures shows every one in full";
        const { named, scope } = event;
        const text = () => ranText(event, failureContext(target, options, flags), style, { ...limits, showAll });
        // Reports are of everything.
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
