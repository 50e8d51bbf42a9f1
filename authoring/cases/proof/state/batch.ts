/** A batch of writes, and the keys of its proof. */

import type { Entries } from "./world.ts";

export type Write = readonly [key: string, value: string | null];

/** Writes through a proof of `keys`. */
export interface Batch {
  readonly id: string;
  readonly about: string;
  /** By default the whole world. */
  readonly entries?: Entries;
  readonly keys: readonly string[];
  readonly writes: readonly Write[];
  readonly flag?: string;
  /** The expected classes when the batch is rejected. */
  readonly classes?: readonly string[];
}

export const batch = (
  id: string,
  about: string,
  keys: readonly string[],
  writes: readonly Write[],
  flag?: string,
): Batch => ({
  id,
  about,
  keys,
  writes,
  ...(flag === undefined ? {} : { flag }),
});

/** A batch with the proof of the written keys. */
export const own = (id: string, about: string, writes: readonly Write[], flag?: string): Batch =>
  batch(
    id,
    about,
    writes.map(([key]) => key),
    writes,
    flag,
  );
