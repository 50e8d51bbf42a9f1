import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { NaiveError } from "../values.ts";
import { NaiveTrap, type Params } from "./block-state.ts";
import { NaiveExecution } from "./hosts.ts";
import { trapReason } from "./plain-execution.ts";

// Reads the vectors from disk. Other tests confirm the reasons of invalid modules and the gas.
const VECTORS = fileURLToPath(new URL("../../../../vectors/runtime/", import.meta.url));

/** By folder, to notice a folder that was emptied by mistake. */
const FEWEST_CASES: Readonly<Record<string, number>> = {
  bignum: 80,
  child: 130,
  host: 440,
  record: 290,
  stateless: 300,
};

interface Case {
  readonly id: string;
  readonly call: string;
  readonly params: Params;
  readonly expect: { readonly result?: Params; readonly error?: readonly string[]; readonly details?: Params };
}

function outcomeOf({ call, params }: Case): Params {
  try {
    return { result: new NaiveExecution(call, params).run() };
  } catch (error) {
    if (error instanceof NaiveTrap) return { error: "trap", reason: error.reason };
    if (error instanceof NaiveError) return { error: error.class };
    const reason = trapReason(error);
    if (reason !== undefined) return { error: "trap", reason };
    throw error;
  }
}

for (const [folder, fewest] of Object.entries(FEWEST_CASES)) {
  test(`hosts written from the text agree with every ${folder} vector`, () => {
    let confirmed = 0;
    for (const file of readdirSync(join(VECTORS, folder))) {
      const { cases } = parse(readFileSync(join(VECTORS, folder, file), "utf8")) as { cases: Case[] };
      for (const one of cases) {
        const { result, error = [], details } = one.expect;
        if (error[0] === "invalid-module" || error[0] === "out-of-gas") continue;
        const outcome = outcomeOf(one);
        if (result !== undefined) {
          const { gasUsed, ...expected } = result;
          assert.deepEqual(outcome, { result: expected }, `${folder}/${file} ${one.id}, gas ${gasUsed}`);
        } else {
          const reason = error[0] === "trap" ? { reason: details?.reason } : {};
          assert.deepEqual(outcome, { error: error[0], ...reason }, `${folder}/${file} ${one.id}`);
        }
        confirmed += 1;
      }
    }
    assert.ok(confirmed >= fewest, `${confirmed} cases`);
  });
}
