/** The requests and the results of executions. */
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

/** The state that a proof shows. */
export interface ProvenState {
  readonly backend: SessionBackend;
  readonly context: ProofContext;
  readonly proof: EncodedProof;
}

/** The state as a whole map. The encoding of the context is that of the proof to make. */
export interface WholeState {
  readonly backend: SessionBackend;
  readonly context: ProofContext;
  readonly entries: readonly Entry[];
}

export interface ExecutionResult {
  readonly postStateRoot: Bytes32;
  /** 184 bytes each, in the order of the calls of `pushNewDeposit`. */
  readonly deposits: readonly Uint8Array[];
  readonly gasUsed: bigint;
  readonly log: readonly LogItem[];
}
