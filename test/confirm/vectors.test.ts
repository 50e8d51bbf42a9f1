import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isThorough, partName } from "../sample.ts";
import { expandForConfirmation } from "./expand.ts";
import { parseParts } from "./part-of-file.ts";
import { naivePatriciaCall } from "./patricia/patricia.ts";
import { naiveRadixCall } from "./radix/radix.ts";
import { naiveSparseCall } from "./sparse/sparse.ts";
import { pmtConfirms } from "./ssz/pmt.ts";
import { naiveCall } from "./ssz/ssz.ts";
import { naiveStateCall } from "./state/state.ts";
import { type Json, NaiveError } from "./values.ts";

// This file reads the vectors from the files and shares no code with their generators.
const VECTORS = fileURLToPath(new URL("../../../vectors/proof/", import.meta.url));

const ONE_IN = 12;

const BACKENDS: { readonly [name: string]: (method: string, params: Json) => Json } = {
  ssz: naiveCall,
  sparse: naiveSparseCall,
  patricia: naivePatriciaCall,
  radix: naiveRadixCall,
  state: naiveStateCall,
};

/** By folder, so that an empty folder is noticed. */
const FEWEST_CASES: { readonly [folder: string]: number } = {
  agreement: 400,
  patricia: 8000,
  radix: 1000,
  sparse: 2500,
  ssz: 3500,
  state: 3000,
};

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

const folders = readdirSync(VECTORS)
  .sort()
  .map((name) => {
    const folder = join(VECTORS, name);
    const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name) => readFileSync(join(folder, name), "utf8"));
    const parts = parseParts<VectorFile>(texts, ONE_IN);
    const written = parts.reduce((sum, part) => sum + part.written, 0);
    return { name, written, files: parts.map(({ file }) => file) };
  });

/** Runs a case on the backend that its request names, which may differ from the folder of the vector. */
function naiveOutcome(call: string, params: Json): { result: Json } | { error: string } {
  const { backend } = params as { backend?: Json };
  // Every backend rejects the name of an unknown backend.
  const known = typeof backend === "string" && Object.hasOwn(BACKENDS, backend) ? backend : "ssz";
  const answer = BACKENDS[known] as (method: string, params: Json) => Json;
  try {
    return { result: answer(call, params) };
  } catch (error) {
    if (error instanceof NaiveError) return { error: error.class };
    throw error;
  }
}

for (const { name, written, files } of folders) {
  test(`the naive implementations agree with ${partName(ONE_IN)} ${name} vector`, () => {
    const fewestCases = FEWEST_CASES[name] ?? assert.fail(`vectors/proof/${name} is not known here`);
    let confirmed = 0;
    for (const { suite, theme, cases } of files) {
      for (const { id, call, params, expect } of cases) {
        confirmed += 1;
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
      }
    }
    assert.equal(confirmed, isThorough ? written : Math.ceil(written / ONE_IN));
    assert.ok(written >= fewestCases, `${written} vectors`);
  });
}

test(`persistent-merkle-tree agrees with ${partName(ONE_IN)} result, where it can express it`, () => {
  const ssz = folders.find(({ name }) => name === "ssz") ?? assert.fail("vectors/proof/ssz is not there");
  for (const file of ssz.files) {
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
      !named || confirmed > 0 || !isThorough,
      `${file.suite}/${file.theme} names the library, but it can express none of its results`,
    );
  }
});
