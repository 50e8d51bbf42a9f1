/** Aligns two hex strings and marks the digits that differ. */
import type { Paint } from "./layout.ts";

export interface HexDifference {
  /** The first byte that differs, counted from 0. */
  readonly byte: number;
  readonly expected: string;
  readonly actual: string;
  /** Carets below the digits that differ. */
  readonly carets: string;
}

/** Whether `value` is bytes or a quantity in the form of the interface. */
export function isHex(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-f]*$/.test(value);
}

/**
 * Aligns two different hex strings.
 *
 * Input: `columns`, the width of a line; longer strings are cut to the digits around the first difference.
 */
export function hexDifference(
  expected: string,
  actual: string,
  columns: number,
  paintExpected: Paint,
  paintActual: Paint,
): HexDifference {
  const [a, b] = [expected.slice(2), actual.slice(2)];
  let first = 0;
  while (a[first] === b[first]) first++;
  const longest = Math.max(a.length, b.length);
  // Three columns are reserved for the prefix and an ellipsis.
  const room = Math.max(8, (columns - 3) & ~1);
  const start = longest <= room ? 0 : Math.max(0, Math.min(first - (room >> 2), longest - room)) & ~1;
  const end = Math.min(longest, start + room);
  const differs = (index: number): boolean => a[index] !== b[index];
  const line = (digits: string, paint: Paint): string => {
    let text = start === 0 ? "0x" : " …";
    for (let from = start; from < Math.min(end, digits.length); ) {
      let to = from + 1;
      while (to < Math.min(end, digits.length) && differs(to) === differs(from)) to++;
      const run = digits.slice(from, to);
      text += differs(from) ? paint(run) : run;
      from = to;
    }
    return digits.length > end ? `${text}…` : text;
  };
  // Only one byte is marked after the end of the shorter string: marking the rest would add nothing.
  const lastMarked = Math.min(a.length, b.length) + 2;
  const isMarked = (index: number): boolean => differs(index) && index < lastMarked;
  const marks = Array.from({ length: end - start }, (_, index) => (isMarked(start + index) ? "^" : " "));
  return {
    byte: first >> 1,
    expected: line(a, paintExpected),
    actual: line(b, paintActual),
    carets: `  ${marks.join("")}`.trimEnd(),
  };
}
