/** Colours and width of this terminal. */
import picocolors from "picocolors";
import type { Style } from "../report/text/layout.ts";

const MIN_WIDTH = 60;
/** Longer lines are hard to read in any window. */
const MAX_WIDTH = 120;
const WIDTH_IN_A_PIPE = 100;

/** Colours are used only on a terminal, and never when NO_COLOR is set (https://no-color.org). */
export function hasColors(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

export function terminalStyle(): Style {
  const { stdout } = process;
  const columns = stdout.isTTY ? stdout.columns : WIDTH_IN_A_PIPE;
  return {
    paint: picocolors.createColors(hasColors(stdout)),
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns)),
  };
}
