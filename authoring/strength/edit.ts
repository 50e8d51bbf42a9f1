/** An edit replaces one range of a compiled file of the reference. Every mutant is an edit. */

/** Offsets in a file: from `start` up to, but not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Edit extends Range {
  /** The path of the compiled file within `reference/`, for example `core/bytes.js`. */
  readonly file: string;
  readonly replacement: string;
}

export function applyEdit({ start, end, replacement }: Edit, source: string): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

/** The edit that replaces `find` by `replace`. Errors: `find` does not occur exactly once in `source`. */
export function findEdit(
  { name, file, find, replace }: { name: string; file: string; find: string; replace: string },
  source: string,
): Edit {
  const count = source.split(find).length - 1;
  if (count !== 1) {
    throw new Error(`mutant ${name}: ${JSON.stringify(find)} occurs ${count} times in ${file}; expected exactly once`);
  }
  const start = source.indexOf(find);
  return { file: `${file}.js`, start, end: start + find.length, replacement: replace };
}
