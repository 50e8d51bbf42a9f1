/** The encodings of an ssz proof: those of every binary tree, and two with generalized indices. */
import { type Gindex, toGindex } from "../../core/gindex.ts";
import type { EncodedProof } from "../backend.ts";
import { bytesEncoding, POSITIONAL_ENCODINGS, TreeCodec } from "../pruned-tree/encoding.ts";
import { decodeExplicit, encodeExplicit } from "./explicit.ts";
import { decodeHelpers, encodeHelpers, HELPERS_FORM, helpersSize } from "./helpers.ts";

export const CODEC = new TreeCodec("ssz", [
  ...POSITIONAL_ENCODINGS,
  ["explicit", bytesEncoding(decodeExplicit, encodeExplicit)],
  [
    "helpers",
    { form: HELPERS_FORM, namesClaims: true, decode: decodeHelpers, encode: encodeHelpers, size: helpersSize },
  ],
]);

/** The claims that a decoded proof names; none if its encoding does not name claims. */
export function claimsOf(encoding: string, proof: EncodedProof): Gindex[] {
  if (!CODEC.encodingOf(encoding).namesClaims) return [];
  const { gindices } = proof as { readonly gindices: readonly bigint[] };
  return gindices.map((gindex) => toGindex(gindex, "malformed"));
}
