/**
 * `helpers`, the multiproof of the consensus specifications, as an object of three lists:
 *
 *   gindices  the generalized indices of the claimed nodes, strictly ascending
 *   leaves    the claimed nodes, in the order of `gindices`
 *   helpers   the nodes at the helper indices, in descending order of their indices
 *
 * Source: consensus-specs ssz/merkle-proofs.md, "Merkle multiproofs". Stricter: for a claim that is repeated or below
 *         another claim, the functions printed there compute the true root and leave one of the two unchecked.
 */
import { toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { compareGindex, compareTreeOrder, type Gindex, sortUnique, toGindex } from "../../core/gindex.ts";
import type { EncodedProof, ProofForm } from "../backend.ts";
import { findNested, helpersNeeded, type PlacedNode, treeFromPlaced } from "../pruned-tree/from-bottoms.ts";
import { bottomAt, bottomGindices, checkTreeLimits, type PrunedTree } from "../pruned-tree/pruned-tree.ts";

/** Req: PROOF-SSZ-043. */
export const HELPERS_FORM = {
  gindices: ["quantity"],
  leaves: ["bytes"],
  helpers: ["bytes"],
} as const satisfies ProofForm;

/** The members of the proof, with the types of `HELPERS_FORM`. */
interface HelpersProof {
  readonly gindices: readonly bigint[];
  readonly leaves: readonly Uint8Array[];
  readonly helpers: readonly Uint8Array[];
}

/**
 * The claims in tree order.
 *
 * Req:    PROOF-SSZ-041, PROOF-SSZ-074, PROOF-SSZ-044, PROOF-SSZ-078.
 * Errors: `errorClass` if there is no claim, or if a claim equals another claim or is below it.
 */
export function sortClaims(claims: readonly Gindex[], errorClass: "malformed" | "invalid-argument"): Gindex[] {
  if (claims.length === 0) throw new ProofError(errorClass, "a helpers proof claims at least one node");
  const sorted = [...claims].sort(compareTreeOrder);
  const nested = findNested(sorted);
  if (nested?.kind === "nested") {
    throw new ProofError(errorClass, `claim ${nested.inner} equals or is below claim ${nested.outer}`);
  }
  return sorted;
}

/**
 * Encodes a helpers proof.
 *
 * Req:   PROOF-SSZ-040, PROOF-SSZ-071, PROOF-SSZ-072.
 * Input: a tree whose bottom nodes are `claims` and the helpers that they need, as `pruneTree` returns it.
 */
export function encodeHelpers(tree: PrunedTree, claims: readonly Gindex[]): EncodedProof {
  const claimed = sortUnique(claims);
  let next = 0;
  const placed = bottomGindices(tree).map((gindex, rank) => {
    const isClaim = gindex === claimed[next];
    if (isClaim) next += 1;
    return { gindex, isClaim, node: bottomAt(tree, rank) };
  });
  placed.sort((a, b) => compareGindex(a.gindex, b.gindex));
  const leaves = placed.filter(({ isClaim }) => isClaim);
  const helpers = placed.filter(({ isClaim }) => !isClaim).reverse();
  return {
    gindices: leaves.map(({ gindex }) => gindex),
    leaves: leaves.map(({ node }) => node),
    helpers: helpers.map(({ node }) => node),
  } satisfies HelpersProof;
}

/**
 * Decodes a helpers proof.
 *
 * Req:    PROOF-SSZ-040, PROOF-SSZ-073, PROOF-SSZ-071, PROOF-SSZ-072, PROOF-SSZ-042, PROOF-SSZ-075, PROOF-SSZ-076, PROOF-SSZ-077.
 * Errors: malformed (an index of 0, counts that differ, claims not strictly ascending, a claim below another, a node that
 *         is not 32 bytes, more or fewer helpers than the claims need); limit-exceeded.
 */
export function decodeHelpers(proof: EncodedProof): PrunedTree {
  const { gindices, leaves, helpers } = proof as unknown as HelpersProof;
  const claims = gindices.map((gindex) => toGindex(gindex, "malformed"));
  if (leaves.length !== claims.length) {
    throw new ProofError("malformed", `${claims.length} claims have ${leaves.length} leaves`, {
      claims: claims.length,
      leaves: leaves.length,
    });
  }
  for (let index = 1; index < claims.length; index++) {
    if (claims[index] <= claims[index - 1]) {
      throw new ProofError("malformed", `claim ${index}, ${claims[index]}, does not exceed the one before it`, {
        index,
      });
    }
  }
  const needed = helpersNeeded(sortClaims(claims, "malformed"), helpers.length).sort((a, b) => compareGindex(b, a));
  if (needed.length !== helpers.length) {
    const expected = needed.length > helpers.length ? `more than ${helpers.length}` : `${needed.length}`;
    throw new ProofError("malformed", `the claims need ${expected} helpers, the proof has ${helpers.length}`, {
      helpers: helpers.length,
    });
  }
  const placed = [...placeNodes(claims, leaves, "leaf"), ...placeNodes(needed, helpers, "helper")];
  const tree = treeFromPlaced(placed.sort((a, b) => compareGindex(a.gindex, b.gindex)));
  if ("kind" in tree) throw new Error("claims and the helpers they need always make a tree");
  checkTreeLimits(tree.shape);
  return tree;
}

function placeNodes(gindices: readonly Gindex[], nodes: readonly Uint8Array[], what: string): PlacedNode[] {
  return nodes.map((bytes, index) => {
    const node = toBytes32(bytes);
    if (node === undefined) {
      throw new ProofError("malformed", `${what} ${index} has ${bytes.length} bytes, not 32`, {
        index,
        length: bytes.length,
      });
    }
    return { gindex: gindices[index], node };
  });
}

/** Bytes of a helpers proof: 32 for each node, and the minimal big-endian bytes of each claim's index. */
export function helpersSize(proof: EncodedProof): number {
  const { gindices, leaves, helpers } = proof as unknown as HelpersProof;
  const indexBytes = gindices.reduce((sum, gindex) => sum + Math.ceil(gindex.toString(16).length / 2), 0);
  return indexBytes + 32 * (leaves.length + helpers.length);
}
