/** Executions in a thread: with much stack, ended when they take too long, and leaving nothing behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ExecutionWorker } from "../../harness/execution-worker.ts";
import { assemble } from "../../harness/wat.ts";
import { NodeFault, ProofError } from "../../reference/core/errors.ts";
import { callMethod } from "../../reference/wire/dispatch.ts";
import type { JsonObject } from "../../runners/runner.ts";

const ROOT = `0x${"07".repeat(32)}`;
const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;

async function params(wat: string, gasLimit = "0x7fffffffffffffff"): Promise<JsonObject> {
  return { code: hexOf(await assemble(wat)), preStateRoot: ROOT, blockData: "0x", gasLimit };
}

const DEEP = `(module
  (memory (export "memory") 1 1)
  (func $down (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $down (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "main") (drop (call $down (i32.const 5000)))))`;

const ENDLESS = `(module (memory (export "memory") 1 1) (func (export "main") (loop $again (br $again))))`;
const QUICK = `(module (memory (export "memory") 1 1) (func (export "main")))`;
const TRAPPING = `(module (memory (export "memory") 1 1) (func (export "main") unreachable))`;

test("V8 alone carries out in a thread a recursion that is as deep as the metered stack allows", async () => {
  const worker = new ExecutionWorker({ engine: "v8" });
  const request = await params(DEEP);
  assert.deepEqual(await worker.call("runtime/execute", request), callMethod("runtime/execute", request));
  await worker.close();
});

test("RUNTIME-GEN-003 an execution that takes too long is a fault of the node, its thread is ended, and the next one is answered", async () => {
  const worker = new ExecutionWorker({ timeoutMs: 1_500, engine: "v8" });
  const started = Date.now();
  const [endless, quick] = await Promise.allSettled([
    worker.call("runtime/execute", await params(ENDLESS)),
    worker.call("runtime/execute", await params(QUICK)),
  ]);
  assert.ok(endless.status === "rejected" && endless.reason instanceof NodeFault);
  assert.match(endless.reason.message, /no answer within 1500 ms/);
  assert.equal(quick.status, "fulfilled");
  assert.ok(Date.now() - started < 20_000);
  await worker.close();
});

test("an execution that is rejected is so in the thread too, and the thread goes on", async () => {
  const worker = new ExecutionWorker();
  const rejected = { name: "ProofError", class: "trap", details: { reason: "unreachable", charged: "0x" } };
  await assert.rejects(worker.call("runtime/execute", await params(TRAPPING)), (error) => {
    assert.ok(error instanceof ProofError);
    const { charged, ...details } = error.details;
    assert.match(String(charged), /^0x[0-9a-f]+$/);
    assert.deepEqual({ name: error.name, class: error.class, details: { ...details, charged: "0x" } }, rejected);
    return true;
  });
  await worker.call("runtime/execute", await params(QUICK));
  await worker.close();
});

/** A child of its own memory in each execution, a buffer, a state: what a host might hold on to. */
const KEEPING = `(module
  (import "eth2" "bufferSet" (func $set (param i32 i32 i32)))
  (import "eth2" "blockDataSize" (func $size (result i32)))
  (import "eth2" "blockDataCopy" (func $copy (param i32 i32 i32)))
  (import "eth2" "loadModule" (func $load (param i32 i32 i32)))
  (memory (export "memory") 16 16)
  (func (export "main")
    (call $copy (i32.const 4096) (i32.const 0) (call $size))
    (call $load (i32.const 0) (i32.const 4096) (call $size))
    (call $set (i32.const 0) (i32.const 0) (i32.const 64))))`;
const CHILD = `(module (memory (export "memory") 16 16))`;

const EXECUTIONS = process.env.RUNTIME === "all" ? 10_000 : 400;
/** Of memory that is still held when all garbage is collected. Each execution uses two megabytes. */
const MOST_GROWTH = 8 * 2 ** 20;

test(`${EXECUTIONS} executions in one process hold on to nothing`, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const held = async (): Promise<number> => {
    for (let round = 0; round < 3; round++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const request = { ...(await params(KEEPING)), blockData: hexOf(await assemble(CHILD)) };
  const first = callMethod("runtime/execute", request);
  for (let execution = 0; execution < 50; execution++) callMethod("runtime/execute", request);
  const before = await held();
  for (let execution = 0; execution < EXECUTIONS; execution++) {
    callMethod("runtime/execute", request);
    if (execution % 100 === 99) await held();
  }
  const growth = (await held()) - before;
  assert.ok(growth < MOST_GROWTH, `${growth} bytes more are held`);
  assert.deepEqual(callMethod("runtime/execute", request), first);
});
