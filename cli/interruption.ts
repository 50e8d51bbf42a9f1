/** Ctrl-C: the first one still reports the cases judged so far; the second one ends the process at once. */
import { warn } from "./output.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const INTERRUPTED = 130;

const REPORTED = "interrupted: the cases judged so far follow; press Ctrl-C again to quit at once";

/**
 * Returns a signal that an interruption aborts. Calls `onInterrupt` before it prints anything, and prints the message that
 * `messageOf` returns, if any.
 */
export function listenForInterruption(
  onInterrupt: () => void = () => {},
  messageOf: () => string | undefined = () => REPORTED,
): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      onInterrupt();
      const message = messageOf();
      if (message !== undefined) warn(message);
      controller.abort();
    });
  }
  return controller.signal;
}
