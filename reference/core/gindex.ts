/**
 * Generalized indices: the root is 1, the children of g are 2g and 2g + 1. The only file that shifts one.
 *
 * Req:    PROOF-SSZ-001 (arbitrary precision, depth by bit length and never by a logarithm).
 * Source: consensus-specs ssz/merkle-proofs.md, "Generalized Merkle tree index".
 */
import { ProofError } from "./errors.ts";
import { MAX_GINDEX_BITS } from "./limits.ts";

/** A generalized index: at least 1 and at most `MAX_GINDEX_BITS` bits long. Made by `toGindex` and the functions below. */
export type Gindex = bigint & { readonly __brand: "Gindex" };

export const ROOT_GINDEX = 1n as Gindex;

const TOO_LONG = 2n ** BigInt(MAX_GINDEX_BITS);

/**
 * Brands `value`.
 *
 * Errors: `zeroClass` when it is 0 (`malformed` inside a proof, `invalid-argument` in a request); then limit-exceeded.
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

/** Number of bits of a positive integer, exact at every size. */
function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return 4 * hex.length - (Math.clz32(Number.parseInt(hex[0], 16)) - 28);
}

/** Levels between the root and the node: 0 for the root. */
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

/** The left child (`side` 0) or the right child (`side` 1). The caller bounds the depth. */
export function childOf(gindex: Gindex, side: 0 | 1): Gindex {
  return ((gindex << 1n) | BigInt(side)) as Gindex;
}

/** Whether `ancestor` is `gindex` itself or lies on its path to the root. */
export function isAncestorOrSame(ancestor: Gindex, gindex: Gindex): boolean {
  const distance = gindexDepth(gindex) - gindexDepth(ancestor);
  return distance >= 0 && gindex >> BigInt(distance) === ancestor;
}

/** The sides taken from the root down to the node, one byte a level: 0 left, 1 right. Empty for the root. */
export function gindexPath(gindex: Gindex): Uint8Array {
  return Uint8Array.from(gindex.toString(2).slice(1), Number);
}

/** Orders nodes as a pre-order walk meets them: left to right, an ancestor before what lies below it. */
export function compareTreeOrder(a: Gindex, b: Gindex): number {
  const distance = gindexDepth(a) - gindexDepth(b);
  const leftEdgeA = distance < 0 ? a << BigInt(-distance) : a;
  const leftEdgeB = distance > 0 ? b << BigInt(distance) : b;
  if (leftEdgeA !== leftEdgeB) return leftEdgeA < leftEdgeB ? -1 : 1;
  return distance;
}

/** Orders by the integer itself: by level from the root down, left to right within a level. */
export function compareGindex(a: Gindex, b: Gindex): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * `gindices` in tree order, each once.
 *
 * Sorted rather than kept in a Set: engines hash a bigint by its low bits alone, so that deep indices, which differ only in
 * their high bits, would all collide.
 */
export function sortUnique(gindices: readonly Gindex[]): Gindex[] {
  const sorted = [...gindices].sort(compareTreeOrder);
  return sorted.filter((gindex, index) => index === 0 || gindex !== sorted[index - 1]);
}
