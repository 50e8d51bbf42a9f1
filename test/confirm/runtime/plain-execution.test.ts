import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { plainEnd } from "./plain-execution.ts";

const VECTORS = fileURLToPath(new URL("../../../../vectors/runtime/execute/", import.meta.url));
const FEWEST_CASES = 260;

interface VectorFile {
  readonly cases: readonly {
    readonly id: string;
    readonly params: { readonly code: string; readonly preStateRoot: string };
    readonly expect: {
      readonly result?: { readonly postStateRoot: string; readonly deposits: []; readonly log: [] };
      readonly error?: readonly string[];
      readonly details?: { readonly reason: string };
    };
  }[];
}

test("environments from the vectors of instructions have the expected outcome in an engine without metering", () => {
  let confirmed = 0;
  for (const file of readdirSync(VECTORS)) {
    const { cases } = parse(readFileSync(join(VECTORS, file), "utf8")) as VectorFile;
    for (const { id, params, expect } of cases) {
      assert.equal(plainEnd(params.code), expect.details?.reason, `${file} ${id}`);
      const { result } = expect;
      if (result === undefined) assert.deepEqual(expect.error, ["trap"], id);
      else assert.deepEqual([result.postStateRoot, result.deposits, result.log], [params.preStateRoot, [], []], id);
      confirmed++;
    }
  }
  assert.ok(confirmed >= FEWEST_CASES, `${confirmed} cases`);
});
