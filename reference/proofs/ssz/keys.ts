/** Keys of `ssz`, which are generalized indices, and the nodes that are written to them. */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, sortUnique, toGindex } from "../../core/gindex.ts";
import type { RawKey } from "../backend.ts";
import { CODEC } from "./encodings.ts";
import { sortClaims } from "./helpers.ts";

/** A key of a request. Errors: invalid-argument for 0, limit-exceeded for more than 1024 bits. */
export function toKey(key: RawKey): Gindex {
  return toGindex(key as bigint, "invalid-argument");
}

/** A node that is written. Errors: invalid-argument for `null`, and for other than 32 bytes. */
export function toNode(value: Uint8Array | null, gindex: Gindex): Bytes32 {
  if (value === null) throw new ProofError("invalid-argument", `node ${gindex} cannot be deleted: ssz has no absence`);
  const node = toBytes32(value);
  if (node !== undefined) return node;
  throw new ProofError("invalid-argument", `the value of node ${gindex} has ${value.length} bytes, not 32`);
}

/** Errors: invalid-argument where `encoding` names claims, and there are none or some are nested. */
export function checkClaims(claims: readonly Gindex[], encoding: string): void {
  if (CODEC.encodingOf(encoding).namesClaims) sortClaims(sortUnique(claims), "invalid-argument");
}

export function belowBottom(gindex: Gindex, levels: number): ProofError {
  return new ProofError("incomplete", `node ${gindex} lies ${levels} level(s) below a bottom`, {
    key: `0x${gindex.toString(16)}`,
  });
}
