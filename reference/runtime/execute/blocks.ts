/** Runs blocks in order over several environments, each with its own state. */
import type { Bytes32 } from "../../core/bytes.ts";
import { ProofError } from "../../core/errors.ts";
import type { Engine } from "../engine.ts";
import type { LibraryCode } from "../validate/program.ts";
import type { ExecutionResult, ProvenState } from "./request.ts";
import { execute } from "./stateless.ts";

export interface Block {
  /** Index of the environment in the list. */
  readonly environment: number;
  readonly blockData: Uint8Array;
  readonly state?: ProvenState;
}

export interface BlocksRequest {
  /** The code of each environment. */
  readonly environments: readonly Uint8Array[];
  readonly libraries: readonly LibraryCode[];
  /** The root of each environment, by its index. */
  readonly preStateRoots: readonly Bytes32[];
  readonly blocks: readonly Block[];
  /** The limit of each block. */
  readonly gasLimit: bigint;
}

/** A block was either executed, or rejected without any effect. */
export type BlockOutcome =
  | { readonly kind: "executed"; readonly result: ExecutionResult }
  | { readonly kind: "rejected"; readonly error: ProofError };

export interface BlocksResult {
  readonly postStateRoots: readonly Bytes32[];
  /** The deposits of all blocks, in the order of the blocks. */
  readonly deposits: readonly Uint8Array[];
  readonly outcomes: readonly BlockOutcome[];
}

/**
 * Runs a list of blocks. A rejected block leaves every root as it is, and the next block runs.
 *
 * Errors: invalid-argument for a block of an unknown environment, before any block is executed; NodeFault.
 */
export function runBlocks(request: BlocksRequest, engine: Engine): BlocksResult {
  const { environments, libraries, preStateRoots, blocks, gasLimit } = request;
  if (preStateRoots.length !== environments.length) {
    throw new ProofError("invalid-argument", `${environments.length} environments and ${preStateRoots.length} roots`);
  }
  for (const [index, { environment }] of blocks.entries()) {
    if (environments[environment] !== undefined) continue;
    throw new ProofError("invalid-argument", `block ${index} is for the unknown environment ${environment}`, {
      block: index,
    });
  }
  const roots = [...preStateRoots];
  const outcomes = blocks.map(({ environment, blockData, state }) => {
    const outcome = outcomeOf(() =>
      execute(
        {
          code: environments[environment],
          libraries,
          preStateRoot: roots[environment],
          blockData,
          gasLimit,
          ...(state === undefined ? {} : { state }),
        },
        engine,
      ),
    );
    if (outcome.kind === "executed") roots[environment] = outcome.result.postStateRoot;
    return outcome;
  });
  const deposits = outcomes.flatMap((outcome) => (outcome.kind === "executed" ? outcome.result.deposits : []));
  return { postStateRoots: roots, deposits, outcomes };
}

/** Errors: NodeFault. */
export function outcomeOf(act: () => ExecutionResult): BlockOutcome {
  try {
    return { kind: "executed", result: act() };
  } catch (error) {
    if (error instanceof ProofError) return { kind: "rejected", error };
    throw error;
  }
}
