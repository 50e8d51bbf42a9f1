import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../../harness/run/judge.ts";
import { ERROR_CLASSES } from "../../reference/core/errors.ts";
import { type Outcome, StartError } from "../../runners/lane.ts";
import { checkMessage, loadMessageSchemas } from "../../runners/messages.ts";
import { answered, BAD, bad, callsWithBad, finish, get, kindsOf, misbehaving, right } from "./misbehaving.ts";

// One test for each requirement on the conversation itself, which no vector can check: see vectors/requirements.yaml.

async function kindOf(misbehaviour: string): Promise<string> {
  const { outcomes } = await finish(misbehaving("none"), [bad(misbehaviour)]);
  return (outcomes[0] as Outcome).kind;
}

test("WIRE-003 a repeated member is a protocol fault", async () => {
  for (const misbehaviour of ["duplicate-member", "duplicate-id"]) {
    assert.equal(await kindOf(misbehaviour), "protocol-fault", misbehaviour);
  }
});

test("WIRE-016 a number with a fraction, an exponent or a minus sign before zero is a protocol fault", async () => {
  for (const misbehaviour of ["fraction", "exponent", "minus-zero"]) {
    assert.equal(await kindOf(misbehaviour), "protocol-fault", misbehaviour);
  }
});

test("WIRE-017 null is valid only where a value can be absent", async () => {
  await loadMessageSchemas();
  assert.equal(checkMessage("getResult", { values: [null] }), undefined);
  assert.equal(checkMessage("getResult", { values: null })?.pointer, "/values");
  assert.equal(checkMessage("rootResult", { root: null })?.pointer, "/root");
  assert.notEqual(checkMessage("response", { jsonrpc: "2.0", id: 1, result: {}, error: null }), undefined);
});

test("WIRE-004 a line that is not UTF-8, and several messages on one line, are protocol faults", async () => {
  for (const misbehaviour of ["bad-utf8", "batch"]) {
    assert.equal(await kindOf(misbehaviour), "protocol-fault", misbehaviour);
  }
});

test("WIRE-018 a line on stdout that is not a message is a protocol fault, and text on stderr never is", async () => {
  assert.equal(await kindOf("garbage"), "protocol-fault");
  const { outcomes } = await finish(misbehaving("mutter"), [get(BAD)]);
  assert.equal(outcomes[0]?.kind, "result");
});

test("WIRE-005 a response with the id of no request breaks the session", async () => {
  const { outcomes, events } = await finish(misbehaving("unknown-id"), [get(BAD)]);
  assert.deepEqual([outcomes, kindsOf(events)], [[answered(BAD)], ["fault unknown-id"]]);
});

test("WIRE-019 a second response to a request breaks the session", async () => {
  const { outcomes, events } = await finish(misbehaving("twice"), [get(BAD)]);
  assert.deepEqual([outcomes, kindsOf(events)], [[answered(BAD)], ["fault duplicate-answer"]]);
});

test("WIRE-020 responses in any order are matched by id", async () => {
  const { outcomes, events } = await finish(misbehaving("reversed", { window: 4 }, "4"), callsWithBad(8, -1));
  assert.deepEqual(
    outcomes,
    Array.from({ length: 8 }, (_, index) => right(index)),
  );
  assert.deepEqual(events, []);
});

test("WIRE-006 a wrong response to initialize keeps the run from starting", async () => {
  await assert.rejects(finish(misbehaving("wrong-initialize"), []), (error) => {
    return error instanceof StartError && error.message.includes("/protocol");
  });
});

test("WIRE-007 a process that exits without a response to shutdown is noted", async () => {
  const { events } = await finish(misbehaving("unanswered-shutdown"), []);
  assert.deepEqual(kindsOf(events), ["note shutdown-ignored"]);
});

test("WIRE-021 a process that is alive after shutdown is killed and noted", async () => {
  const { events } = await finish(misbehaving("ignore-shutdown", { shutdownMs: 200 }), []);
  assert.deepEqual(kindsOf(events), ["note shutdown-ignored"]);
});

test("WIRE-008 a message above the bound is a protocol fault, and one within it is read", async () => {
  const long = `0x${"ab".repeat(5000)}`;
  const within = await finish(misbehaving("none", { maxMessageBytes: 20_000 }), [get(long)]);
  const above = await finish(misbehaving("none", { maxMessageBytes: 5_000 }), [get(long)]);
  assert.deepEqual([within.outcomes[0]?.kind, above.outcomes[0]?.kind], ["result", "protocol-fault"]);
});

test("WIRE-009 JSON-RPC's own error codes are protocol faults", async () => {
  assert.equal(await kindOf("not-found"), "protocol-fault");
});

test("WIRE-010 a result of another shape is a protocol fault", async () => {
  assert.equal(await kindOf("wrong-result"), "protocol-fault");
  assert.equal(await kindOf("result-and-error"), "protocol-fault");
});

test("WIRE-011 an error with a class outside the closed list is a protocol fault", async () => {
  await loadMessageSchemas();
  const error = (name: string): object => ({ code: -32000, message: "", data: { class: name } });
  for (const name of ERROR_CLASSES)
    assert.equal(checkMessage("response", { jsonrpc: "2.0", id: 1, error: error(name) }), undefined);
  assert.equal(
    checkMessage("response", { jsonrpc: "2.0", id: 1, error: error("forged") })?.pointer,
    "/error/data/class",
  );
  assert.equal(await kindOf("unknown-class"), "protocol-fault");
});

test("WIRE-012 no outcome of a key passes where another is expected", () => {
  const root = `0x${"00".repeat(32)}`;
  const outcomes: Readonly<Record<string, Outcome>> = {
    value: { kind: "result", result: { values: [root] } },
    absent: { kind: "result", result: { values: [null] } },
    incomplete: { kind: "error", class: "incomplete", message: "", details: {} },
    "invalid-proof": { kind: "error", class: "invalid-proof", message: "", details: {} },
    crash: { kind: "crash", exitCode: 1, signal: null, message: "" },
    timeout: { kind: "timeout", timeoutMs: 1 },
    fault: { kind: "protocol-fault", pointer: "", message: "" },
  };
  const expectations = {
    value: { result: { values: [root] } },
    absent: { result: { values: [null] } },
    incomplete: { error: ["incomplete"] },
    "invalid-proof": { error: ["invalid-proof"] },
  };
  for (const [expected, expectation] of Object.entries(expectations)) {
    const passing = Object.keys(outcomes).filter(
      (name) => judge(expectation, outcomes[name] as Outcome).verdict === "pass",
    );
    assert.deepEqual(passing, [expected]);
  }
});
