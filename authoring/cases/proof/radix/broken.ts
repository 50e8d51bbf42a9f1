/** Shared by the generators of malformed proofs: one honest proof, something in it changed, read and hashed. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { ProofError } from "../../../../reference/core/errors.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { ask, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, NAIVE } from "./trees.ts";

/** A proof that must not parse, or not in a sensible way. */
export interface Broken {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly proof: JsonObject | string;
  readonly kind?: Draft["kind"];
  readonly classes?: readonly string[];
  /** The root that a careless reader would be led to; the honest one when left out. */
  readonly root?: string;
  readonly keys?: readonly string[];
  /** Whether it may parse after all: then it is the proof of another root, and its own root says nothing. */
  readonly mayParse?: boolean;
}

/** A verifier that hashes first may say that the proof is another's. */
export const MALFORMED = ["malformed", "invalid-proof"];

/** `get`, in both profiles where the rule might be thought to be one of them, and `root` where the encoding has one. */
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
