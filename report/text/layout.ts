/** Lays text out for a terminal: wrapped, indented, in columns. */
import picocolors from "picocolors";
import type { Colors } from "picocolors/types.js";

/** What a text renderer needs to know of where its output goes. */
export interface Style {
  readonly paint: Colors;
  /** Columns that a line may fill. */
  readonly width: number;
}

/** For files: no colours, and the same width everywhere. */
export const PLAIN: Style = { paint: picocolors.createColors(false), width: 100 };

/** How a text is coloured. */
export type Paint = (text: string) => string;

/** How many columns `text` takes; it holds no escape sequence. */
export function columnsOf(text: string): number {
  return [...text].length;
}

/** "1 case", "2 cases". */
export function numberOf(count: number | string, noun: string): string {
  return `${count} ${noun}${Number(count) === 1 ? "" : "s"}`;
}

/** Breaks `text` at blanks into lines of at most `width` columns. A longer word stays whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Breaks `text` into lines of exactly `width` columns, the last one apart; not at blanks, for they may mean something. */
export function breakAnywhere(text: string, width: number): string[] {
  const characters = [...text];
  const lines: string[] = [];
  for (let at = 0; at < characters.length; at += width) lines.push(characters.slice(at, at + width).join(""));
  return lines.length === 0 ? [""] : lines;
}

/** Lines under a label: the first beside it, the others below the first. */
export function labelled(label: string, lines: readonly string[], style: Style, labelWidth = 10): string[] {
  return lines.map((line, index) => {
    const shown = index === 0 ? style.paint.dim(label) : "";
    const pad = " ".repeat(Math.max(1, labelWidth - (index === 0 ? columnsOf(label) : 0)));
    return `  ${shown}${pad}${line}`.trimEnd();
  });
}

export interface Cell {
  readonly text: string;
  readonly paint?: Paint | undefined;
}

export interface TableOptions {
  /** Columns aligned to the left; all others are to the right. */
  readonly left?: readonly number[];
  readonly gap?: number;
}

/** Rows with aligned columns. The last cell of a row that is shorter than others may be wider than its column. */
export function table(rows: readonly (readonly Cell[])[], { left = [0], gap = 2 }: TableOptions = {}): string[] {
  const widths: number[] = [];
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const isLoose = (row: readonly Cell[], index: number): boolean => index === row.length - 1 && row.length < columns;
  for (const row of rows) {
    for (const [index, { text }] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, isLoose(row, index) ? 0 : columnsOf(text));
    }
  }
  return rows.map((row) => {
    const cells = row.map(({ text, paint }, index) => {
      const pad = isLoose(row, index) ? "" : " ".repeat(widths[index] - columnsOf(text));
      const painted = paint === undefined ? text : paint(text);
      return left.includes(index) ? painted + pad : pad + painted;
    });
    return cells.join(" ".repeat(gap)).trimEnd();
  });
}
