import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { ERROR_CLASSES } from "../../../reference/core/errors.ts";
import type { Outcome } from "../../../runners/lane.ts";
import {
  answered,
  BAD,
  BAD_AT,
  bad,
  callsWithBad,
  finish,
  get,
  kindsOf,
  misbehaving,
  pause,
  right,
} from "../misbehaving.ts";

const folder = mkdtempSync(join(tmpdir(), "proofhouse-stdio-"));
after(() => rmSync(folder, { recursive: true }));

const rights = (count: number) => Array.from({ length: count }, (_, index) => right(index));

// Not concurrent, because it measures memory.
test("a line of 100 MB is rejected as soon as it exceeds the bound", async () => {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }, 1);
  const { outcomes } = await finish(misbehaving("endless-line", { maxMessageBytes: 1 << 20 }), callsWithBad(3, 1));
  clearInterval(sampling);
  const message = "longer than 1048576 bytes";
  assert.deepEqual(outcomes, [right(0), { kind: "protocol-fault", pointer: "", message }, right(2)]);
  assert.ok(most < 50e6, `${most} bytes were kept`);
});

// Not concurrent, because the line has to come during the pause.
test("a line that comes while no request is in flight is a fault of the session, and ends the process", async () => {
  const lane = misbehaving("babble", { maxRestarts: 0 });
  await lane.initialize();
  await lane.run([get(BAD)], (_, outcome) => assert.deepEqual(outcome, answered(BAD)));
  await pause(300);
  await lane.run([get("0x00")], (_, outcome) => assert.equal(outcome.kind, "not-run"));
  await lane.close();
  assert.deepEqual(kindsOf(lane.events), ["fault unattributed-crash", "fault restart-cap"]);
  assert.match(lane.events[0]?.message ?? "", /not JSON: .*ready to serve.*with no request in flight/);
});

const fault = (pointer: string, message: string): Outcome => ({ kind: "protocol-fault", pointer, message });

/** Faulty responses with a readable id: they cost no restart. */
const WITH_ID: Readonly<Record<string, Outcome>> = {
  "duplicate-member": fault("/result/values", 'member "values" is repeated'),
  fraction: fault("/result/values/0", "1.0 is not an integer in plain digits"),
  exponent: fault("/result/values/0", "1e2 is not an integer in plain digits"),
  "minus-zero": fault("/result/values/0", "-0 is not an integer in plain digits"),
  "not-found": fault("/error/code", 'must be -32000, not -32601 ("Method not found")'),
  "result-and-error": fault("", 'unexpected member "result"'),
  "unknown-class": fault("/error/data/class", `must be one of ${ERROR_CLASSES.join(", ")}`),
  "wrong-result": fault("/result/values/1", 'must match pattern "^0x(?:[0-9a-f]{2})*$"'),
};

/** Faults without the id of a request. */
const WITHOUT_ID: Readonly<Record<string, Outcome>> = {
  "exit-3": { kind: "crash", exitCode: 3, signal: null, message: "exited with status 3" },
  "kill-itself": { kind: "crash", exitCode: null, signal: "SIGKILL", message: "was ended by SIGKILL" },
  "half-line": {
    kind: "crash",
    exitCode: 0,
    signal: null,
    message: "exited with status 0; left an unterminated line of 22 bytes",
  },
  "mutter-and-exit": {
    kind: "crash",
    exitCode: 1,
    signal: null,
    message: "exited with status 1",
    stderr: "out of cheese\n",
  },
  hang: { kind: "timeout", timeoutMs: 300 },
  "block-for-ever": { kind: "timeout", timeoutMs: 300 },
  garbage: fault("", "not JSON"),
  "bad-utf8": fault("", "not UTF-8"),
  "duplicate-id": fault("/id", 'member "id" is repeated'),
  batch: fault("", "must be object"),
};

/** The messages of `JSON.parse` differ between versions of Node. */
function withoutParserProse(outcome: Outcome): Outcome {
  if (outcome.kind !== "protocol-fault") return outcome;
  return { ...outcome, message: outcome.message.replace(/^not JSON: .*/, "not JSON") };
}

