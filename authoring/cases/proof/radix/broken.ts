/** Shared by the generators of malformed proofs: a changed honest proof in `get` and `root`. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { ProofError } from "../../../../reference/core/errors.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { ask, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, NAIVE } from "./trees.ts";

/** A proof that a reader must reject. */
export interface Broken {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly proof: JsonObject | string;
  readonly kind?: Draft["kind"];
  readonly classes?: readonly string[];
  /** The root that a careless reader would compute; by default the honest one. */
  readonly root?: string;
  readonly keys?: readonly string[];
  /** Whether the proof may parse. Then it is a proof of another root, and the case of `root` is left out. */
  readonly mayParse?: boolean;
}

/** A verifier that hashes first may report the wrong root. */
export const MALFORMED = ["malformed", "invalid-proof"];

/** Cases of `get`, also in the strict profile when `isStrictToo`, and of `root` when the encoding offers it. */
export function brokenDrafts(
  encoding: EncodingName,
  honest: { readonly root: string; readonly keys: readonly string[] },
  broken: readonly Broken[],
  isStrictToo = false,
): Draft[] {
  return broken.flatMap(
    ({
      id,
      about,
      flag,
      proof,
      kind = "soundness",
      classes = MALFORMED,
      root = honest.root,
      keys = honest.keys,
      mayParse = false,
    }) => {
      const parses = mayParse && doesParse(encoding, proof);
      const text = { kind, flags: [flag] };
      const params = { root, proof, keys };
      const get = rejected(
        { ...text, id: `${id}-get`, about, call: "proof/get", params: { ...baseOf(encoding), ...params } },
        ...(parses ? ["invalid-proof"] : classes),
      );
      const strict = rejected(
        {
          ...text,
          id: `${id}-get-strict`,
          about: `${about}, in the strict profile`,
          profile: "strict",
          call: "proof/get",
          params: { ...baseOf(encoding, { profile: "strict" }), ...params },
        },
        ...classes,
      );
      const computed = rejected(
        {
          ...text,
          id: `${id}-root`,
          about: `root of: ${about}`,
          call: "proof/root",
          params: { ...baseOf(encoding), proof },
        },
        ...classes.filter((name) => name !== "invalid-proof"),
      );
      return [get, ...(isStrictToo ? [strict] : []), ...(encoding === "kmm" && !parses ? [computed] : [])];
    },
  );
}

function doesParse(encoding: EncodingName, proof: Broken["proof"]): boolean {
  try {
    return ask("proof/root", { ...baseOf(encoding), proof }).root !== undefined;
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
}

export function brokenFile(
  source: string,
  encoding: EncodingName,
  theme: string,
  about: string,
  requirements: readonly string[],
  cases: readonly Draft[],
): VectorFile {
  return vectorFile(source, [NAIVE], { suite: `proof/radix/${encoding}`, theme, about, requirements }, cases);
}
