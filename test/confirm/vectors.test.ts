import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { expandForConfirmation } from "./expand.ts";
import { type Json, NaiveError, naiveCall } from "./naive-ssz.ts";
import { pmtConfirms } from "./pmt.ts";

// This file reads the vectors as they lie on disk and shares no code with what wrote them.
const VECTORS = fileURLToPath(new URL("../../../vectors/proof/ssz/", import.meta.url));

interface Case {
  readonly id: string;
  readonly call: string;
  readonly params: Json;
  readonly expect: { readonly result?: Json; readonly error?: readonly string[] };
}

interface VectorFile {
  readonly suite: string;
  readonly theme: string;
  readonly "confirmed-by": readonly string[];
  readonly cases: readonly Case[];
}

const files = readdirSync(VECTORS, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => parse(readFileSync(join(VECTORS, name), "utf8")) as VectorFile);

function naiveOutcome(call: string, params: Json): { result: Json } | { error: string } {
  try {
    return { result: naiveCall(call, params) };
  } catch (error) {
    if (error instanceof NaiveError) return { error: error.class };
    throw error;
  }
}

test("the naive implementation agrees with every ssz vector", () => {
  let confirmed = 0;
  for (const { suite, theme, cases } of files) {
    for (const { id, call, params, expect } of cases) {
      const outcome = naiveOutcome(call, expandForConfirmation(params));
      const place = `${suite}/${theme}/${id}`;
      if (expect.error !== undefined) {
        assert.ok(
          "error" in outcome && expect.error.includes(outcome.error),
          `${place}: ${JSON.stringify(outcome).slice(0, 200)}`,
        );
      } else {
        assert.deepEqual(outcome, { result: expandForConfirmation(expect.result as Json) }, place);
      }
      confirmed += 1;
    }
  }
  assert.ok(confirmed > 3000, `${confirmed} vectors`);
});

test("persistent-merkle-tree agrees with every result it can express, and with some in every file that names it", () => {
  for (const file of files) {
    const named = file["confirmed-by"].some((name) => name.includes("persistent-merkle-tree"));
    let confirmed = 0;
    for (const { id, call, params, expect } of file.cases) {
      if (expect.result === undefined) continue;
      const agrees = pmtConfirms(call, expandForConfirmation(params), expandForConfirmation(expect.result));
      if (agrees === undefined) continue;
      assert.equal(agrees, true, `${file.suite}/${file.theme}/${id}`);
      confirmed += 1;
    }
    assert.ok(
      !named || confirmed > 0,
      `${file.suite}/${file.theme} names the library, but it can express none of its results`,
    );
  }
});
