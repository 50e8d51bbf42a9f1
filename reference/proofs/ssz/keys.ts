/** Keys of `ssz`, which are generalized indices, and the nodes to write. */
import { type Bytes32, toBytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { type Gindex, sortUnique, toGindex } from "../../core/gindex.ts";
import type { RawKey } from "../backend.ts";
import { CODEC } from "./encodings.ts";
import { sortClaims } from "./helpers.ts";

/**
 * A key of a request.
 *
 * Req:    PROOF-SSZ-001, PROOF-SSZ-008, PROOF-SSZ-108.
 * Errors: invalid-argument for 0, limit-exceeded for more than 1024 bits.
 */
export function toKey(key: RawKey): Gindex {
  return toGindex(key as bigint, "invalid-argument");
}

/** A node to write. Req: PROOF-SSZ-090. Errors: invalid-argument for `null` and for a length other than 32 bytes. */
export function toNode(value: Uint8Array | null, gindex: Gindex): Bytes32 {
  if (value === null)
    throw new ProofError("invalid-argument", `node ${gindex} cannot be deleted: ssz has no absent nodes`);
  const node = toBytes32(value);
  if (node !== undefined) return node;
  throw new ProofError("invalid-argument", `the value of node ${gindex} has ${value.length} bytes, not 32`);
}

/**
 * Checks the claims of a proof if its encoding names claims.
 *
 * Req:    PROOF-SSZ-044, PROOF-SSZ-078, PROOF-SSZ-079.
 * Errors: invalid-argument if there is no claim, or if claims are nested.
 */
export function checkClaims(claims: readonly Gindex[], encoding: string): void {
  if (CODEC.encodingOf(encoding).namesClaims) sortClaims(sortUnique(claims), "invalid-argument");
}

export function belowBottom(gindex: Gindex, levels: number): ProofError {
  return new ProofError("incomplete", `node ${gindex} is ${levels} level(s) below a bottom node`, {
    key: `0x${gindex.toString(16)}`,
  });
}
