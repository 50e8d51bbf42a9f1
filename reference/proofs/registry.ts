/** The one list of proof backends. A new backend is a new folder, a line here, and vectors. */
import type { ProofBackend } from "./backend.ts";
import { patricia } from "./patricia/patricia.ts";
import { radix } from "./radix/radix.ts";
import { sparse } from "./sparse/sparse.ts";
import { ssz } from "./ssz/ssz.ts";
import { state } from "./state/state.ts";

export const PROOF_BACKENDS: ReadonlyMap<string, ProofBackend> = new Map(
  [sparse, ssz, patricia, radix, state].map((backend) => [backend.name, backend]),
);
