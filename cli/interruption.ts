/** Ctrl-C: the first time, what was judged by then is still reported; the second time, the end comes at once. */
import { warn } from "./output.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const INTERRUPTED = 130;

const REPORTED = "interrupted: what was judged by now follows; once more ends at once";

/**
 * From now on an interruption aborts the signal returned. `onInterrupt` is told before anything is printed; `say` is what
 * is printed, if anything.
 */
export function listenForInterruption(
  onInterrupt: () => void = () => {},
  say: () => string | undefined = () => REPORTED,
): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      onInterrupt();
      const said = say();
      if (said !== undefined) warn(said);
      controller.abort();
    });
  }
  return controller.signal;
}
