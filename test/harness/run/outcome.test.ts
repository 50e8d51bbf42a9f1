import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { caseDigest } from "../../../harness/cases/digest.ts";
import { fileValidators } from "../../../harness/files/yaml-file.ts";
import { exitCodeOf, totalsOf } from "../../../harness/run/outcome.ts";
import type { CaseRecord, ImplementationRun } from "../../../harness/run/run-cases.ts";
import { buildReport } from "../../../report/json/report.ts";
import { named, sampleCase, sampleRecord, sampleRun } from "../../report/sample-run.ts";

const record = (verdict: CaseRecord["verdict"], changes: Partial<CaseRecord> = {}): CaseRecord =>
  sampleRecord({ verdict, reason: "because", ...changes });
const runOf = (...verdicts: CaseRecord["verdict"][]): ImplementationRun =>
  sampleRun({ records: verdicts.map((verdict) => record(verdict)) });
const FAULT = { severity: "fault", kind: "duplicate-answer", message: "twice" } as const;

const skipped = record("skip");
const { outcome: _, ...unsent } = skipped;

async function assertValid(report: unknown): Promise<void> {
  const { report: validate } = await fileValidators();
  assert.ok(validate(report), JSON.stringify(validate.errors));
}

describe("the exit code", () => {
  test("is 0 when every case passes, is skipped or is a known failure", () => {
    assert.equal(exitCodeOf([runOf("pass", "skip", "known-failure")]), 0);
    const note = { severity: "note", kind: "late-answer", message: "late" } as const;
    assert.equal(exitCodeOf([sampleRun({ events: [note] })]), 0);
  });

  test("is 1 for every kind of conformance failure, and for a problem of the run itself", () => {
    for (const verdict of ["fail", "crash", "timeout", "unexpected-pass"] as const) {
      assert.equal(exitCodeOf([runOf("pass", verdict, "over-budget")]), 1, verdict);
    }
    assert.equal(exitCodeOf([sampleRun({ problems: ["executed no case"] })]), 1);
  });

  test("is 3 for a broken protocol or a program that does not start, with precedence over failures", () => {
    assert.equal(exitCodeOf([runOf("fail", "protocol-fault")]), 3);
    assert.equal(exitCodeOf([sampleRun({ events: [FAULT] })]), 3);
    assert.equal(exitCodeOf([runOf("fail"), sampleRun({ status: "not-started", records: [] })]), 3);
  });

  test("is 4 when all failures are over budget", () => {
    assert.equal(exitCodeOf([runOf("pass", "over-budget")]), 4);
  });

  test("is 130 after an interruption, with precedence over everything else", () => {
    assert.equal(exitCodeOf([runOf("fail", "protocol-fault"), sampleRun({ status: "interrupted" })]), 130);
  });

  test("ignores a missing toolchain, unless every toolchain is missing", () => {
    const missing = sampleRun({ status: "skipped", records: [] });
    assert.equal(exitCodeOf([missing, runOf("pass")]), 0);
    assert.equal(exitCodeOf([missing, missing]), 1);
  });
});

describe("the JSON report", () => {
  test("is valid for every verdict and status", async () => {
    const all = [
      "pass",
      "fail",
      "skip",
      "crash",
      "timeout",
      "protocol-fault",
      "over-budget",
      "known-failure",
      "unexpected-pass",
    ] as const;
    const statuses = ["ran", "skipped", "not-started", "interrupted"] as const;
    const initialized = {
      protocol: 1,
      implementation: { name: "acme", version: "1", language: "C", url: "https://acme.example" },
      capabilities: {},
    } as const;
    const library = { name: "acme", version: "1" };
    for (const status of statuses) {
      const records = all.map((verdict) => record(verdict, { link: "l", observed: "fail", note: "n" }));
      const run = sampleRun({
        status,
        reason: "why",
        initialized,
        records: [...records, unsent],
        events: [FAULT],
        problems: ["p"],
      });
      await assertValid(buildReport([named(run, { library }), named(run)]));
    }
  });

  test("counts the executed, skipped and undeclared cases of every suite", () => {
    const helpers = sampleCase({ suite: "proof/ssz/helpers" });
    const run = sampleRun({ records: [record("pass"), record("fail"), unsent], undeclared: [helpers] });
    const [implementation] = buildReport([named(run)]).implementations;
    const compact = { selected: 3, executed: 2, skipped: 1, undeclared: 0, verdicts: { pass: 1, fail: 1, skip: 1 } };
    const other = { selected: 1, executed: 0, skipped: 0, undeclared: 1, verdicts: {} };
    assert.deepEqual(implementation.suites, { "proof/ssz/compact": compact, "proof/ssz/helpers": other });
    assert.deepEqual(implementation.totals, totalsOf(run));
  });

  test("contains answer and stderr only of failed cases", () => {
    const outcome = { kind: "crash", exitCode: 1, signal: null, message: "exited", stderr: "oops" } as const;
    const run = sampleRun({ records: [record("crash", { outcome }), record("pass")] });
    const [crashed, passed] = buildReport([named(run)]).implementations[0].cases as Record<string, unknown>[];
    assert.deepEqual(crashed.answer, { kind: "crash", exitCode: 1, signal: null, message: "exited" });
    assert.equal(crashed.stderr, "oops");
    assert.deepEqual(Object.keys(passed).sort(), ["id", "reason", "sha256", "verdict"]);
  });

  test("identifies a case by its content: the digest depends on the expectation, not on the name", () => {
    const digest = caseDigest(sampleCase());
    assert.equal(caseDigest(sampleCase({ id: "other/name", about: "other words" })), digest);
    assert.notEqual(caseDigest(sampleCase({ expect: { error: ["malformed"] } })), digest);
  });

  test("is not complete after an interruption", () => {
    assert.equal(buildReport([named(sampleRun({ status: "interrupted" }))]).complete, false);
  });
});
