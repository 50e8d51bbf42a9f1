/** Command lines as a POSIX shell reads and writes them; words alone, without any expansion. */
import { UsageError } from "../harness/usage/usage-error.ts";

/** The words of `line`: blanks separate, quotes and backslashes join. Nothing is expanded, and no operator is known. */
export function splitCommandLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (/[ \t\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) throw unclosed(line, at);
      word = (word ?? "") + line.slice(at + 1, end);
      at = end;
    } else if (character === '"') {
      const { text, end } = readDoubleQuoted(line, at);
      word = (word ?? "") + text;
      at = end;
    } else if (character === "\\") {
      at++;
      if (at === line.length) throw new UsageError(`--command: ends with a backslash; expected a character after it`);
      // A backslash before a line feed continues the line.
      if (line[at] !== "\n") word = (word ?? "") + line[at];
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== undefined) words.push(word);
  if (words.length === 0 || words[0] === "") throw new UsageError(`--command "${line}": expected a program`);
  return words;
}

/** Within double quotes a backslash joins only what would mean something there. */
function readDoubleQuoted(line: string, start: number): { text: string; end: number } {
  let text = "";
  for (let at = start + 1; at < line.length; at++) {
    const character = line[at];
    if (character === '"') return { text, end: at };
    const isEscape = character === "\\" && at + 1 < line.length && '$`"\\\n'.includes(line[at + 1]);
    if (isEscape) at++;
    if (!(isEscape && line[at] === "\n")) text += line[at];
  }
  throw unclosed(line, start);
}

function unclosed(line: string, at: number): UsageError {
  return new UsageError(`--command: the quote at character ${at + 1} (${line.slice(at, at + 20)}) is not closed`);
}

/** `word` so that a shell reads it as it is. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
