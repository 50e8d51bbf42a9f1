/** Each engine by itself gives the answers of the vectors of gas and stack. On the wire the second one stands in for the first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadVectors } from "../../../harness/load.ts";
import { expectsResult } from "../../../harness/vector.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import type { Engine } from "../../../reference/runtime/engine.ts";
import { callRuntimeMethod } from "../../../reference/wire/runtime-methods.ts";
import { ENGINES } from "./metered.ts";

const FEWEST_CASES = 370;

function answer(engine: Engine, method: string, params: unknown): unknown {
  try {
    return { result: callRuntimeMethod(method, params, undefined, [engine]) };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return { error: [error.class], details: error.details };
  }
}

for (const engine of ENGINES) {
  test(`the vectors of gas and stack, in ${engine.name} alone`, async () => {
    const { cases } = await loadVectors();
    const ours = cases.filter(({ suite }) => suite === "runtime/meter");
    assert.ok(ours.length >= FEWEST_CASES, `${ours.length} cases`);
    for (const { id, call, params, expect } of ours) {
      const { error, details, result } = expect as Record<string, unknown>;
      assert.deepEqual(answer(engine, call, params), expectsResult(expect) ? { result } : { error, details }, id);
    }
  });
}
