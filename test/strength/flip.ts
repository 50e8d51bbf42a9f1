/** A flip: one condition of the reference dropped or inverted by hand. Some vector must fail. */

export interface Flip {
  /** Source file within `reference/`, without its extension. */
  readonly file: string;
  /** Text that occurs in the file exactly once, as compiled (no types), and what stands there instead. */
  readonly find: string;
  readonly replace: string;
  /** Why no answer can differ. Without it the flip must be noticed. */
  readonly equivalent?: string;
  /** The part of the suite that has to notice it alone, where each of several has to. */
  readonly part?: string;
}

/** The flips once for each part: whoever implements one backend alone must be caught by its own vectors. */
export function inEach(parts: readonly string[], flips: readonly Flip[]): Flip[] {
  return flips.flatMap((flip) => parts.map((part) => ({ ...flip, part })));
}

/** The flips of one file. Each is what is found, what stands there instead, and for an equivalent one the reason. */
export function flipsOf(file: string, flips: readonly (readonly [string, string, string?])[]): Flip[] {
  return flips.map(([find, replace, equivalent]) => ({
    file,
    find,
    replace,
    ...(equivalent === undefined ? {} : { equivalent }),
  }));
}