/** One run with all the bad cases among good cases, in one window. */
async function runAmongGood(names: readonly string[], maxRestarts: number): Promise<Readonly<Record<string, Outcome>>> {
  const calls = callsWithBad(50 + names.length, -1);
  calls.splice(BAD_AT, names.length, ...names.map(bad));
  const { outcomes, events } = await finish(misbehaving("none", { maxRestarts }), calls);
  assert.equal(outcomes.length, calls.length);
  for (const [index, outcome] of outcomes.entries()) {
    if (index < BAD_AT || index >= BAD_AT + names.length) assert.deepEqual(outcome, right(index));
  }
  assert.deepEqual(events, []);
  const badOutcomes = names.map((name, index) => [name, withoutParserProse(outcomes[BAD_AT + index] as Outcome)]);
  return Object.fromEntries(badOutcomes);
}

describe("every bad case among good cases gets its own verdict, and the good cases pass,", () => {
  test("when the response has the id of its request, without a restart", async () => {
    assert.deepEqual(await runAmongGood(Object.keys(WITH_ID), 0), WITH_ID);
  });

  test("when the process must be restarted", async () => {
    assert.deepEqual(await runAmongGood(Object.keys(WITHOUT_ID), 100), WITHOUT_ID);
  });
});

describe("answering", { concurrency: 3 }, () => {
  test("every right answer is reported with the index of its call", async () => {
    const { outcomes, events } = await finish(misbehaving("none"), callsWithBad(2000, -1));
    assert.deepEqual(outcomes, rights(2000));
    assert.deepEqual(events, []);
  });

  test("answers in reverse order are matched by id", async () => {
    const { outcomes, events } = await finish(misbehaving("reversed", { window: 16 }, "16"), callsWithBad(64, -1));
    assert.deepEqual(outcomes, rights(64));
    assert.deepEqual(events, []);
  });

  test("a session may have several runs", async () => {
    const lane = misbehaving("none");
    await lane.initialize();
    for (let round = 0; round < 3; round++) {
      let count = 0;
      await lane.run(callsWithBad(10, -1), (index, outcome) => {
        assert.deepEqual(outcome, right(index));
        count++;
      });
      assert.equal(count, 10);
    }
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("requests of several megabytes wait until the process reads them", async () => {
    const calls = Array.from({ length: 8 }, (_, index) =>
      get(
        `0x${String(index)
          .padStart(2, "0")
          .repeat(1 << 20)}`,
      ),
    );
    const { outcomes } = await finish(misbehaving("none", { timeoutMs: 5000 }), calls);
    assert.deepEqual(
      outcomes,
      calls.map(({ params }) => answered((params.keys as string[])[0] as string)),
    );
  });
});

describe("crashing", { concurrency: 3 }, () => {
  test("among 200 pipelined calls, the one that exits with status 3 is found and the others are answered", async () => {
    const { outcomes, events } = await finish(misbehaving("exit-3"), callsWithBad(200, 77));
    const expected = rights(200);
    expected[77] = { kind: "crash", exitCode: 3, signal: null, message: "exited with status 3" };
    assert.deepEqual(outcomes, expected);
    assert.deepEqual(events, []);
  });

  for (const pipe of ["stdin", "stdout"]) {
    test(`a process that closes its ${pipe} is a crash`, async () => {
      const { outcomes } = await finish(misbehaving(`close-${pipe}`, { timeoutMs: 5000 }), [get(BAD)]);
      const message = `closed its ${pipe} without exiting`;
      assert.deepEqual(outcomes, [{ kind: "crash", exitCode: null, signal: null, message }]);
    });
  }

  test("a case that fails on a process that another case has broken is repeated on a new process", async () => {
    const { outcomes, events } = await finish(misbehaving("answer-then-break", { window: 1 }), callsWithBad(5, 2));
    assert.deepEqual(outcomes, [right(0), right(1), answered(BAD), right(3), right(4)]);
    assert.deepEqual(kindsOf(events), ["fault unattributed-crash"]);
    assert.match(events[0]?.message ?? "", /exited with status 4, with one request in flight/);
  });

  test("a process that dies after it has answered is recorded, but is the crash of no case", async () => {
    const { outcomes, events } = await finish(misbehaving("answer-then-exit"), [get(BAD)]);
    assert.deepEqual(outcomes, [answered(BAD)]);
    // The end may be seen before or after `shutdown` is sent.
    assert.equal(events.length, 1);
    assert.match(events[0]?.message ?? "", /exited with status 4/);
  });

  test("a process that fails only on several requests at once is a fault of the session, and the run continues", async () => {
    const { outcomes, events } = await finish(misbehaving("no-pipelining", { window: 16 }), callsWithBad(60, -1));
    assert.deepEqual(outcomes, rights(60));
    assert.deepEqual(kindsOf(events), ["fault unattributed-crash", "fault unattributed-crash"]);
    const [first] = events;
    assert.match(first?.message ?? "", /status 6, with 16 requests in flight.*its stderr ends with "too many"$/);
  });

  test("after the last restart the remaining calls are not run", async () => {
    const lane = misbehaving("exit-always", { maxRestarts: 3, window: 4 });
    const { outcomes, events } = await finish(lane, callsWithBad(10));
    const kinds = outcomes.map(({ kind }) => kind);
    assert.deepEqual(kinds, [...Array(3).fill("crash"), ...Array(7).fill("not-run")]);
    const reason = "the process was restarted 3 times, which is the limit";
    assert.deepEqual(outcomes[9], { kind: "not-run", reason });
    assert.deepEqual(events, [{ severity: "fault", kind: "restart-cap", message: reason }]);
  });

  test("without restarts, a crash while one request is in flight belongs to its case", async () => {
    const { outcomes } = await finish(misbehaving("exit-3", { maxRestarts: 0, window: 1 }), callsWithBad(3, 1));
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ["result", "crash", "not-run"],
    );
  });

  test("when a process does not restart, the remaining calls are not run", async () => {
    const lane = misbehaving("starts-once", { window: 1 }, join(folder, "started"));
    const { outcomes, events } = await finish(lane, callsWithBad(4, 1));
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ["result", "crash", "not-run", "not-run"],
    );
    assert.deepEqual(kindsOf(events), ["fault restart-cap"]);
    assert.match(events[0]?.message ?? "", /5 times in a row: .*exited with status 7/);
  });
});

