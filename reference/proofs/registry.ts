/** The one list of proof backends. A new backend is a new folder, a line here, and vectors. */
import type { ProofBackend, SessionBackend } from "./backend.ts";
import { patricia } from "./patricia/patricia.ts";
import { radix } from "./radix/radix.ts";
import { sparse } from "./sparse/sparse.ts";
import { ssz } from "./ssz/ssz.ts";
import { state } from "./world-state/world-state.ts";

/** Those whose proofs execution environments can read and write: maps of 32 bytes to 32 bytes. */
export const SESSION_BACKENDS: ReadonlyMap<string, SessionBackend> = new Map(
  [sparse, ssz, patricia, radix].map((backend) => [backend.name, backend]),
);

export const PROOF_BACKENDS: ReadonlyMap<string, ProofBackend> = new Map<string, ProofBackend>([
  ...SESSION_BACKENDS,
  [state.name, state],
]);
