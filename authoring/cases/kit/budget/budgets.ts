/**
 * The budgets of the vectors, by formula. `patricia.ts` and `radix.ts` have the formulas of these backends; `state` has no budgets.
 * The formulas of the binary backends:
 *
 *   hashes      root, get, cost, convert, extract   m − 1, for m bottom nodes of the proof
 *               merge                               the sum of that over the proofs
 *               prove                               the inner nodes of the tree: entries − 1 (ssz), or those above a present
 *                                                   leaf (sparse)
 *   proofBytes  every method that returns a proof   the size of its encoding for the m bottom nodes of the smallest proof
 *
 * Req: PROOF-GEN-009.
 */

import { expandRecipes } from "../../../../harness/cases/recipes.ts";
import type { CaseText } from "../../../../harness/cases/vector.ts";
import { bottomCount } from "../../../../reference/proofs/pruned-tree/pruned-tree.ts";
import { CODEC } from "../../../../reference/proofs/ssz/encodings.ts";
import { readProof } from "../../../../reference/wire/values.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import type { Bounds, BoundsOf } from "../bounds.ts";
import { patriciaBounds } from "./patricia.ts";
import { radixBounds } from "./radix.ts";

/** A backend that is not listed has no budgets. */
const BACKENDS: Readonly<Record<string, BoundsOf | undefined>> = {
  ssz: binaryBounds,
  sparse: binaryBounds,
  patricia: patriciaBounds,
  radix: radixBounds,
  state: () => ({ hashes: undefined, proofBytes: undefined }),
};

/** Adds the budget to a case that expects a result and has a formula. */
export function withBudget(text: CaseText): CaseText {
  if (!("result" in text.expect)) return text;
  const params = expandRecipes(text.params) as JsonObject;
  const { proof } = expandRecipes(text.expect.result) as JsonObject;
  const boundsOf = BACKENDS[params.backend as string];
  if (boundsOf === undefined) return text;
  const { hashes, proofBytes } = boundsOf(text.call, params, proof);
  const budget = {
    ...(hashes === undefined ? {} : { hashes }),
    ...(proofBytes === undefined ? {} : { proofBytes }),
  };
  return Object.keys(budget).length === 0 ? text : { ...text, budget };
}

function binaryBounds(call: string, params: JsonObject, proof: Json | undefined): Bounds {
  const encoding = (params.encoding ?? params.to) as string;
  return {
    hashes: hashesOf(call, params),
    proofBytes: proof === undefined ? undefined : encodedSize(encoding, proof),
  };
}

function hashesOf(call: string, params: JsonObject): number | undefined {
  const encoding = (params.encoding ?? params.from) as string;
  switch (call) {
    case "proof/root":
    case "proof/get":
    case "proof/cost":
    case "proof/convert":
    case "proof/extract":
      return countBottoms(encoding, params.proof) - 1;
    case "proof/merge":
      return (params.proofs as readonly Json[]).reduce(
        (sum: number, proof) => sum + countBottoms(encoding, proof) - 1,
        0,
      );
    case "proof/prove":
      return params.backend === "sparse" ? sparseInnerNodes(params) : distinctKeys(params).length - 1;
    default:
      return undefined;
  }
}

/** Both binary backends have the same encodings. */
function countBottoms(encoding: string, proof: Json): number {
  const form = CODEC.encodingOf(encoding).form;
  return bottomCount(CODEC.decode(encoding, readProof(form, proof, "/proof")));
}

const SIZES: Readonly<Record<string, (bottoms: number) => number>> = {
  compact: (m) => 32 * m + Math.ceil((2 * m - 1) / 8),
  offsets64: (m) => 40 * m,
  offsets16: (m) => 34 * m + 1,
  explicit: (m) => 48 * m + 4,
};

function encodedSize(encoding: string, proof: Json): number {
  const bottoms = countBottoms(encoding, proof);
  if (encoding !== "helpers") return SIZES[encoding](bottoms);
  const { gindices } = proof as { gindices: readonly string[] };
  return 32 * bottoms + gindices.reduce((sum, gindex) => sum + Math.ceil((gindex.length - 2) / 2), 0);
}

function distinctKeys({ entries }: JsonObject): string[] {
  return [...new Set((entries as readonly (readonly string[])[]).map(([key]) => key))];
}

/** Counts the distinct prefixes, shorter than the depth, of the keys whose last entry is not zero. */
function sparseInnerNodes(params: JsonObject): number {
  const { depth = 256 } = (params.options ?? {}) as { depth?: number };
  const last = new Map(params.entries as unknown as readonly (readonly [string, string])[]);
  const present = [...last].filter(([, value]) => /[1-9a-f]/.test(value.slice(2))).map(([key]) => key);
  const paths = present.map((key) => BigInt(key).toString(2).padStart(256, "0"));
  return new Set(paths.flatMap((path) => Array.from({ length: depth }, (_, level) => path.slice(0, level)))).size;
}
