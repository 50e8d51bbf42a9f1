/** Keys and values of a sparse tree, and its depth. */
import { bitAt } from "../../core/bits.ts";
import { type Bytes32, toBytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { isZeroNode } from "../../core/zero-nodes.ts";
import type { RawKey } from "../backend.ts";
import { lastOfEachKey } from "../writes.ts";

const MAX_DEPTH = 256;

/** A key of 32 bytes without a bit set beyond the depth of the tree. `toKey` returns it. */
export type Key = Bytes32 & { readonly __sparseKey: true };

/**
 * The depth of a request.
 *
 * Req:    PROOF-SPARSE-001, PROOF-SPARSE-022, PROOF-SPARSE-023.
 * Errors: invalid-argument outside 1 … 256.
 */
export function toDepth(depth: number = MAX_DEPTH): number {
  if (depth >= 1 && depth <= MAX_DEPTH) return depth;
  throw new ProofError("invalid-argument", `depth ${depth} is not from 1 to ${MAX_DEPTH}`, { depth });
}

/**
 * Checks and brands a key.
 *
 * Req:    PROOF-SPARSE-024, PROOF-SPARSE-026.
 * Errors: invalid-argument for a length other than 32 bytes, then for a bit that is set from `depth` on.
 */
export function toKey(key: RawKey, depth: number): Key {
  const bytes = key as Uint8Array;
  const path = toBytes32(bytes);
  if (path === undefined) {
    throw new ProofError("invalid-argument", `key ${toHex(bytes)} has ${bytes.length} bytes, not 32`, {
      length: bytes.length,
    });
  }
  for (let level = depth; level < MAX_DEPTH; level++) {
    if (bitAt(path, level) === 0) continue;
    throw new ProofError(
      "invalid-argument",
      `key ${toHex(path)} has bit ${level} set; expected zeros from bit ${depth} on`,
      {
        key: toHex(path),
        bit: level,
      },
    );
  }
  return path as Key;
}

/**
 * A value to write: 32 bytes, or `null` for an absent one.
 *
 * Req:    PROOF-SPARSE-033, PROOF-SPARSE-034, PROOF-SPARSE-039, PROOF-SPARSE-043.
 * Output: `null` for 32 zero bytes as well.
 * Errors: invalid-argument for a length other than 32 bytes.
 */
export function toValue(value: Uint8Array | null, key: Key): Bytes32 | null {
  if (value === null) return null;
  const leaf = toBytes32(value);
  if (leaf === undefined) {
    throw new ProofError("invalid-argument", `the value of key ${toHex(key)} has ${value.length} bytes, not 32`, {
      key: toHex(key),
      length: value.length,
    });
  }
  return isZeroNode(leaf, 0) ? null : leaf;
}

/** The sides from the root to the leaf, one byte per level: 0 left, 1 right. Req: PROOF-SPARSE-025. */
export function keyPath(key: Key, depth: number): Uint8Array {
  return Uint8Array.from({ length: depth }, (_, level) => bitAt(key, level));
}

/** A key and its value, `null` if the key is absent. */
export interface Leaf {
  readonly key: Key;
  readonly value: Bytes32 | null;
}

/** The last leaf of each key, from left to right. */
export function lastLeaves(leaves: readonly Leaf[]): Leaf[] {
  return lastOfEachKey(leaves, ({ key }) => key);
}

/** The end of the left half of `leaves` from `from` to `to`, which share the path to a node at `level`. */
export function leftHalf(leaves: readonly { readonly key: Key }[], from: number, to: number, level: number): number {
  let end = from;
  while (end < to && bitAt(leaves[end].key, level) === 0) end += 1;
  return end;
}

export function uncovered(key: Key): ProofError {
  return new ProofError("incomplete", `the proof does not cover key ${toHex(key)}`, { key: toHex(key) });
}
