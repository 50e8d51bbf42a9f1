/**
 * The state that `proof.*` reads and writes: a map of 32-byte keys to 32-byte values under a root. `null` is absent.
 */
import type { Bytes32 } from "../../core/bytes.ts";

/** Errors of every operation: Trap for a bad key or stored value; ProofError when the proof does not decide. */
export interface State {
  get(key: Bytes32): Bytes32 | null;
  set(key: Bytes32, value: Bytes32 | null): void;
  root(): Bytes32;
  checkpoint(): void;
  /** Errors: Trap without a checkpoint; the same for `revert`. */
  commit(): void;
  revert(): void;
}
