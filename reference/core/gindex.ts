/**
 * Generalized indices: the root is 1, the children of g are 2g and 2g + 1. Only this file shifts them.
 *
 * They have arbitrary precision, and their depth is computed from the bit length, never from a logarithm.
 *
 * Req:    PROOF-SSZ-001.
 * Source: consensus-specs ssz/merkle-proofs.md, "Generalized Merkle tree index".
 */
import { ProofError } from "./errors.ts";
import { MAX_GINDEX_BITS } from "./limits.ts";

/** A generalized index: at least 1, and at most `MAX_GINDEX_BITS` bits. `toGindex` and the functions below create it. */
export type Gindex = bigint & { readonly __brand: "Gindex" };

export const ROOT_GINDEX = 1n as Gindex;

const TOO_LONG = 2n ** BigInt(MAX_GINDEX_BITS);

/**
 * Brands `value`.
 *
 * Req:    PROOF-SSZ-001, PROOF-GEN-017.
 * Input:  `zeroClass`, which is `malformed` inside a proof and `invalid-argument` in a request.
 * Errors: `zeroClass` for a value below 1; limit-exceeded.
 */
export function toGindex(value: bigint, zeroClass: "malformed" | "invalid-argument"): Gindex {
  if (value < 1n) throw new ProofError(zeroClass, `generalized index ${value} is below 1, the root`, { gindex: "0x0" });
  if (value >= TOO_LONG) {
    throw new ProofError("limit-exceeded", `a generalized index has more than ${MAX_GINDEX_BITS} bits`, {
      limit: MAX_GINDEX_BITS,
    });
  }
  return value as Gindex;
}

/** The number of bits of a positive integer, exact at every size. */
function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return 4 * hex.length - (Math.clz32(Number.parseInt(hex[0], 16)) - 28);
}

/** The number of levels between the root and the node: 0 for the root. */
export function gindexDepth(gindex: Gindex): number {
  return bitLength(gindex) - 1;
}

export function parentOf(gindex: Gindex): Gindex {
  return (gindex >> 1n) as Gindex;
}

export function siblingOf(gindex: Gindex): Gindex {
  return (gindex ^ 1n) as Gindex;
}

export function isRightChild(gindex: Gindex): boolean {
  return gindex > 1n && (gindex & 1n) === 1n;
}

/** Returns the left child (`side` 0) or the right child (`side` 1). The caller bounds the depth. */
export function childOf(gindex: Gindex, side: 0 | 1): Gindex {
  return ((gindex << 1n) | BigInt(side)) as Gindex;
}

/** Whether `ancestor` is `gindex` itself or is on its path to the root. */
export function isAncestorOrSame(ancestor: Gindex, gindex: Gindex): boolean {
  const distance = gindexDepth(gindex) - gindexDepth(ancestor);
  return distance >= 0 && gindex >> BigInt(distance) === ancestor;
}

/** Returns the path from the root down to the node, one byte per level: 0 left, 1 right. The path of the root is empty. */
export function gindexPath(gindex: Gindex): Uint8Array {
  return Uint8Array.from(gindex.toString(2).slice(1), Number);
}

/** Compares in pre-order: left to right, an ancestor before its descendants. */
export function compareTreeOrder(a: Gindex, b: Gindex): number {
  const distance = gindexDepth(a) - gindexDepth(b);
  const leftEdgeA = distance < 0 ? a << BigInt(-distance) : a;
  const leftEdgeB = distance > 0 ? b << BigInt(distance) : b;
  if (leftEdgeA !== leftEdgeB) return leftEdgeA < leftEdgeB ? -1 : 1;
  return distance;
}

/** Compares as integers: by level from the root down, left to right within a level. */
export function compareGindex(a: Gindex, b: Gindex): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Returns the distinct `gindices` in pre-order.
 *
 * It sorts because a Set would be slow: engines hash a bigint by its low bits only, so deep indices, which differ only in their
 * high bits, would all collide.
 */
export function sortUnique(gindices: readonly Gindex[]): Gindex[] {
  const sorted = [...gindices].sort(compareTreeOrder);
  return sorted.filter((gindex, index) => index === 0 || gindex !== sorted[index - 1]);
}
