/**
 * `eip1186`: for each claimed key the nodes on its path.
 *
 * Source: EIP-1186, whose `accountProof` and `storageProof` are such lists.
 */
import { ProofError } from "../../core/errors.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { type OpenTrie, walk } from "../hexary-trie/open-trie.ts";
import { lastOfEachKey } from "../writes.ts";
import { bytesOf, type Key } from "./keys.ts";

export const EIP1186_FORM = { proofs: [{ key: "bytes", nodes: ["bytes"] }] } as const satisfies ProofForm;

/** A key and the nodes on its path. */
export interface Claim {
  readonly key: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

/** Req: PROOF-PATRICIA-022. Errors: malformed for a proof without claims. */
export function decodeClaims(proof: EncodedProof): readonly Claim[] {
  const { proofs } = proof as unknown as { proofs: readonly Claim[] };
  if (proofs.length > 0) return proofs;
  throw new ProofError("malformed", "the proofs of an eip1186 proof are empty; expected at least one key");
}

export function encodeClaims(claims: readonly Claim[]): EncodedProof {
  return { proofs: claims.map(({ key, nodes }) => ({ key, nodes })) };
}

/**
 * The canonical claims of some keys.
 *
 * Req:    PROOF-PATRICIA-023, PROOF-PATRICIA-075, PROOF-PATRICIA-076.
 * Errors: incomplete for a key that the trie does not decide.
 */
export function claimKeys(trie: OpenTrie, keys: readonly Key[]): Claim[] {
  return lastOfEachKey(keys, bytesOf).map(({ bytes, path, uncovered }) => {
    const nodes: Uint8Array[] = [];
    const value = walk(trie, path, ({ hash, rlp }) => {
      if (hash !== undefined) nodes.push(rlp);
    });
    if (value === undefined) throw uncovered();
    return { key: bytes, nodes };
  });
}
