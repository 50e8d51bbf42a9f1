/** What `proof.*` reads and writes: a map of 32-byte keys to 32-byte values under a root. Absence is `null`. */
import type { Bytes32 } from "../../core/bytes.ts";

/** Errors of everything here: Trap, for what the key or the stored value is; ProofError, where a proof does not decide. */
export interface State {
  get(key: Bytes32): Bytes32 | null;
  set(key: Bytes32, value: Bytes32 | null): void;
  root(): Bytes32;
  checkpoint(): void;
  /** Errors: Trap without a checkpoint, as for `revert`. */
  commit(): void;
  revert(): void;
}
