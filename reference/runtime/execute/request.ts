/** What an execution is asked for, and what it gives. */
import type { Bytes32 } from "../../core/bytes.ts";
import type { EncodedProof, ProofContext, SessionBackend } from "../../proofs/backend.ts";
import type { LogItem } from "../host/execution.ts";
import type { Entry } from "../storage/recorder.ts";
import type { LibraryCode } from "../validate/program.ts";

export interface ExecutionRequest {
  readonly code: Uint8Array;
  readonly libraries: readonly LibraryCode[];
  readonly preStateRoot: Bytes32;
  readonly blockData: Uint8Array;
  /** Below 2^63. */
  readonly gasLimit: bigint;
}

/** State as a proof shows it. */
export interface ProvenState {
  readonly backend: SessionBackend;
  readonly context: ProofContext;
  readonly proof: EncodedProof;
}

/** State as a whole map; the context's encoding is that of the proof to be made. */
export interface WholeState {
  readonly backend: SessionBackend;
  readonly context: ProofContext;
  readonly entries: readonly Entry[];
}

export interface ExecutionResult {
  readonly postStateRoot: Bytes32;
  /** 184 bytes each, in the order in which they were made. */
  readonly deposits: readonly Uint8Array[];
  readonly gasUsed: bigint;
  readonly log: readonly LogItem[];
}
