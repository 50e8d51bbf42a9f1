/**
 * Makes text from an implementation safe to print. Such text may contain escape sequences that move the cursor, change the
 * title or hide text, and marks that change the direction of writing. All of them are printed as escapes.
 */
import { shorten } from "../../harness/json/shorten.ts";

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** The maximum length of one printed text. */
const SHOWN_LENGTH = 2000;

/** Returns `text` on one line, with unprintable and misleading characters as escapes. */
export function printable(text: string, length = SHOWN_LENGTH): string {
  return shorten(text, length).replace(UNPRINTABLE, escapeOf);
}

/** Returns `text` as one paragraph: line feeds in it only wrap lines of a YAML file. */
export function paragraph(text: string, length = 10 * SHOWN_LENGTH): string {
  return printable(text.replaceAll(/\s+/g, " ").trim(), length);
}

/** Returns the printable lines of `text`; replaces tabs by blanks and drops blank lines at the end. */
export function printableLines(text: string, length = SHOWN_LENGTH): string[] {
  const lines = text.trimEnd().split(/\r\n|\n/);
  return lines.map((line) => printable(line.replaceAll("\t", "    "), length));
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeOf(character: string): string {
  const code = character.codePointAt(0) as number;
  if (character in SHORT_ESCAPES) return SHORT_ESCAPES[character];
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
