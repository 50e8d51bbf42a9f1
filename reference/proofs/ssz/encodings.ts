/** The encodings of an ssz proof, and the way from bytes to a pruned tree and back. */
import { ProofError } from "../../core/errors.ts";
import { type Gindex, toGindex } from "../../core/gindex.ts";
import { checkLimit, MAX_PROOF_BYTES } from "../../core/limits.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { decodeCompact, encodeCompact } from "../pruned-tree/compact.ts";
import { decodeOffsets16, decodeOffsets64, encodeOffsets16, encodeOffsets64 } from "../pruned-tree/offsets.ts";
import type { PrunedTree } from "../pruned-tree/pruned-tree.ts";
import { decodeExplicit, encodeExplicit } from "./explicit.ts";
import { decodeHelpers, encodeHelpers, HELPERS_FORM, helpersSize } from "./helpers.ts";

/** One encoding of a pruned tree. `encode` uses `claims` only where the encoding names them. */
interface Encoding {
  readonly form: ProofForm;
  readonly namesClaims: boolean;
  decode(proof: EncodedProof): PrunedTree;
  encode(tree: PrunedTree, claims: readonly Gindex[]): EncodedProof;
}

function bytesEncoding(decode: (proof: Uint8Array) => PrunedTree, encode: (tree: PrunedTree) => Uint8Array): Encoding {
  return { form: "bytes", namesClaims: false, decode: (proof) => decode(proof as Uint8Array), encode };
}

export const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ["compact", bytesEncoding(decodeCompact, encodeCompact)],
  ["offsets64", bytesEncoding(decodeOffsets64, encodeOffsets64)],
  ["offsets16", bytesEncoding(decodeOffsets16, encodeOffsets16)],
  ["explicit", bytesEncoding(decodeExplicit, encodeExplicit)],
  ["helpers", { form: HELPERS_FORM, namesClaims: true, decode: decodeHelpers, encode: encodeHelpers }],
]);

export function encodingOf(name: string): Encoding {
  const encoding = ENCODINGS.get(name);
  if (encoding === undefined) throw new ProofError("unsupported", `ssz has no encoding "${name}"`, { encoding: name });
  return encoding;
}

export function proofSize(proof: EncodedProof): number {
  return proof instanceof Uint8Array ? proof.length : helpersSize(proof);
}

export function decodeProof(encoding: string, proof: EncodedProof): PrunedTree {
  checkLimit("bytes of the proof", proofSize(proof), MAX_PROOF_BYTES);
  return encodingOf(encoding).decode(proof);
}

export function encodeProof(encoding: string, tree: PrunedTree, claims: readonly Gindex[]): EncodedProof {
  const proof = encodingOf(encoding).encode(tree, claims);
  checkLimit("bytes of the proof", proofSize(proof), MAX_PROOF_BYTES);
  return proof;
}

/** The claims that a decoded proof names; none where its encoding names none. */
export function claimsOf(encoding: string, proof: EncodedProof): Gindex[] {
  if (!encodingOf(encoding).namesClaims) return [];
  const { gindices } = proof as { readonly gindices: readonly bigint[] };
  return gindices.map((gindex) => toGindex(gindex, "malformed"));
}
