import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "yaml";
import { VECTOR_FOLDER, vectorFilePaths } from "../../../harness/cases/load.ts";
import { expandRecipes } from "../../../harness/cases/recipes.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import type { Engine } from "../../../reference/runtime/engine.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";
import type { JsonObject } from "../../../runners/lane.ts";
import { isInPart, partName } from "../../sample.ts";

const FEWEST_EXECUTIONS = 2000;

const ONE_IN = 4;

interface VectorFile {
  readonly cases: readonly { readonly id: string; readonly call: string; readonly params: JsonObject }[];
}

function answerOf(engine: Engine, call: string, params: JsonObject): unknown {
  try {
    return callMethod(call, params, { engines: [engine] });
  } catch (error) {
    if (error instanceof ProofError) return [error.class, error.details];
    throw error;
  }
}

describe("executions of the vectors", () => {
  it(`have the same result in the interpreter and in V8: ${partName(ONE_IN)}`, () => {
    const [interpreter, v8] = [createInterpreter(), createV8Engine()];
    const folder = join(VECTOR_FOLDER, "runtime");
    let executions = 0;
    for (const path of vectorFilePaths(folder).filter((name) => !name.startsWith("validate/"))) {
      const { cases } = parse(readFileSync(join(folder, path), "utf8")) as VectorFile;
      for (const { id, call, params } of cases) {
        executions++;
        if (!isInPart(executions, ONE_IN)) continue;
        const expanded = expandRecipes(params) as JsonObject;
        assert.deepEqual(answerOf(interpreter, call, expanded), answerOf(v8, call, expanded), `${path} ${id}`);
      }
    }
    assert.ok(executions >= FEWEST_EXECUTIONS, `${executions} executions`);
  });
});
