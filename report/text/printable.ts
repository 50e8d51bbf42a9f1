/**
 * Makes text from an implementation safe to show. It may hold escape sequences that move the cursor, change the title or
 * hide what follows, and marks that turn the direction of writing: all are shown as escapes instead of obeyed.
 */
import { shorten } from "../../harness/json/shorten.ts";

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** Most of a single text that is shown. */
const SHOWN_LENGTH = 2000;

/** `text` on one line, without any character that a terminal or a reader would take for something else. */
export function printable(text: string, length = SHOWN_LENGTH): string {
  return shorten(text, length).replace(UNPRINTABLE, escapeOf);
}

/** `text` as one paragraph: line feeds in it are those of a YAML file, and mean nothing. */
export function paragraph(text: string, length = 10 * SHOWN_LENGTH): string {
  return printable(text.replaceAll(/\s+/g, " ").trim(), length);
}

/** The lines of `text`, each made printable; tabs become blanks, and blank lines at the end are left out. */
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
