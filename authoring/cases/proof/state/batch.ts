/** A batch of writes, and the proof that it is written through. */

import type { Entries } from "./world.ts";

export type Write = readonly [key: string, value: string | null];

/** What is written through a proof of `keys`. */
export interface Batch {
  readonly id: string;
  readonly about: string;
  /** The world when left out. */
  readonly entries?: Entries;
  readonly keys: readonly string[];
  readonly writes: readonly Write[];
  readonly flag?: string;
  /** Where it is refused. */
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

/** A batch whose proof is that of the written keys. */
export const own = (id: string, about: string, writes: readonly Write[], flag?: string): Batch =>
  batch(
    id,
    about,
    writes.map(([key]) => key),
    writes,
    flag,
  );
