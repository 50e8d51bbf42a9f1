/** An edit: one piece of a compiled file of the reference, and the text that replaces it. Every mutant is one. */

/** Offsets in a file: from `start` up to, but not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Edit extends Range {
  /** Path of the compiled file within `reference/`, say `core/bytes.js`. */
  readonly file: string;
  readonly replacement: string;
}

export function applyEdit({ start, end, replacement }: Edit, source: string): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

/** The edit that puts `replace` where `find` is. Throws unless `find` occurs exactly once in `source`. */
export function findEdit(
  { name, file, find, replace }: { name: string; file: string; find: string; replace: string },
  source: string,
): Edit {
  const places = source.split(find).length - 1;
  if (places !== 1) {
    throw new Error(`mutant ${name}: ${JSON.stringify(find)} occurs ${places} times in ${file}; expected exactly once`);
  }
  const start = source.indexOf(find);
  return { file: `${file}.js`, start, end: start + find.length, replacement: replace };
}
