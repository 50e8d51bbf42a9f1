/** Splits and quotes command lines as a POSIX shell does, without any expansion. */
import { UsageError } from "../harness/usage/usage-error.ts";

/** Splits `line` into words at blanks. Honours quotes and backslashes; expands nothing and interprets no operators. */
export function splitCommandLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let index = 0; index < line.length; index++) {
    const character = line[index];
    if (/[ \t\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "'") {
      const end = line.indexOf("'", index + 1);
      if (end < 0) throw unclosed(line, index);
      word = (word ?? "") + line.slice(index + 1, end);
      index = end;
    } else if (character === '"') {
      const { text, end } = readDoubleQuoted(line, index);
      word = (word ?? "") + text;
      index = end;
    } else if (character === "\\") {
      index++;
      if (index === line.length)
        throw new UsageError(`--command: ends with a backslash; expected a character after it`);
      // A backslash before a line feed continues the line.
      if (line[index] !== "\n") word = (word ?? "") + line[index];
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== undefined) words.push(word);
  if (words.length === 0 || words[0] === "") throw new UsageError(`--command "${line}": expected a program`);
  return words;
}

/** Within double quotes a backslash escapes only `$`, a backtick, `"`, a backslash and a line feed. */
function readDoubleQuoted(line: string, start: number): { text: string; end: number } {
  let text = "";
  for (let index = start + 1; index < line.length; index++) {
    const character = line[index];
    if (character === '"') return { text, end: index };
    const isEscape = character === "\\" && index + 1 < line.length && '$`"\\\n'.includes(line[index + 1]);
    if (isEscape) index++;
    if (!(isEscape && line[index] === "\n")) text += line[index];
  }
  throw unclosed(line, start);
}

function unclosed(line: string, start: number): UsageError {
  const excerpt = line.slice(start, start + 20);
  return new UsageError(`--command: the quote at character ${start + 1} (${excerpt}) is not closed`);
}

/** Quotes `word` so that a shell reads it unchanged. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
