import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Outcome } from "../../../runners/lane.ts";
import { assertDies, callsWithBad, finish, kindsOf, misbehaving, pause, program, right } from "../misbehaving.ts";

const folder = mkdtempSync(join(tmpdir(), "proofhouse-stdio-"));
after(() => rmSync(folder, { recursive: true }));

// Not concurrent, because it looks at the whole process.
test("a closed lane leaves no listener, no handle and no timer behind", async () => {
  const open = () => [
    process.listenerCount("exit"),
    ...process.getActiveResourcesInfo().filter((name) => /Process|Pipe|Socket|Timeout/.test(name)),
  ];
  const before = open();
  const lane = misbehaving("exit-3");
  await lane.initialize();
  assert.ok(open().length > before.length);
  await lane.run(callsWithBad(30), () => {});
  await lane.close();
  // A closed handle is listed until the end of the turn of the event loop.
  await pause(5);
  assert.deepEqual(open(), before);
});

describe("ending", { concurrency: 3 }, () => {
  test("a process that ignores shutdown is killed and noted", async () => {
    const { outcomes, events } = await finish(misbehaving("ignore-shutdown", { shutdownMs: 200 }), callsWithBad(2, -1));
    assert.deepEqual(outcomes, [right(0), right(1)]);
    assert.deepEqual(kindsOf(events), ["note shutdown-ignored"]);
    assert.match(events[0]?.message ?? "", /alive 200 ms after shutdown/);
  });

  test("a process that exits without an answer to shutdown is noted", async () => {
    const { events } = await finish(misbehaving("unanswered-shutdown"), callsWithBad(2, -1));
    assert.deepEqual(kindsOf(events), ["note shutdown-ignored"]);
    assert.match(events[0]?.message ?? "", /not answered: the process exited with status 0/);
  });

  for (const mode of ["leave", "leave-detached"]) {
    test(`a process left behind (${mode}) is killed and noted`, async () => {
      const file = join(folder, mode);
      const { outcomes, events } = await finish(misbehaving(mode, { shutdownMs: 500 }, file), callsWithBad(2, -1));
      const pid = Number(readFileSync(file, "utf8"));
      await assertDies(pid);
      assert.deepEqual(outcomes, [right(0), right(1)]);
      assert.deepEqual(kindsOf(events), ["note process-left-behind"]);
      assert.match(events[0]?.message ?? "", new RegExp(`process ${pid} behind`));
    });
  }

  test("processes that a crashing process leaves behind are killed", async () => {
    const file = join(folder, "leave-and-exit");
    const lane = misbehaving("leave-and-exit", { timeoutMs: 5000 }, file);
    await lane.initialize();
    await lane.run(callsWithBad(1, 0), (_, outcome) => assert.equal(outcome.kind, "crash"));
    await assertDies(Number(readFileSync(file, "utf8")));
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("an abort ends the process at once, and the run returns", async () => {
    const lane = misbehaving("hang", { timeoutMs: 60_000 });
    await lane.initialize();
    const abort = new AbortController();
    const outcomes = new Map<number, Outcome>();
    let abortedAtMs = Number.NaN;
    const report = (index: number, outcome: Outcome) => {
      outcomes.set(index, outcome);
      if (index < 4) return;
      abortedAtMs = performance.now();
      abort.abort();
    };
    await lane.run(callsWithBad(5, 2), report, abort.signal);
    assert.ok(performance.now() - abortedAtMs < 1000);
    assert.deepEqual(outcomes, new Map([0, 1, 3, 4].map((index) => [index, right(index)])));
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("a run that was aborted before it began reports nothing", async () => {
    const { outcomes, events } = await finish(misbehaving("none"), callsWithBad(5, -1), AbortSignal.abort());
    assert.deepEqual(outcomes, []);
    assert.deepEqual(events, []);
  });

  test("an error that is thrown while an outcome is reported rejects the run", async () => {
    const lane = misbehaving("none");
    await lane.initialize();
    const run = lane.run(callsWithBad(5, -1), () => {
      throw new RangeError("mine");
    });
    await assert.rejects(run, { name: "RangeError", message: "mine" });
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("an unknown method is an error of the caller, and nothing is sent", async () => {
    const lane = misbehaving("exit-always");
    await lane.initialize();
    const run = lane.run([{ method: "proof/guess", params: {} }], () => assert.fail("nothing is answered"));
    await assert.rejects(run, { name: "Error", message: /guessResult/ });
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("close may be called twice, and in the middle of a run", async () => {
    const lane = misbehaving("hang", { timeoutMs: 60_000 });
    await lane.initialize();
    const run = lane.run(callsWithBad(1, 0), () => assert.fail("nothing is answered"));
    await lane.close();
    await run;
    await lane.close();
    assert.deepEqual(lane.events, []);
  });

  test("when the harness exits, the process and everything that it started die", async () => {
    const file = join(folder, "orphan");
    const harness = spawnSync(process.execPath, [program("abandon"), program("misbehave"), file], { encoding: "utf8" });
    assert.equal(harness.status, 0, harness.stderr);
    await assertDies(Number(harness.stdout));
    await assertDies(Number(readFileSync(file, "utf8")));
  });
});
