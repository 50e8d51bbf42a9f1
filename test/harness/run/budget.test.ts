import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadVectors } from "../../../harness/cases/load.ts";
import { proofLength } from "../../../harness/cases/proof-length.ts";
import { matchId } from "../../../harness/cases/select.ts";
import type { VectorCase } from "../../../harness/cases/vector.ts";
import { budgetTotals } from "../../../harness/run/budget.ts";
import { exitCodeOf } from "../../../harness/run/outcome.ts";
import { type ImplementationRun, runImplementation } from "../../../harness/run/run-cases.ts";
import * as reference from "../../../harness/subject/reference-module.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";
import { buildReport } from "../../../report/json/report.ts";
import { PLAIN } from "../../../report/text/layout.ts";
import { summaryText } from "../../../report/text/run.ts";
import { createInProcessLane, type InProcessImplementation } from "../../../runners/in-process.ts";

const { cases } = await loadVectors();
const selected = cases.filter(({ id }) => matchId("proof/{ssz,sparse}/compact/honest/**")(id));

const run = (implementation: InProcessImplementation, vectors: readonly VectorCase[]): Promise<ImplementationRun> =>
  runImplementation(createInProcessLane(implementation), { cases: vectors });

describe("budgets", () => {
  test("one extra hash is over budget, with exit code 4", async () => {
    const wasteful: InProcessImplementation = {
      ...reference,
      call(method, params, host) {
        host.sha256(new Uint8Array(64));
        return reference.call(method, params, host);
      },
    };
    const result = await run(wasteful, selected);
    const bounded = result.records.filter(({ vector }) => vector.budget?.hashes !== undefined);
    assert.ok(bounded.length > 0);
    for (const { verdict, reason } of bounded) {
      assert.equal(verdict, "over-budget");
      assert.match(reason ?? "", /^right, but with [0-9]+ hashes; expected at most [0-9]+$/);
    }
    assert.equal(exitCodeOf([result]), 4);
  });

  test("a wrong answer fails, whatever its number of hashes", async () => {
    const wrong: InProcessImplementation = {
      ...reference,
      call: (_method, _params, host) => {
        for (let n = 0; n < 1000; n++) host.sha256(new Uint8Array(64));
        return { root: `0x${"00".repeat(32)}` };
      },
    };
    const roots = selected.filter(({ call }) => call === "proof/root");
    const { records } = await run(wrong, roots);
    assert.ok(records.every(({ verdict, budget }) => verdict === "fail" && budget === undefined));
  });

  test("uncounted hashes are reported as not measured, never as met", async () => {
    const { hashesThroughHost: _, ...uncounted } = reference;
    const result = await run(uncounted, selected);
    const [hashes, proofBytes] = budgetTotals(result.records.flatMap(({ budget = [] }) => budget));
    assert.deepEqual([hashes.met, hashes.over, hashes.notMeasured], [0, 0, hashes.bounded]);
    assert.equal(hashes.leastHeadroom, undefined);
    // The harness measures the proof itself.
    assert.deepEqual([proofBytes.met, proofBytes.notMeasured], [proofBytes.bounded, 0]);
    const style = PLAIN;
    const text = summaryText({ name: "under test", run: result }, style).join("\n");
    assert.match(text, /hashes +[0-9]+ +0 +0 +[0-9]+ +– +–/);
    assert.match(text, /the in-process lane cannot count hashes here/);
    const [implementation] = buildReport([{ name: "under test", run: result }]).implementations;
    assert.deepEqual((implementation.budgets as { hashes: object }).hashes, {
      bounded: hashes.bounded,
      met: 0,
      over: 0,
      notMeasured: hashes.bounded,
    });
  });

  test("a module that declares hashing through the host, but does not do it, is not measured", async () => {
    const secretive: InProcessImplementation = {
      ...reference,
      call: (method, params) => callMethod(method, params),
    };
    const result = await run(secretive, selected);
    const [{ met, over, notMeasured, bounded }] = budgetTotals(result.records.flatMap(({ budget = [] }) => budget));
    // A proof of only the root needs no hash.
    const free = selected.filter(({ budget }) => budget?.hashes === 0).length;
    assert.deepEqual({ met, over, notMeasured }, { met: free, over: 0, notMeasured: bounded - free });
  });

  test("headroom is the unused part of a bound, with minimum and median", () => {
    const lines = [
      { unit: "hashes", bound: 10, measured: 9 },
      { unit: "hashes", bound: 10, measured: 5 },
      { unit: "hashes", bound: 10, measured: 0 },
      { unit: "hashes", bound: 10, measured: 11 },
      { unit: "hashes", bound: 0, measured: 0 },
      { unit: "hashes", bound: 7 },
    ] as const;
    assert.deepEqual(budgetTotals(lines), [
      { unit: "hashes", bounded: 6, met: 4, over: 1, notMeasured: 1, leastHeadroom: 0, medianHeadroom: 50 },
    ]);
  });

  test("the length of a proof is its bytes, or its nodes and the minimal bytes of its indices", () => {
    assert.equal(proofLength("0x"), 0);
    assert.equal(proofLength("0x0102"), 2);
    const node = `0x${"ab".repeat(32)}`;
    assert.equal(proofLength({ gindices: ["0x4", "0x123"], leaves: [node, node], helpers: [node] }), 1 + 2 + 96);
  });
});
