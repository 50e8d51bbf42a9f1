import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../../harness/run/judge.ts";
import { ERROR_CLASSES } from "../../reference/core/errors.ts";
import { type Outcome, StartError } from "../../runners/lane.ts";
import { checkMessage, loadMessageSchemas } from "../../runners/messages.ts";
import { answered, BAD, bad, callsWithBad, finish, get, kindsOf, misbehaving, right } from "./misbehaving.ts";

// One test for each requirement of the conversation itself, which no vector can check: see vectors/requirements.yaml.

async function kindOf(misbehaviour: string): Promise<string> {
  const { outcomes } = await finish(misbehaving("none"), [bad(misbehaviour)]);
  return (outcomes[0] as Outcome).kind;
}

test("WIRE-003 repeated members and numbers that are no plain integers are protocol faults", async () => {
  for (const misbehaviour of ["duplicate-member", "duplicate-id", "fraction", "exponent", "minus-zero"]) {
    assert.equal(await kindOf(misbehaviour), "protocol-fault", misbehaviour);
  }
});

test("WIRE-004 anything on stdout that is no message is a protocol fault, and stderr never is", async () => {
  for (const misbehaviour of ["garbage", "bad-utf8", "batch"]) {
    assert.equal(await kindOf(misbehaviour), "protocol-fault", misbehaviour);
  }
  const { outcomes } = await finish(misbehaving("mutter"), [get(BAD)]);
  assert.equal(outcomes[0]?.kind, "result");
});

test("WIRE-005 answers are matched by id, and a second answer breaks the session", async () => {
  const reversed = await finish(misbehaving("reversed", { window: 4 }, "4"), callsWithBad(8, -1));
  assert.deepEqual(
    reversed.outcomes,
    Array.from({ length: 8 }, (_, index) => right(index)),
  );
  const twice = await finish(misbehaving("twice"), [get(BAD)]);
  assert.deepEqual([twice.outcomes, kindsOf(twice.events)], [[answered(BAD)], ["fault duplicate-answer"]]);
});

test("WIRE-006 a wrong answer to initialize keeps the run from starting", async () => {
  await assert.rejects(finish(misbehaving("wrong-initialize"), []), (error) => {
    return error instanceof StartError && error.message.includes("/protocol");
  });
});

test("WIRE-007 a process that ignores shutdown is ended and noted", async () => {
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

test("WIRE-011 an error has one of the closed list of classes", async () => {
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

test("WIRE-012 no outcome of a key passes for another", () => {
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
