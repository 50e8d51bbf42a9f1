/** Runs a test file of Scout and compares the outcome with the file. */
import { equalBytes } from "../../reference/core/bytes.ts";
import {
  type BlockOutcome,
  type BlocksRequest,
  type BlocksResult,
  runBlocks,
} from "../../reference/runtime/execute/blocks.ts";
import { NodeFault } from "../../reference/runtime/faults.ts";
import { createInterpreter } from "../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../reference/runtime/v8/engine.ts";
import type { ScoutTest } from "./scout-file.ts";

export interface ScoutOptions {
  /** Of each block. */
  readonly gasLimit: bigint;
  /** Whether the pushed deposits must equal the list of the file, in the same order. */
  readonly exactDeposits: boolean;
}

export interface StateComparison {
  readonly environment: number;
  readonly expected: Uint8Array;
  readonly actual: Uint8Array;
  readonly isEqual: boolean;
}

export interface DepositComparison {
  readonly expected: readonly Uint8Array[];
  readonly actual: readonly Uint8Array[];
  /** Expected deposits that were not pushed. */
  readonly missing: readonly Uint8Array[];
  /** Whether both lists are equal. */
  readonly isEqual: boolean;
}

export interface ScoutResult {
  readonly blocks: readonly (BlockOutcome & { readonly environment: number })[];
  readonly states: readonly StateComparison[];
  /** Undefined if the file does not list deposits. */
  readonly deposits: DepositComparison | undefined;
  readonly passed: boolean;
}

/** Errors: NodeFault. */
export function runScout(test: ScoutTest, { gasLimit, exactDeposits }: ScoutOptions): ScoutResult {
  const { environments, libraries, preStateRoots, blocks } = test;
  const run = runOnEitherEngine({ environments, libraries, preStateRoots, blocks, gasLimit });
  const states = test.postStateRoots.map((expected, environment) => {
    const actual = run.postStateRoots[environment];
    return { environment, expected, actual, isEqual: equalBytes(expected, actual) };
  });
  const deposits = test.deposits === undefined ? undefined : compareDeposits(test.deposits, run.deposits);
  const depositsPass = deposits === undefined || (exactDeposits ? deposits.isEqual : deposits.missing.length === 0);
  const ran = run.outcomes.every(({ kind }) => kind === "executed");
  return {
    blocks: run.outcomes.map((outcome, index) => ({ ...outcome, environment: blocks[index].environment })),
    states,
    deposits,
    passed: ran && depositsPass && states.every(({ isEqual }) => isEqual),
  };
}

/** The depth of nested calls in V8 depends on the machine, so the interpreter repeats a run that fails there. */
function runOnEitherEngine(request: BlocksRequest): BlocksResult {
  try {
    return runBlocks(request, createV8Engine());
  } catch (error) {
    if (!(error instanceof NodeFault)) throw error;
    return runBlocks(request, createInterpreter());
  }
}

/** Compares as Scout does: an expected deposit is found if any pushed deposit equals it. */
function compareDeposits(expected: readonly Uint8Array[], actual: readonly Uint8Array[]): DepositComparison {
  const missing = expected.filter((one) => !actual.some((other) => equalBytes(one, other)));
  const isEqual =
    expected.length === actual.length && expected.every((deposit, index) => equalBytes(deposit, actual[index]));
  return { expected, actual, missing, isEqual };
}
