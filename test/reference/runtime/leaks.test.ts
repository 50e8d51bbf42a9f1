/** Executions do not leak memory. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import { toHex } from "../../../reference/core/bytes.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";
import { mostOf, seeds } from "../../long-work.ts";

/** Each execution has a child with its own memory, and a buffer, which a host might keep. */
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

const EXECUTIONS = [400, 10_000] as const;
/** Largest growth of the memory in use after a full garbage collection. Each execution uses two megabytes. */
const MOST_GROWTH = 8 * 2 ** 20;

test(`${mostOf(...EXECUTIONS)} executions in one process do not leak memory`, async () => {
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
  const request = {
    code: toHex(await assemble(KEEPING)),
    preStateRoot: `0x${"07".repeat(32)}`,
    blockData: toHex(await assemble(CHILD)),
    gasLimit: "0x7fffffffffffffff",
  };
  const first = callMethod("runtime/execute", request);
  for (let execution = 0; execution < 50; execution++) callMethod("runtime/execute", request);
  const before = await held();
  for (const execution of seeds(...EXECUTIONS)) {
    callMethod("runtime/execute", request);
    if (execution % 100 === 99) await held();
  }
  const growth = (await held()) - before;
  assert.ok(growth < MOST_GROWTH, `${growth} more bytes are in use`);
  assert.deepEqual(callMethod("runtime/execute", request), first);
});
