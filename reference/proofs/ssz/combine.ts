/** `convert`, `extract` and `merge`: proofs out of proofs, without the tree. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { ConvertContext, EncodedProof, ProofContext, RawKey } from "../backend.ts";
import { mergeTrees } from "../pruned-tree/merge.ts";
import { checkTreeLimits, verifyRoot, verifyTree } from "../pruned-tree/pruned-tree.ts";
import { checkClaims, pruneToClaims, toKey } from "./claims.ts";
import { CODEC, claimsOf } from "./encodings.ts";

/**
 * Writes a proof in another encoding. The pruned tree stays the same, but a helpers proof holds what its claims need.
 *
 * Req:    PROOF-SSZ-007.
 * Errors: invalid-argument (keys missing for helpers, or given for another encoding; none; nested); of decoding;
 *         invalid-proof; incomplete (a key below a bottom); limit-exceeded (what `to` cannot hold).
 */
export function sszConvert(
  { hasher }: ConvertContext,
  from: string,
  to: string,
  root: Bytes32,
  proof: EncodedProof,
  keys: readonly RawKey[] | undefined,
): EncodedProof {
  const { namesClaims } = CODEC.encodingOf(to);
  if (namesClaims !== (keys !== undefined)) {
    throw new ProofError("invalid-argument", `keys are ${namesClaims ? "needed" : "not used"} to convert to ${to}`);
  }
  const claims = (keys ?? []).map(toKey);
  checkClaims(claims, to);
  const source = CODEC.decode(from, proof);
  if (namesClaims) return CODEC.encode(to, pruneToClaims(verifyTree(source, root, hasher), claims), claims);
  verifyRoot(source, root, hasher);
  return CODEC.encode(to, source);
}

/**
 * The smallest proof of `keys` that a larger proof holds.
 *
 * Req:    PROOF-SSZ-054.
 * Errors: for helpers invalid-argument (no key, nested keys); of decoding; invalid-proof; incomplete for a key below a
 *         bottom: what is covered counts, not what was claimed.
 */
export function sszExtract(
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proof: EncodedProof,
  keys: readonly RawKey[],
): EncodedProof {
  const claims = keys.map(toKey);
  checkClaims(claims, encoding);
  const tree = verifyTree(CODEC.decode(encoding, proof), root, hasher);
  return CODEC.encode(encoding, pruneToClaims(tree, claims), claims);
}

/**
 * One proof of everything that the proofs hold.
 *
 * Req:    PROOF-SSZ-053.
 * Errors: invalid-argument (no proof at all; for helpers a claim beneath another one's); of decoding; invalid-proof.
 */
export function sszMerge(
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proofs: readonly EncodedProof[],
): EncodedProof {
  if (proofs.length === 0) throw new ProofError("invalid-argument", "there is no proof to merge");
  const trees = proofs.map((proof) => verifyTree(CODEC.decode(encoding, proof), root, hasher));
  const claims = proofs.flatMap((proof) => claimsOf(encoding, proof));
  checkClaims(claims, encoding);
  const merged = mergeTrees(trees);
  checkTreeLimits(merged.shape);
  return CODEC.encode(encoding, merged, claims);
}
