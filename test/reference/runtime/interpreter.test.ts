/** Control, gas and stack of the interpreter. The numbers are computed by hand from docs/spec/gas.md. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import type { Counters, HostFunction, Instance, WasmValue } from "../../../reference/runtime/engine.ts";
import { NodeFault, OutOfGas, Trap, type TrapReason } from "../../../reference/runtime/faults.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";
import { PLENTY } from "./observe.ts";

interface Started {
  readonly instance: Instance;
  readonly counters: Counters;
}

async function start(fields: string, functions: readonly HostFunction[] = []): Promise<Started> {
  const bytes = await assemble(`(module ${fields})`);
  const role = functions.length === 0 ? "library" : "child";
  const counters: Counters = { ...PLENTY };
  const module = validateModule(bytes, { role, offers: () => true });
  return { instance: createInterpreter().instantiate(module, functions, counters), counters };
}

const MEMORY = '(memory (export "memory") 1 2)';

/** The fields of a module with one function, exported as `f`. */
function f(code: string): string {
  return `${MEMORY} (func (export "f") ${code})`;
}

/** The gas of a call of `f`, whether it returns or traps. */
function costOf({ instance, counters }: Started, args: readonly WasmValue[] = []): bigint {
  counters.gas = 1_000_000n;
  try {
    instance.call("f", args);
  } catch (error) {
    if (!(error instanceof Trap)) throw error;
  }
  return 1_000_000n - counters.gas;
}

function trapOf(run: () => unknown): TrapReason | "none" {
  try {
    run();
    return "none";
  } catch (error) {
    if (error instanceof Trap) return error.reason;
    throw error;
  }
}

describe("RUNTIME-METER-014: blocks in the interpreter", () => {
  const samples: readonly (readonly [what: string, code: string, args: readonly WasmValue[], cost: bigint])[] = [
    ["nothing", "", [], 0n],
    ["declared locals, not parameters", "(param i32) (local i64 i32 i64)", [0], 3n],
    ["both sides of a nop", "i32.const 0 nop drop", [], 2n],
    [
      "the arm that is taken",
      "(param i32) local.get 0 if i32.const 1 drop else i32.const 1 drop nop i32.const 1 drop end",
      [1],
      5n,
    ],
    [
      "the other arm",
      "(param i32) local.get 0 if i32.const 1 drop else i32.const 1 drop nop i32.const 1 drop end",
      [0],
      7n,
    ],
    ["no arm, and the code after the if", "(param i32) local.get 0 if i32.const 1 drop end i32.const 1 drop", [0], 5n],
    [
      "all of a block whose first instruction traps",
      "i32.const 1 i32.const 0 i32.div_s drop i32.const 1 drop",
      [],
      13n,
    ],
    ["nothing after an unreachable, which ends its block", "unreachable i32.const 1 drop", [], 1n],
    // 1 for the local and 2 before the loop, then three rounds of 1 + 1 + 1 + 1 + 2.
    [
      "a loop by its rounds",
      "(local i32) i32.const 3 local.set 0 loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end",
      [],
      21n,
    ],
    ["a branch out of two blocks", "block block i32.const 1 br_if 1 i32.const 1 drop end i32.const 1 drop end", [], 3n],
    ["the default of a table", "(param i32) block block local.get 0 br_table 0 1 end i32.const 1 drop end", [2], 5n],
    ["the first of a table", "(param i32) block block local.get 0 br_table 0 1 end i32.const 1 drop end", [0], 7n],
    ["a return with its value", "(result i32) i32.const 1 return i32.const 1 drop", [], 2n],
    ["pages, even if the memory does not grow", "i32.const 3 memory.grow drop", [], 1n + 16n + 1n + 3n * 4096n],
    ["the bytes of memory.fill", "i32.const 0 i32.const 1 i32.const 100 memory.fill", [], 3n + 8n + 100n],
    [
      "bytes beyond the end of the memory",
      "i32.const 0 i32.const 1 i32.const 70000 memory.copy",
      [],
      3n + 8n + 70_000n,
    ],
  ];
  for (const [what, code, args, cost] of samples) {
    it(`charges ${what}`, async () => {
      assert.equal(costOf(await start(f(code)), args), cost);
    });
  }

  it("charges a call before the called function, and the code after the call last", async () => {
    const started = await start(`${f("call 1 i32.const 1 drop")} (func unreachable)`);
    assert.equal(costOf(started), 8n + 1n);
    const returning = await start(`${f("call 1 i32.const 1 drop")} (func i32.const 1 drop)`);
    assert.equal(costOf(returning), 8n + 2n + 2n);
  });

  it("reads a number of pages as unsigned", async () => {
    const started = await start(f("i32.const -1 memory.grow drop"));
    started.counters.gas = 2n ** 62n;
    started.instance.call("f", []);
    assert.equal(2n ** 62n - started.counters.gas, 18n + 4096n * (2n ** 32n - 1n));
  });
});

describe("RUNTIME-METER-001, RUNTIME-METER-012: out of gas in the interpreter", () => {
  it("leaves a negative number, and runs no instruction of the block", async () => {
    const started = await start(f("i32.const 0 i32.const 1 i32.store"));
    started.counters.gas = 4n;
    assert.throws(() => started.instance.call("f", []), OutOfGas);
    assert.equal(started.counters.gas, -1n);
    assert.equal(started.instance.memory()[0], 0);
    started.counters.gas = 5n;
    started.instance.call("f", []);
    assert.equal(started.counters.gas, 0n);
  });

  it("comes before the trap of the instruction that is charged", async () => {
    const started = await start(f("i32.const 0 i32.const 1 i32.const 70000 memory.fill"));
    started.counters.gas = 70_010n;
    assert.throws(() => started.instance.call("f", []), OutOfGas);
    started.counters.gas = 70_011n;
    assert.equal(
      trapOf(() => started.instance.call("f", [])),
      "memory-range",
    );
  });
});

