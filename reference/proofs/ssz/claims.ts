/** The nodes that a request names, and the smallest tree that proves them. */
import { ProofError } from "../../core/errors.ts";
import { type Gindex, gindexPath, sortUnique, toGindex } from "../../core/gindex.ts";
import type { RawKey } from "../backend.ts";
import { descend, type HashedTree, type PrunedTree, pruneTree } from "../pruned-tree/pruned-tree.ts";
import { CODEC } from "./encodings.ts";
import { sortClaims } from "./helpers.ts";

/** Errors: invalid-argument where `encoding` names claims, and there are none or some are nested. */
export function checkClaims(claims: readonly Gindex[], encoding: string): void {
  if (CODEC.encodingOf(encoding).namesClaims) sortClaims(sortUnique(claims), "invalid-argument");
}

/** Cuts `tree` down to what `claims` need. Errors: incomplete for a claim below a bottom. */
export function pruneToClaims(tree: HashedTree, claims: readonly Gindex[]): PrunedTree {
  const open = new Uint8Array(tree.shape.length);
  for (const gindex of claims) {
    const { levelsBelow } = descend(tree, gindexPath(gindex), (position) => {
      open[position] = 1;
    });
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
  }
  return pruneTree(tree, open);
}

/** A key of a request. Errors: invalid-argument for 0, limit-exceeded for more than 1024 bits. */
export function toKey(key: RawKey): Gindex {
  return toGindex(key as bigint, "invalid-argument");
}

export function belowBottom(gindex: Gindex, levels: number): ProofError {
  return new ProofError("incomplete", `node ${gindex} lies ${levels} level(s) below a bottom`, {
    key: `0x${gindex.toString(16)}`,
  });
}
