import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UsageError } from "../../../harness/usage/usage-error.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import { NodeFault } from "../../../reference/runtime/faults.ts";
import { runInThread } from "../../../workbench/execution/thread.ts";

const run = (name: string, args: readonly unknown[] = [], timeoutMs = 20_000): Promise<unknown> =>
  runInThread({ module: new URL("./programs/endings.js", import.meta.url).href, name, args }, timeoutMs);

describe("a function in a separate thread", { concurrency: 2 }, () => {
  test("returns plain data, and keeps the class of errors inside it", async () => {
    const bytes = Uint8Array.of(1, 2);
    const { list, error } = (await run("plain", [bytes, 2n ** 80n])) as { list: unknown[]; error: unknown };
    assert.deepEqual(list, [bytes, 2n ** 80n]);
    assert.ok(error instanceof ProofError);
    assert.deepEqual([error.class, error.message, error.details], ["trap", "within", { reason: "stack" }]);
  });

  test("fails with the error that it throws", async () => {
    await assert.rejects(run("rejects"), (error) => {
      assert.ok(error instanceof ProofError);
      assert.deepEqual([error.class, error.details], ["incomplete", { key: "0x01" }]);
      return true;
    });
    await assert.rejects(run("misused"), (error) => error instanceof UsageError && error.message === "no such file");
    await assert.rejects(run("cannot"), (error) => error instanceof NodeFault && error.message === "no memory");
    await assert.rejects(
      run("breaks"),
      (error) => error instanceof Error && /a bug[\s\S]*endings/.test(`${error.stack}`),
    );
  });

  test("RUNTIME-GEN-003 a function that does not end, or ends the thread, is a fault of this machine", async () => {
    await assert.rejects(run("hangs", [], 500), (error) => error instanceof NodeFault && /500 ms/.test(error.message));
    await assert.rejects(run("ends"), (error) => error instanceof NodeFault && /exit code 7/.test(error.message));
  });

  test("has a larger stack than this process", async () => {
    assert.equal(await run("deep", [100_000]), 100_000);
    const { deep } = await import("./programs/endings.ts");
    assert.throws(() => deep(100_000), RangeError);
  });
});