describe("RUNTIME-METER-006, RUNTIME-METER-021, RUNTIME-METER-023: the stack in the interpreter", () => {
  // Two parameters, one local, three operands, and 8.
  const FRAME = 2 + 1 + 3 + 8;
  const code = "(param i32 i64) (local i32) i32.const 1 i32.const 2 i32.const 3 drop drop drop";

  it("gives a frame back at every kind of return", async () => {
    for (const leave of ["", "return", "br 0", "i32.const 1 br_if 0", "i32.const 0 br_table 0"]) {
      const { instance, counters } = await start(f(`${code} ${leave}`));
      counters.stack = FRAME;
      instance.call("f", [0, 0n]);
      assert.equal(counters.stack, FRAME, leave);
    }
  });

  it("traps before the first charge where a frame is too large", async () => {
    const { instance, counters } = await start(f(code));
    counters.stack = FRAME - 1;
    const reason = trapOf(() => instance.call("f", [0, 0n]));
    assert.equal(reason, "stack");
    assert.equal(counters.gas, PLENTY.gas);
  });

  it("does not use the host's stack, however deep the calls are", async () => {
    const { instance } = await start(
      f(
        "(param i32) (result i32) local.get 0 if (result i32) local.get 0 i32.const 1 i32.sub call 0 i32.const 1 i32.add else i32.const 0 end",
      ),
    );
    assert.equal(instance.call("f", [300_000]), 300_000);
  });
});

describe("calls in the interpreter", () => {
  const table = `${MEMORY} (type $n (func (result i32))) (type $other (func (result i64))) (type $same (func (result i32)))
    (table 4 funcref) (elem (i32.const 1) $one $wide)
    (func $one (type $n) i32.const 11) (func $wide (type $other) i64.const 12)
    (func (export "f") (param i32) (result i32) local.get 0 call_indirect (type $same))`;

  it("compare types by their contents, and trap for another type, an empty element, and beyond the table", async () => {
    const { instance } = await start(table);
    assert.equal(instance.call("f", [1]), 11);
    const reasons = [2, 0, 3, 4, -1].map((element) => trapOf(() => instance.call("f", [element])));
    assert.deepEqual(reasons, ["call-type", "call-type", "call-type", "table-index", "table-index"]);
  });

  it("charge an indirect call before the table is read", async () => {
    const started = await start(table);
    for (const element of [0, 2, 9]) assert.equal(costOf(started, [element]), 13n);
  });

  it("read the result of a host function modulo 2^32 or 2^64", async () => {
    const { instance } = await start(
      `(import "h" "narrow" (func (result i32))) (import "h" "wide" (func (result i64))) ${MEMORY}
       (func (export "narrow") (result i32) call 0) (func (export "wide") (result i64) call 1)`,
      [() => 2 ** 32 + 2 ** 31, () => 2n ** 64n + 2n ** 63n],
    );
    assert.equal(instance.call("narrow", []), -(2 ** 31));
    assert.equal(instance.call("wide", []), -(2n ** 63n));
  });

  it("pass a host function its arguments in order and signed, and the calling instance", async () => {
    const seen: unknown[] = [];
    const { instance } = await start(
      `(import "h" "see" (func (param i32 i64))) ${MEMORY}
       (func (export "f") i32.const 0xffffffff i64.const 0x8000000000000000 call 0)`,
      [(args, caller) => void seen.push(...args, caller)],
    );
    instance.call("f", []);
    assert.deepEqual(seen.slice(0, 2), [-1, -(2n ** 63n)]);
    assert.equal(seen[2], instance);
  });

  it("reach a host function by an exported import, without a frame", async () => {
    const { instance, counters } = await start(
      `(import "h" "twice" (func $twice (param i32) (result i32))) ${MEMORY} (export "f" (func $twice))`,
      [([value]) => 2 * (value as number)],
    );
    counters.stack = 0;
    assert.equal(instance.call("f", [21]), 42);
  });

  it("pass an error of a host function through unchanged", async () => {
    const error = new Error("of the host");
    const fields = `(import "h" "fail" (func)) ${MEMORY} (func (export "f") call 0)`;
    const { instance } = await start(fields, [
      () => {
        throw error;
      },
    ]);
    assert.throws(
      () => instance.call("f", []),
      (thrown) => thrown === error,
    );
  });

  it("may re-enter the module through a host function, until this machine has no stack left", async () => {
    const { instance } = await start(
      `(import "h" "again" (func (param i32))) ${MEMORY} (func (export "f") (param i32) local.get 0 call 0)`,
      [([left], caller) => void (left !== 0 && caller.call("f", [(left as number) - 1]))],
    );
    instance.call("f", [100]);
    assert.throws(() => instance.call("f", [10_000_000]), NodeFault);
  });

  it("share a memory that has grown with host functions, in both directions", async () => {
    const { instance } = await start(
      `(import "h" "add" (func)) ${MEMORY}
       (func (export "f") (result i32) i32.const 1 memory.grow drop i32.const 131071 i32.const 5 i32.store8
         call 0 i32.const 131071 i32.load8_u)`,
      [(_, caller) => void caller.memory()[131_071]++],
    );
    assert.equal(instance.call("f", []), 6);
    assert.equal(instance.memory().length, 131_072);
  });
});
