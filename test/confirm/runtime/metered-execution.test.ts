/**
 * Programs from the vectors of gas and stack have the expected outcome in an engine without metering, except when gas
 * or stack ends them.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { plainEnd } from "./plain-execution.ts";

const VECTORS = fileURLToPath(new URL("../../../../vectors/runtime/meter/", import.meta.url));
const FEWEST_PROGRAMS = 175;

interface Case {
  readonly id: string;
  readonly params: {
    readonly code: string;
    readonly preStateRoot: string;
    readonly gasLimit: string;
    readonly libraries?: unknown;
  };
  readonly expect: {
    readonly result?: { readonly postStateRoot: string; readonly gasUsed: string };
    readonly error?: readonly string[];
    readonly details?: { readonly reason?: string; readonly charged: string };
  };
}

function cases(): Case[] {
  return readdirSync(VECTORS).flatMap((file) => {
    const content = parse(readFileSync(join(VECTORS, file), "utf8")) as { cases: Case[] };
    return content.cases.map((one) => ({ ...one, id: `${file} ${one.id}` }));
  });
}

test("programs return and trap as in an engine without metering", () => {
  const ended = cases().filter(({ expect }) => expect.result !== undefined || expect.error?.[0] === "trap");
  for (const { id, params, expect } of ended) {
    if (expect.details?.reason === "stack" || params.libraries !== undefined) continue;
    assert.equal(plainEnd(params.code), expect.details?.reason, id);
    if (expect.result !== undefined) assert.equal(expect.result.postStateRoot, params.preStateRoot, id);
  }
  assert.ok(ended.length >= FEWEST_PROGRAMS, `${ended.length} programs`);
});

test("an execution is charged at least the cost of its module, and more than the limit only when it runs out of gas", () => {
  for (const { id, params, expect } of cases()) {
    const charged = BigInt(expect.result?.gasUsed ?? expect.details?.charged ?? 0);
    assert.ok(charged >= 2 * (params.code.length / 2 - 1) + 64, id);
    assert.equal(charged > BigInt(params.gasLimit), expect.error?.[0] === "out-of-gas", id);
  }
});
