/** The list of proof backends. A new backend is a folder, a line here, and vectors. */
import type { ProofBackend, SessionBackend } from "./backend.ts";
import { patricia } from "./patricia/patricia.ts";
import { radix } from "./radix/radix.ts";
import { sparse } from "./sparse/sparse.ts";
import { ssz } from "./ssz/ssz.ts";
import { state } from "./world-state/world-state.ts";

/** The backends that execution environments can use: maps of 32 bytes to 32 bytes. */
export const SESSION_BACKENDS: ReadonlyMap<string, SessionBackend> = new Map(
  [sparse, ssz, patricia, radix].map((backend) => [backend.name, backend]),
);

export const PROOF_BACKENDS: ReadonlyMap<string, ProofBackend> = new Map<string, ProofBackend>([
  ...SESSION_BACKENDS,
  [state.name, state],
]);
