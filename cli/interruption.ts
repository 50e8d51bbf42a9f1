/** Ctrl-C: the first time, what was judged by then is still reported; the second time, the end comes at once. */
import { warn } from "./output.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const INTERRUPTED = 130;

/** From now on an interruption aborts the signal returned. `onInterrupt` is told before anything is printed. */
export function listenForInterruption(onInterrupt: () => void = () => {}): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      onInterrupt();
      warn("interrupted: what was judged by now follows; once more ends at once");
      controller.abort();
    });
  }
  return controller.signal;
}
