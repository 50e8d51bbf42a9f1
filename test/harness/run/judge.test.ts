import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firstDifference } from "../../../harness/json/difference.ts";
import { type Judgement, judge } from "../../../harness/run/judge.ts";
import type { JsonObject, Outcome } from "../../../runners/lane.ts";
import { node } from "../../report/sample-run.ts";

const RESULT = { result: { values: [node("2"), null] } };
const ERROR = { error: ["malformed", "invalid-proof"] };

const rejected = (errorClass: string, message = ""): Outcome => ({
  kind: "error",
  class: errorClass,
  message,
  details: {},
});
const accepted = (...values: (string | null)[]): Outcome => ({ kind: "result", result: { values } });

function assertJudged(judgement: Judgement, verdict: string, reason?: RegExp): void {
  assert.equal(judgement.verdict, verdict);
  if (reason === undefined) assert.equal(judgement.reason, undefined);
  else assert.match(judgement.reason ?? "", reason);
}

describe("judge", () => {
  test("WIRE-012: only exactly the expected result passes", () => {
    assertJudged(judge(RESULT, accepted(node("2"), null)), "pass");
    assertJudged(judge(RESULT, accepted(node("3"), null)), "fail", /^a different result at \/values\/0$/);
    assertJudged(judge(RESULT, accepted(node("2"), "0x")), "fail", /at \/values\/1$/);
    assertJudged(judge(RESULT, accepted(node("2"))), "fail", /at \/values\/1, which is missing$/);
    assertJudged(judge(RESULT, accepted(node("2"), null, null)), "fail", /at \/values\/2, which is not expected$/);
  });

  test("members may come in any order", () => {
    const expected = { result: { root: node("1"), proof: "0x80" } };
    assertJudged(judge(expected, { kind: "result", result: { proof: "0x80", root: node("1") } }), "pass");
  });

  test("the preferred class passes; another listed one passes with a note", () => {
    assert.deepEqual(judge(ERROR, rejected("malformed")), { verdict: "pass" });
    const other = judge(ERROR, rejected("invalid-proof"));
    assert.equal(other.verdict, "pass");
    assert.match(other.note ?? "", /rejected as invalid-proof; malformed is preferred/);
  });

  test("expected details must be present, others may be", () => {
    const expected = { error: ["invalid-module"], details: { reason: "limit" } };
    const answer = (details: JsonObject): Outcome =>
      ({ ...rejected("invalid-module", "too long"), details }) as Outcome;
    assertJudged(judge(expected, answer({ reason: "limit", offset: 9 })), "pass");
    assertJudged(
      judge(expected, answer({ reason: "type" })),
      "fail",
      /^rejected \(invalid-module: too long\) with "type" as details.reason; expected "limit"$/,
    );
    assertJudged(judge(expected, answer({})), "fail", /with no value as details.reason/);
  });

  test("a class that is not listed fails, and so do unsupported and internal", () => {
    assertJudged(
      judge(ERROR, rejected("incomplete", "too short")),
      "fail",
      /^rejected as incomplete: too short; expected malformed or invalid-proof$/,
    );
    assertJudged(judge(ERROR, rejected("internal")), "fail", /^answered internal; expected to be rejected as/);
    assertJudged(judge(ERROR, rejected("unsupported")), "fail", /^answered unsupported/);
  });

  test("a rejection instead of a result fails, and a result instead of a rejection", () => {
    assertJudged(judge(RESULT, rejected("incomplete")), "fail", /^rejected \(incomplete\); expected a result$/);
    assertJudged(
      judge(ERROR, accepted(null)),
      "fail",
      /^accepted; expected to be rejected as malformed or invalid-proof$/,
    );
  });

  test("a missing answer never counts as a rejection", () => {
    const crash: Outcome = { kind: "crash", exitCode: null, signal: "SIGSEGV", message: "was ended by SIGSEGV" };
    assertJudged(judge(ERROR, crash), "crash", /^was ended by SIGSEGV$/);
    assertJudged(judge(ERROR, { kind: "timeout", timeoutMs: 5 }), "timeout", /^no answer within 5 ms$/);
    const fault: Outcome = { kind: "protocol-fault", pointer: "/result", message: "must be object" };
    assertJudged(judge(ERROR, fault), "protocol-fault", /at \/result: must be object$/);
    assertJudged(judge(ERROR, { kind: "not-run", reason: "it does not start" }), "skip", /^it does not start$/);
  });

  test("a long message is shortened in the reason", () => {
    const { reason = "" } = judge(RESULT, rejected("internal", "x".repeat(1e6)));
    assert.ok(reason.length < 400);
    assert.match(reason, /999700 more characters/);
  });
});

describe("the first difference", () => {
  test("is as deep as possible, with pointers escaped under RFC 6901", () => {
    const difference = firstDifference({ "a/b": [{ "~": 1 }] }, { "a/b": [{ "~": 2 }] });
    assert.deepEqual(difference, { pointer: "/a~1b/0/~0", expected: 1, actual: 2 });
  });

  test("is the whole value if the types differ", () => {
    assert.deepEqual(firstDifference([1], { 0: 1 }), { pointer: "", expected: [1], actual: { 0: 1 } });
    assert.deepEqual(firstDifference({ a: null }, { a: [] }), { pointer: "/a", expected: null, actual: [] });
  });
});
