/** Executes a block of an environment in both engines, which must agree, and returns the outcome. */
import assert from "node:assert/strict";
import { type Bytes32, fromHex, toHex } from "../../reference/core/bytes.ts";
import { type ErrorDetails, ProofError } from "../../reference/core/errors.ts";
import type { Engine } from "../../reference/runtime/engine.ts";
import type { ProvenState } from "../../reference/runtime/execute/request.ts";
import { execute } from "../../reference/runtime/execute/stateless.ts";
import { createInterpreter } from "../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../reference/runtime/v8/engine.ts";

export const V8 = createV8Engine();
export const INTERPRETER = createInterpreter();

export interface Ended {
  /** Hex; missing for a block that failed. */
  readonly root?: string;
  readonly deposits?: readonly string[];
  readonly gas?: bigint;
  readonly error?: { readonly class: string; readonly details: ErrorDetails };
}

export interface BlockOf {
  readonly code: Uint8Array;
  readonly root: string;
  readonly data: Uint8Array;
  readonly gasLimit?: bigint;
  readonly state?: ProvenState;
}

export function bytes(hex: string): Uint8Array {
  const read = fromHex(hex);
  assert.ok(read !== undefined, hex);
  return read;
}

export function run(engine: Engine, { code, root, data, gasLimit = 10n ** 10n, state }: BlockOf): Ended {
  const block = { code, libraries: [], preStateRoot: bytes(root) as Bytes32, blockData: data, gasLimit };
  try {
    const result = execute({ ...block, ...(state === undefined ? {} : { state }) }, engine);
    return { root: toHex(result.postStateRoot), deposits: result.deposits.map(toHex), gas: result.gasUsed };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return { error: { class: error.class, details: error.details } };
  }
}

/** Errors: an assertion when the engines differ. */
export function runInBoth(block: BlockOf): Ended {
  const ended = run(V8, block);
  assert.deepEqual(run(INTERPRETER, block), ended);
  return ended;
}
