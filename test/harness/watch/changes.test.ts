import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "../../../harness/run/judge.ts";
import { changesOf, failingIds, updated } from "../../../harness/watch/changes.ts";
import { sampleCase, sampleRecord, sampleRun } from "../../report/sample-run.ts";

const BEFORE = new Map<string, Verdict>([
  ["fixed", "fail"],
  ["known", "crash"],
  ["skipped", "timeout"],
  ["undeclared", "fail"],
  ["same", "fail"],
  ["broken", "pass"],
  ["well", "pass"],
  ["elsewhere", "fail"],
]);

const record = (id: string, verdict: Verdict) => sampleRecord({ vector: sampleCase({ id }), verdict });
const { outcome: _, ...skipped } = record("skipped", "skip");
const RUN = sampleRun({
  records: [
    record("new", "fail"),
    record("broken", "crash"),
    record("fixed", "pass"),
    record("known", "known-failure"),
    skipped,
    record("same", "unexpected-pass"),
    record("well", "pass"),
  ],
  undeclared: [sampleCase({ id: "undeclared" })],
});

test("a case that failed is fixed only when it passes", () => {
  assert.deepEqual(changesOf(BEFORE, RUN), {
    "newly fixed": ["fixed"],
    "now known to fail": ["known"],
    "no longer run": ["skipped", "undeclared"],
    "still failing": ["same"],
    "newly failing": ["new", "broken"],
  });
});

test("verdicts of cases that were not selected stay as they were", () => {
  const after = updated(BEFORE, RUN);
  assert.equal(after.get("elsewhere"), "fail");
  assert.equal(after.has("undeclared"), false, "a case that no longer runs has no verdict");
  assert.deepEqual([...failingIds(after)].sort(), ["broken", "elsewhere", "new", "same"]);
});
