/** The steps of a script, in short form. */
import type { Json } from "../../../../runners/lane.ts";
import type { DigitMap } from "./collapses.ts";
import type { Digits } from "./rlp.ts";

export const get = (key: Digits): Json => ({ get: `0x${key}` });
export const set = (key: Digits, value: Json): Json => ({ set: [`0x${key}`, value] });
export const [root, checkpoint, commit, revert] = ["root", "checkpoint", "commit", "revert"].map(
  (name): Json => ({ [name]: true }),
);

/** A script. By default it has the map and the keys of most scripts. */
export interface ShortScript {
  readonly id: string;
  readonly about: string;
  readonly steps: readonly Json[];
  readonly of?: DigitMap;
  readonly open?: readonly Digits[];
  readonly flag?: string;
  readonly classes?: readonly string[];
}
