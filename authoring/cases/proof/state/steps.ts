/** The steps of a script. */

export interface Script {
  readonly id: string;
  readonly about: string;
  readonly steps: readonly unknown[];
  /** The keys of the proof; by default the usual ones. */
  readonly keys?: readonly string[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}

export const get = (key: string): object => ({ get: key });
export const set = (key: string, value: string | null): object => ({ set: [key, value] });
export const root = { root: true };
export const checkpoint = { checkpoint: true };
export const commit = { commit: true };
export const revert = { revert: true };
