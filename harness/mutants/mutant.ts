/** A mutant: the reference with one small edit, which a good suite notices. */
export interface Mutant {
  readonly name: string;
  /** The fault in words. */
  readonly about: string;
  /** Source file within `reference/`, without its extension. */
  readonly file: string;
  /** Text that occurs in the file exactly once, as compiled (no types), and what stands there instead. */
  readonly find: string;
  readonly replace: string;
}
