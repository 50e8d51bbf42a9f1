/** Where a source file decides something: the places that a reader would want to see flipped. */

export interface Condition {
  /** Counted from 1, in the compiled file. */
  readonly line: number;
  readonly text: string;
  /** Where the line begins in the file. */
  readonly start: number;
  /** How many decisions stand on the line: an `if`, a loop's end, `?`, `&&`, `||`, `??`. */
  readonly count: number;
}

const DECISIONS =
  /\bif \(|\bwhile \(|\bfor \((?!const\b)[^;]*;\s*[^;\s]|(?<=[^?]) \? (?!\.)|&&|\|\||\?\?=?|\?\.|\.(?:every|some|filter|find)\(/g;

/** Input: JavaScript as `tsc` writes it, comments included. */
export function conditionsOf(source: string): Condition[] {
  let start = 0;
  let inComment = false;
  return source.split("\n").flatMap((text, index) => {
    const at = start;
    start += text.length + 1;
    const trimmed = text.trim();
    if (trimmed.startsWith("/*")) inComment = true;
    const isComment = inComment || trimmed.startsWith("//");
    if (trimmed.endsWith("*/")) inComment = false;
    const count = isComment ? 0 : (withoutStrings(text).match(DECISIONS) ?? []).length;
    return count === 0 ? [] : [{ line: index + 1, text: trimmed, start: at, count }];
  });
}

/** A message may hold what looks like a decision. Code inside a template is code. */
function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}
