/** One line on a terminal that shows the progress of a run. It is not written to a pipe. */
import type { Progress } from "../harness/run/run-manifest.ts";

const REDRAW_MS = 80;
const BAR_COLUMNS = 24;

export interface ProgressBar {
  readonly show: (progress: Progress) => void;
  /** Erases the line, so that other text can be printed. */
  readonly clear: () => void;
}

export function createProgressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY || process.env.TERM === "dumb") return { show: () => {}, clear: () => {} };
  let drawnAtMs = 0;
  let isDrawn = false;
  const clear = (): void => {
    if (isDrawn) stream.write("\r\x1b[2K");
    isDrawn = false;
  };
  const show = (progress: Progress): void => {
    const now = performance.now();
    const isUrgent = progress.step === "preparing" || progress.done === 0;
    if (!isUrgent && now - drawnAtMs < REDRAW_MS) return;
    drawnAtMs = now;
    clear();
    stream.write([...lineOf(progress)].slice(0, stream.columns - 1).join(""));
    isDrawn = true;
  };
  return { show, clear };
}

function lineOf(progress: Progress): string {
  if (progress.step === "preparing") return `${progress.name}: preparing (toolchain, build) …`;
  const { name, done, total, failed } = progress;
  const filled = total === 0 ? 0 : Math.floor((BAR_COLUMNS * done) / total);
  const bar = "━".repeat(filled) + "╌".repeat(BAR_COLUMNS - filled);
  return `${bar} ${done}/${total} ${failed > 0 ? `${failed} failed, ` : ""}${name}`;
}
