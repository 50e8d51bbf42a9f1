/** `extract` and `merge`: smaller and larger proofs out of proofs, without the tree. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { sortUnique } from "../../core/gindex.ts";
import type { NodeHasher } from "../../core/hash.ts";
import type { EncodedProof, ProofContext, RawKey } from "../backend.ts";
import { mergeTrees } from "../pruned-tree/merge.ts";
import { checkTreeLimits, type PrunedTree, verifyRoot } from "../pruned-tree/pruned-tree.ts";
import { pruneToClaims, toKey } from "./claims.ts";
import { claimsOf, decodeProof, encodeProof, encodingOf } from "./encodings.ts";
import { sortClaims } from "./helpers.ts";

/**
 * The smallest proof of `keys` that a larger proof holds.
 *
 * Req:    PROOF-SSZ-054.
 * Errors: of decoding; for helpers invalid-argument (no key, nested keys); invalid-proof; incomplete for a key below a
 *         bottom: what is covered counts, not what was claimed.
 */
export function sszExtract(
  { encoding, hasher }: ProofContext,
  root: Bytes32,
  proof: EncodedProof,
  keys: readonly RawKey[],
): EncodedProof {
  const claims = keys.map(toKey);
  const source = decodeProof(encoding, proof);
  const { tree } = pruneToClaims(source, claims, encoding, (onInner) => {
    verifyRoot(source, root, hasher, onInner);
    return root;
  });
  return encodeProof(encoding, tree, claims);
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
  const [first, ...others] = proofs.map((proof) => decodeVerified(encoding, proof, root, hasher));
  const claims = proofs.flatMap((proof) => claimsOf(encoding, proof));
  if (encodingOf(encoding).namesClaims) sortClaims(sortUnique(claims), "invalid-argument");
  const merged = others.reduce((union, tree) => mergeTrees(union, tree, hasher), first);
  checkTreeLimits(merged.shape);
  return encodeProof(encoding, merged, claims);
}

function decodeVerified(encoding: string, proof: EncodedProof, root: Bytes32, hasher: NodeHasher): PrunedTree {
  const tree = decodeProof(encoding, proof);
  verifyRoot(tree, root, hasher);
  return tree;
}
