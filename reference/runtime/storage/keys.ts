/** Converts the keys and values of an environment, which are 32 bytes, to the form of a backend and back. */
import { type Bytes32, toBytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { isZeroNode, ZERO_NODES } from "../../core/zero-nodes.ts";
import type { ProofBackend, RawKey } from "../../proofs/backend.ts";
import { Trap } from "../faults.ts";

/** Req: RUNTIME-STATE-034, RUNTIME-STATE-035. */
export function toBackendKey({ keyForm }: ProofBackend, key: Bytes32): RawKey {
  return keyForm === "bytes" ? key : BigInt(toHex(key));
}

/** The value that a write stores; `null` deletes. Req: RUNTIME-STATE-038, RUNTIME-STATE-039. */
export function toStored({ deletes }: ProofBackend, value: Bytes32 | null): Bytes32 | null {
  return value === null && !deletes ? ZERO_NODES[0] : value;
}

/** Req: RUNTIME-STATE-010, RUNTIME-STATE-011. Output: `null` for an absent value. Errors: Trap. */
export function fromStored(stored: Uint8Array | null): Bytes32 | null {
  if (stored === null) return null;
  const value = toBytes32(stored);
  if (value === undefined) throw new Trap("state-value", `the key has a value of ${stored.length} bytes, not 32`);
  return isZeroNode(value, 0) ? null : value;
}

/**
 * Runs `act`, and traps for a key that the backend rejects. A key that the proof does not decide stays a ProofError.
 *
 * Req:    RUNTIME-STATE-012, RUNTIME-STATE-013, RUNTIME-STATE-036, RUNTIME-STATE-041, RUNTIME-STATE-042,
 *         RUNTIME-STATE-043.
 * Errors: Trap, ProofError.
 */
export function trapping<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProofError && error.class === "invalid-argument") throw new Trap("state-key", error.message);
    throw error;
  }
}
