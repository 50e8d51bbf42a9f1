/** Keys and values of a sparse tree, and its depth. */

import { bitAt } from "../../core/bits.ts";
import { type Bytes32, toBytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { isZeroNode } from "../../core/zero-nodes.ts";
import type { RawKey } from "../backend.ts";
import { lastOfEachKey } from "../writes.ts";

const MAX_DEPTH = 256;

/** A key of the tree at hand: 32 bytes, and no bit set below its leaf level. Made by `toKey`. */
export type Key = Bytes32 & { readonly __sparseKey: true };

/**
 * The depth that a request states.
 *
 * Req:    PROOF-SPARSE-001.
 * Errors: invalid-argument outside 1 … 256.
 */
export function toDepth(depth: number = MAX_DEPTH): number {
  if (depth >= 1 && depth <= MAX_DEPTH) return depth;
  throw new ProofError("invalid-argument", `depth ${depth} is not from 1 to ${MAX_DEPTH}`, { depth });
}

/**
 * Brands a key.
 *
 * Req:    PROOF-SPARSE-001.
 * Errors: invalid-argument for another length than 32 bytes, then for a bit from `depth` on that is set.
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
      `key ${toHex(path)} has bit ${level} set; a tree of depth ${depth} ends above`,
      {
        key: toHex(path),
        bit: level,
      },
    );
  }
  return path as Key;
}

/** A value that is written: 32 bytes, or `null` for an absent one, which 32 zero bytes are too. Errors: invalid-argument. */
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

/** The sides taken from the root down to the leaf, one byte a level: 0 left, 1 right. */
export function keyPath(key: Key, depth: number): Uint8Array {
  return Uint8Array.from({ length: depth }, (_, level) => bitAt(key, level));
}

/** A key and its value, `null` where it is absent. */
export interface Leaf {
  readonly key: Key;
  readonly value: Bytes32 | null;
}

/** The last leaf of each key, from left to right. */
export function lastLeaves(leaves: readonly Leaf[]): Leaf[] {
  return lastOfEachKey(leaves, ({ key }) => key);
}

/** How many leaves of `leaves` from `from` to `to`, which share the path to a node at `level`, lie in its left half. */
export function leftHalf(leaves: readonly { readonly key: Key }[], from: number, to: number, level: number): number {
  let end = from;
  while (end < to && bitAt(leaves[end].key, level) === 0) end += 1;
  return end;
}

export function uncovered(key: Key): ProofError {
  return new ProofError("incomplete", `the proof does not reach key ${toHex(key)}`, { key: toHex(key) });
}
