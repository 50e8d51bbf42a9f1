/** Executions depend only on their parameters, and blocks run in order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import { type Bytes32, toBytes32 } from "../../../reference/core/bytes.ts";
import { ProofError } from "../../../reference/core/errors.ts";
import type { Engine } from "../../../reference/runtime/engine.ts";
import { runBlocks } from "../../../reference/runtime/execute/blocks.ts";
import { execute } from "../../../reference/runtime/execute/stateless.ts";
import { NodeFault } from "../../../reference/runtime/faults.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { callMethod } from "../../../reference/wire/dispatch.ts";

const root = (byte: number): Bytes32 => toBytes32(new Uint8Array(32).fill(byte)) as Bytes32;
const ENGINES: readonly Engine[] = [createV8Engine(), createInterpreter()];

/**
 * Adds the first byte of the block data to every byte of the root, and traps without block data.
 * Counts its runs in a global and in memory.
 */
const ADDING = await assemble(`(module
  (import "eth2" "loadPreStateRoot" (func $load (param i32)))
  (import "eth2" "savePostStateRoot" (func $save (param i32)))
  (import "eth2" "blockDataCopy" (func $copy (param i32 i32 i32)))
  (import "eth2" "pushNewDeposit" (func $deposit (param i32 i32)))
  (import "debug" "print32" (func $print (param i32)))
  (memory (export "memory") 1 2)
  (global $runs (mut i32) (i32.const 0))
  (func (export "main") (local $at i32)
    (global.set $runs (i32.add (global.get $runs) (i32.const 1)))
    (i32.store (i32.const 600) (i32.add (i32.load (i32.const 600)) (i32.const 1)))
    (call $print (i32.add (global.get $runs) (i32.load (i32.const 600))))
    (drop (memory.grow (i32.const 1)))
    (call $deposit (i32.const 100) (i32.const 184))
    (call $load (i32.const 0))
    (call $copy (i32.const 64) (i32.const 0) (i32.const 1))
    (loop $next
      (i32.store8 (local.get $at) (i32.add (i32.load8_u (local.get $at)) (i32.load8_u (i32.const 64))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 32))))
    (call $save (i32.const 0))))`);

const BLOCK = { code: ADDING, libraries: [], preStateRoot: root(7), blockData: Uint8Array.of(3), gasLimit: 1_000_000n };

for (const engine of ENGINES) {
  test(`RUNTIME-GEN-001 an execution has no effect on the next one (${engine.name})`, () => {
    const first = execute(BLOCK, engine);
    assert.deepEqual(first.postStateRoot, root(10));
    for (const data of [[], [9], [3, 4]]) {
      const blockData = Uint8Array.from(data);
      if (data.length === 0) assert.throws(() => execute({ ...BLOCK, blockData }, engine), ProofError);
      else execute({ ...BLOCK, blockData }, engine);
      assert.deepEqual(execute(BLOCK, engine), first);
    }
  });

  test(`blocks run in order, and a rejected block changes nothing (${engine.name})`, () => {
    const { postStateRoots, deposits, outcomes } = runBlocks(
      {
        environments: [ADDING, ADDING],
        libraries: [],
        preStateRoots: [root(1), root(50)],
        blocks: [
          { environment: 0, blockData: Uint8Array.of(2) },
          { environment: 1, blockData: Uint8Array.of(5) },
          { environment: 0, blockData: new Uint8Array() },
          { environment: 0, blockData: Uint8Array.of(4) },
        ],
        gasLimit: 1_000_000n,
      },
      engine,
    );
    assert.deepEqual(postStateRoots, [root(7), root(55)]);
    assert.equal(deposits.length, 3);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.kind === "executed" ? "executed" : outcome.error.class)),
      ["executed", "executed", "trap", "executed"],
    );
  });
}

test("blocks of unknown environments are rejected before any block is executed", () => {
  const request = { environments: [ADDING], libraries: [], preStateRoots: [root(1)], gasLimit: 1_000_000n };
  const blocks = [
    { environment: 0, blockData: Uint8Array.of(1) },
    { environment: 1, blockData: Uint8Array.of(1) },
  ];
  const idle: Engine = {
    name: "idle",
    instantiate: () => assert.fail("no block may be executed"),
  };
  assert.throws(() => runBlocks({ ...request, blocks }, idle), /block 1 is for the unknown environment 1/);
  assert.throws(() => runBlocks({ ...request, preStateRoots: [], blocks: [] }, idle), /1 environments and 0 roots/);
});

test("RUNTIME-GEN-003 when one engine gives up the next one decides, and when all give up the answer is a fault of the node", () => {
  const tired: Engine = {
    name: "tired",
    instantiate() {
      throw new NodeFault("no memory");
    },
  };
  const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
  const params = { code: hex(ADDING), preStateRoot: hex(root(7)), blockData: "0x03", gasLimit: "0xfffff" };
  const engines = [tired, ...ENGINES];
  assert.deepEqual(callMethod("runtime/execute", params, { engines }), callMethod("runtime/execute", params));
  assert.throws(
    () => callMethod("runtime/execute", params, { engines: [tired] }),
    (error) => error instanceof ProofError && error.class === "internal",
  );
});

/** A deep recursion within the metered stack, which allows some 7000 calls. */
const DEEP = await assemble(`(module
  (memory (export "memory") 1 1)
  (func $down (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $down (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "main") (drop (call $down (i32.const 5000)))))`);

test("a recursion within the metered stack returns a result, however small the stack of the machine is", () => {
  const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
  const params = { code: hex(DEEP), preStateRoot: hex(root(7)), blockData: "0x", gasLimit: "0xfffffff" };
  const used = callMethod("runtime/execute", params);
  const dig = (levels: number): unknown => (levels === 0 ? callMethod("runtime/execute", params) : dig(levels - 1));
  assert.deepEqual(dig(4000), used);
  assert.deepEqual(callMethod("runtime/execute", params, { engines: [createInterpreter()] }), used);
});
