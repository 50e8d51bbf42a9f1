/** The one list of proof backends. A new backend is a new folder, a line here, and vectors. */
import type { ProofBackend } from "./backend.ts";
import { ssz } from "./ssz/ssz.ts";

export const PROOF_BACKENDS: ReadonlyMap<string, ProofBackend> = new Map([[ssz.name, ssz]]);
