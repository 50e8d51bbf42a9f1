import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { StartError } from "../../../runners/lane.ts";
import { laneOf, misbehaving } from "../misbehaving.ts";

const failures: readonly (readonly [string, RegExp, RegExp])[] = [
  ["exit-at-once", /exited with status 9, before it answered initialize$/, /no such library/],
  ["die-at-once", /was ended by SIGKILL, before it answered initialize$/, /^$/],
  ["silent-initialize", /did not answer initialize within 600 ms$/, /still thinking/],
  ["wrong-initialize", /answer to initialize, at \/result\/protocol: must be 1$/, /^$/],
  ["wrong-initialize-id", /answer to initialize, at \/id: must be 0$/, /^$/],
  ["error-initialize", /answered initialize with the error internal: no licence$/, /^$/],
  ["banner", /wrote a line that answers no request, right after it answered initialize$/, /^$/],
];

describe("starting", { concurrency: 3 }, () => {
  test("a missing command is a start error that names it", async () => {
    const lane = laneOf(["./no-such-program", "--fast"]);
    await assert.rejects(lane.initialize(), {
      name: "StartError",
      message: "./no-such-program --fast could not be started: spawn ./no-such-program ENOENT",
    });
    await lane.close();
  });

  test("a missing folder is a start error that names it", async () => {
    const lane = laneOf([process.execPath], { cwd: "/no/such/folder" });
    await assert.rejects(lane.initialize(), { name: "StartError", message: /no folder \/no\/such\/folder/ });
    await lane.close();
  });

  test("a command that the system rejects at once is a start error", async () => {
    await assert.rejects(laneOf(["with\0zero"]).initialize(), { name: "StartError", message: /could not be started/ });
  });

  for (const [mode, message, stderr] of failures) {
    test(`a program that fails to start (${mode}) is a start error with the cause and the stderr`, async () => {
      const lane = misbehaving(mode, mode === "silent-initialize" ? { startTimeoutMs: 600 } : {});
      await assert.rejects(lane.initialize(), (error: unknown) => {
        assert.ok(error instanceof StartError);
        assert.match(error.message, message);
        assert.match(error.message, /misbehave\.mjs/);
        assert.match(error.stderr, stderr);
        return true;
      });
      await lane.close();
      assert.deepEqual(lane.events, []);
    });
  }
});
