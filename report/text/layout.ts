/** Text layout for a terminal: wrapping, indentation, columns. */
import picocolors from "picocolors";
import type { Colors } from "picocolors/types.js";

/** The properties of the output that a text renderer depends on. */
export interface Style {
  readonly paint: Colors;
  /** The maximum number of columns of a line. */
  readonly width: number;
}

/** The style for files: no colours and a fixed width. */
export const PLAIN: Style = { paint: picocolors.createColors(false), width: 100 };

/** Adds a colour to a text. */
export type Paint = (text: string) => string;

/** The number of columns of `text`, which must not contain escape sequences. */
export function columnsOf(text: string): number {
  return [...text].length;
}

/** "1 case", "2 cases". */
export function numberOf(count: number | string, noun: string): string {
  return `${count} ${noun}${Number(count) === 1 ? "" : "s"}`;
}

/** Breaks `text` at blanks into lines of at most `width` columns. Longer words stay whole, so that they can be copied. */
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

/** Breaks `text` into lines of exactly `width` columns, except the last one; keeps blanks, because they may matter. */
export function breakAnywhere(text: string, width: number): string[] {
  const characters = [...text];
  const lines: string[] = [];
  for (let start = 0; start < characters.length; start += width) {
    lines.push(characters.slice(start, start + width).join(""));
  }
  return lines.length === 0 ? [""] : lines;
}

/** Prefixes the first line with a label, and indents the other lines to the same column. */
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
  /** Left-aligned columns; all others are right-aligned. */
  readonly left?: readonly number[];
  readonly gap?: number;
}

/** Aligns the columns of rows. The last cell of a row with fewer cells may be wider than its column. */
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
