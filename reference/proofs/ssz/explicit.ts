/**
 * `explicit` (quilt's `oof`): every bottom node with its generalized index, in the order of the indices.
 *
 *   m         u32-LE
 *   gindices  m × u128-LE, ascending
 *   bottoms   m × 32 bytes, in the same order
 */
import { decodeUintLE, encodeUintLE } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { compareGindex, type Gindex, toGindex } from "../../core/gindex.ts";
import { treeFromBottoms } from "../pruned-tree/from-bottoms.ts";
import { bottomAt, bottomGindices, checkTreeLimits, joinNodes, type PrunedTree } from "../pruned-tree/pruned-tree.ts";

const COUNT_BYTES = 4;
const GINDEX_BYTES = 16;

/** Req: PROOF-SSZ-030, PROOF-SSZ-067. Errors: limit-exceeded if a generalized index has more than 128 bits. */
export function encodeExplicit(tree: PrunedTree): Uint8Array {
  const placed = bottomGindices(tree)
    .map((gindex, rank) => ({ gindex, node: bottomAt(tree, rank) }))
    .sort((a, b) => compareGindex(a.gindex, b.gindex));
  const bottomsOffset = COUNT_BYTES + GINDEX_BYTES * placed.length;
  const proof = new Uint8Array(bottomsOffset + 32 * placed.length);
  proof.set(encodeUintLE(BigInt(placed.length), COUNT_BYTES), 0);
  for (const [index, { gindex }] of placed.entries()) {
    if (gindex >= 2n ** 128n) {
      throw new ProofError("limit-exceeded", `bottom node ${gindex} does not fit the 128-bit indices of explicit`, {
        limit: 128,
      });
    }
    proof.set(encodeUintLE(gindex, GINDEX_BYTES), COUNT_BYTES + GINDEX_BYTES * index);
  }
  proof.set(joinNodes(placed.map(({ node }) => node)), bottomsOffset);
  return proof;
}

/**
 * Decodes an explicit proof.
 *
 * Req:    PROOF-SSZ-030, PROOF-SSZ-031, PROOF-SSZ-068, PROOF-SSZ-069, PROOF-SSZ-070, PROOF-SSZ-032.
 * Errors: malformed (not the length that m requires, m = 0, an index of 0, indices not strictly ascending, indices that
 *         are not exactly the bottom nodes of a pruned tree); limit-exceeded.
 */
export function decodeExplicit(proof: Uint8Array): PrunedTree {
  const count = Number(decodeUintLE(proof.subarray(0, COUNT_BYTES)));
  const expected = COUNT_BYTES + count * (GINDEX_BYTES + 32);
  if (proof.length !== expected || count === 0) {
    throw new ProofError("malformed", `${count} bottom nodes need ${expected} bytes, the proof has ${proof.length}`, {
      bottoms: count,
      actual: proof.length,
    });
  }
  const gindices: Gindex[] = [];
  for (let index = 0; index < count; index++) {
    const offset = COUNT_BYTES + GINDEX_BYTES * index;
    const gindex = toGindex(decodeUintLE(proof.subarray(offset, offset + GINDEX_BYTES)), "malformed");
    if (index > 0 && gindex <= gindices[index - 1]) {
      throw new ProofError("malformed", `index ${index}, ${gindex}, does not exceed the one before it`, { index });
    }
    gindices.push(gindex);
  }
  const bottomsOffset = COUNT_BYTES + GINDEX_BYTES * count;
  const tree = treeFromBottoms(gindices, (index) =>
    proof.subarray(bottomsOffset + 32 * index, bottomsOffset + 32 * index + 32),
  );
  if ("kind" in tree) {
    const reason = tree.kind === "gap" ? `nothing covers ${tree.missing}` : `${tree.inner} is below ${tree.outer}`;
    throw new ProofError("malformed", `the indices are not the bottom nodes of a tree: ${reason}`);
  }
  checkTreeLimits(tree.shape);
  return tree;
}