describe("timing out", { concurrency: 3 }, () => {
  test("a late answer within the grace period is discarded and noted, and the same process continues", async () => {
    const lane = misbehaving("late", { window: 1, timeoutMs: 400, maxRestarts: 0 }, "550");
    const { outcomes, events } = await finish(lane, callsWithBad(5, 2));
    assert.deepEqual(outcomes, [right(0), right(1), { kind: "timeout", timeoutMs: 400 }, right(3), right(4)]);
    assert.deepEqual(kindsOf(events), ["note late-answer"]);
  });

  test("after the grace period the process is restarted, and no answer is read", async () => {
    const { outcomes, events } = await finish(misbehaving("late", { timeoutMs: 250 }, "700"), callsWithBad(30));
    const expected = rights(30);
    expected[BAD_AT] = { kind: "timeout", timeoutMs: 250 };
    assert.deepEqual(outcomes, expected);
    assert.deepEqual(events, []);
  });

  test("cases that only queue up are timed from when each is sent alone", async () => {
    const { outcomes, events } = await finish(misbehaving("slow", { window: 6 }, "80"), callsWithBad(6, -1));
    assert.deepEqual(outcomes, rights(6));
    assert.deepEqual(events, []);
  });

  test("a process that hangs only on several requests at once is a fault of the session", async () => {
    const { outcomes, events } = await finish(misbehaving("no-pipelining-hangs", { window: 8 }), callsWithBad(12, -1));
    assert.deepEqual(outcomes, rights(12));
    assert.deepEqual(kindsOf(events), ["fault unattributed-crash"]);
    assert.match(events[0]?.message ?? "", /no answer came in time, with 8 requests in flight/);
  });

  test("an answer that a busy harness has not read yet is in time", async () => {
    const lane = misbehaving("slow", { window: 4, timeoutMs: 500, maxRestarts: 0 }, "50");
    await lane.initialize();
    // After a blocking immediate, timers run before pipes are read.
    const beBusy = () => {
      const untilMs = performance.now() + 800;
      while (performance.now() < untilMs);
    };
    setTimeout(() => setImmediate(beBusy), 20);
    await lane.run(callsWithBad(8, -1), (index, outcome) => assert.deepEqual(outcome, right(index)));
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("a process that does not read is timed out, and later requests are not even serialized", async () => {
    let written = 0;
    const call = {
      method: "proof/get",
      get params() {
        written++;
        return { keys: [`0x${"00".repeat(1 << 19)}`] };
      },
    };
    const seen: number[] = [];
    const lane = misbehaving("read-no-more", { timeoutMs: 150 });
    await lane.initialize();
    await lane.run(Array(3).fill(call), (_, outcome) => {
      assert.deepEqual(outcome, { kind: "timeout", timeoutMs: 150 });
      seen.push(written);
    });
    await lane.close();
    assert.deepEqual(seen, [1, 2, 3]);
  });

  test("a process that answers a request without reading all of it is sent the next request", async () => {
    const calls = Array.from({ length: 2 }, () => get(`0x${"00".repeat(1 << 20)}`));
    const { outcomes } = await finish(misbehaving("answer-early", { window: 1, timeoutMs: 150 }), calls);
    assert.deepEqual(outcomes, [
      { kind: "result", result: { values: [] } },
      { kind: "timeout", timeoutMs: 150 },
    ]);
  });
});

describe("breaking the protocol", { concurrency: 3 }, () => {
  for (const [mode, kind] of [
    ["twice", "duplicate-answer"],
    ["unknown-id", "unknown-id"],
  ] as const) {
    test(`an answer to no request in flight (${mode}) is discarded and is a fault of the session`, async () => {
      const { outcomes, events } = await finish(misbehaving(mode), callsWithBad(50));
      assert.deepEqual(outcomes[BAD_AT], answered(BAD));
      assert.deepEqual(kindsOf(events), [`fault ${kind}`]);
    });
  }

  test("a flood of answers to no request in flight is counted, not stored, and ends with the case", async () => {
    const { outcomes, events } = await finish(misbehaving("flood-stdout", { timeoutMs: 200 }), callsWithBad(3, 1));
    assert.deepEqual(outcomes, [right(0), { kind: "timeout", timeoutMs: 200 }, right(2)]);
    assert.deepEqual(new Set(kindsOf(events)), new Set(["fault duplicate-answer"]));
    assert.equal(events.length, 101);
    assert.match(events[100]?.message ?? "", /^[0-9]+ more like these$/);
  });
});

describe("stderr", { concurrency: 3 }, () => {
  test("is reported with an internal error, as far as it was written while the request was in flight", async () => {
    const { outcomes } = await finish(misbehaving("internal"), callsWithBad(40));
    const expected = rights(40);
    const answer = { kind: "error", class: "internal", message: "oops", details: { line: 7 } } as const;
    expected[BAD_AT] = { ...answer, stderr: "assertion failed\n" };
    assert.deepEqual(outcomes, expected);
  });

  test("is reported with a case if only its request was in flight", async () => {
    const { outcomes } = await finish(misbehaving("mutter", { window: 1 }), callsWithBad(4, 2));
    assert.deepEqual(
      outcomes.map(({ stderr }) => stderr),
      [undefined, undefined, "about 3\n", undefined],
    );
  });

  test("of one case is never reported with another case", async () => {
    const calls = callsWithBad(500, -1);
    const { outcomes } = await finish(misbehaving("mutter-each", { window: 1 }), calls);
    const expected = calls.map(({ params }) => `about ${(params.keys as string[])[0]}\n`);
    assert.deepEqual(
      outcomes.map(({ stderr }) => stderr),
      expected,
    );
  });

  test("of 50 MB blocks nothing, and its last 64 KiB are reported", async () => {
    const lane = misbehaving("flood-stderr", { timeoutMs: 5000, window: 1 });
    const { outcomes, events } = await finish(lane, callsWithBad(3, 1));
    const [first, flooded, last] = outcomes;
    assert.deepEqual([first, last], [right(0), right(2)]);
    assert.equal(flooded?.kind, "result");
    assert.match(flooded?.stderr ?? "", /^\[52363272 bytes dropped\]\n\.{65528}the end\ufffd$/);
    assert.deepEqual(events, []);
  });
});
