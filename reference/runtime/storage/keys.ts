/** The keys and values of an environment, which are 32 bytes, as a backend has them. */
import { type Bytes32, toBytes32, toHex } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import { isZeroNode, ZERO_NODES } from "../../core/zero-nodes.ts";
import type { ProofBackend, RawKey } from "../../proofs/backend.ts";
import { Trap } from "../faults.ts";

/** Req: RUNTIME-STATE-002. */
export function toBackendKey({ keyForm }: ProofBackend, key: Bytes32): RawKey {
  return keyForm === "bytes" ? key : BigInt(toHex(key));
}

/** What a write leaves, or a deletion where there is no value. Req: RUNTIME-STATE-010. */
export function toStored({ deletes }: ProofBackend, value: Bytes32 | null): Bytes32 | null {
  return value === null && !deletes ? ZERO_NODES[0] : value;
}

/** Req: RUNTIME-STATE-010, RUNTIME-STATE-011. Errors: Trap. */
export function fromStored(stored: Uint8Array | null): Bytes32 | null {
  if (stored === null) return null;
  const value = toBytes32(stored);
  if (value === undefined) throw new Trap("state-value", `the key has a value of ${stored.length} bytes, not 32`);
  return isZeroNode(value, 0) ? null : value;
}

/** Does what a key that the backend refuses traps for. Req: RUNTIME-STATE-012. */
export function trapping<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProofError && error.class === "invalid-argument") throw new Trap("state-key", error.message);
    throw error;
  }
}
