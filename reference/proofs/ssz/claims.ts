/** The nodes that a request names, and the smallest tree that proves them. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, gindexPath, sortUnique, toGindex } from "../../core/gindex.ts";
import type { RawKey } from "../backend.ts";
import { descend, mapTree, type PrunedTree, pruneTree } from "../pruned-tree/pruned-tree.ts";
import { encodingOf } from "./encodings.ts";
import { sortClaims } from "./helpers.ts";

/** Cuts `source` down to what `claims` need. `hashTree` hashes it once and reports every inner hash on the way. */
export function pruneToClaims(
  source: PrunedTree,
  claims: readonly Gindex[],
  encoding: string,
  hashTree: (onInner: (position: number, hash: Bytes32) => void) => Bytes32,
): { root: Bytes32; tree: PrunedTree } {
  if (encodingOf(encoding).namesClaims) sortClaims(sortUnique(claims), "invalid-argument");
  const innerHashes = new Uint8Array(32 * source.shape.length);
  const root = hashTree((position, hash) => innerHashes.set(hash, 32 * position));
  const map = mapTree(source);
  const open = new Set<number>();
  for (const gindex of claims) {
    const { levelsBelow } = descend(source, map, gindexPath(gindex), (position) => open.add(position));
    if (levelsBelow > 0) throw belowBottom(gindex, levelsBelow);
  }
  return { root, tree: pruneTree(source, map, open, innerHashes) };
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
