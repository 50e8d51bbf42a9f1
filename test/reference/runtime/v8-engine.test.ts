/** The engine over V8: counters that are copied in and out, errors, and faults of the machine. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ProofError } from "../../../reference/core/errors.ts";
import { COSTS } from "../../../reference/runtime/costs.ts";
import { type Counters, charge, type HostFunction, type Instance } from "../../../reference/runtime/engine.ts";
import { NodeFault, OutOfGas, Trap } from "../../../reference/runtime/faults.ts";
import { instrument } from "../../../reference/runtime/meter/instrument.ts";
import { CompiledModules } from "../../../reference/runtime/v8/compiled-modules.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { toExecutionError } from "../../../reference/runtime/v8/traps.ts";
import { Instance as EngineInstance, Module, RuntimeError } from "../../../reference/runtime/v8/web-assembly.ts";
import { endOf, moduleOf, PLENTY, run, STACK, v8 } from "./metered.ts";

const CALLS_HOST = `(import "env" "h" (func $h (param i32 i64) (result i32)))
  (func (export "f") (result i32) i32.const -1 i64.const -2 call $h i32.const 1 i32.add)
  (func (export "g") (result i32) i32.const 11)`;
/** The charges before the host function begins, and the frame of `f`. */
const BEFORE_HOST = 1n + 1n + 8n;
const FRAME = 2 + 8;

test("a host function gets signed arguments and the counters, and its charges count", async () => {
  const seen: unknown[] = [];
  const counters: Counters = { gas: 1000n, stack: STACK };
  const host: HostFunction = (args, caller) => {
    seen.push(args, counters.gas, counters.stack, caller.module.imports.length);
    charge(counters, 100n);
    return 41;
  };
  const instance = v8.instantiate(await moduleOf(CALLS_HOST), [host], counters);
  assert.equal(instance.call("f", []), 42);
  assert.deepEqual(seen, [[-1, -2n], 1000n - BEFORE_HOST, STACK - FRAME, 1]);
  assert.deepEqual(counters, { gas: 1000n - BEFORE_HOST - 100n - 2n, stack: STACK });
});

const HOST_ERRORS: readonly (readonly [string, () => Error])[] = [
  ["a trap", () => new Trap("range", "beyond the memory")],
  ["out of gas", () => new OutOfGas()],
  ["an error of a proof", () => new ProofError("incomplete", "not covered")],
  ["a fault of the node", () => new NodeFault("no memory")],
  ["a bug", () => new TypeError("a bug")],
];

for (const [what, make] of HOST_ERRORS) {
  test(`${what} of a host function passes through unchanged, and its charges count`, async () => {
    const counters: Counters = { gas: 1000n, stack: STACK };
    const error = make();
    const host: HostFunction = () => {
      counters.gas -= 500n;
      throw error;
    };
    const instance = v8.instantiate(await moduleOf(CALLS_HOST), [host], counters);
    assert.throws(
      () => instance.call("f", []),
      (thrown) => thrown === error,
    );
    assert.equal(counters.gas, 1000n - BEFORE_HOST - 500n);
  });
}

test("a host function that charges more than the gas left ends the execution", async () => {
  const counters: Counters = { gas: 100n, stack: STACK };
  const host: HostFunction = () => {
    charge(counters, 200n);
    return 0;
  };
  const instance = v8.instantiate(await moduleOf(CALLS_HOST), [host], counters);
  assert.equal(
    endOf(() => instance.call("f", [])),
    "out of gas",
  );
  assert.equal(counters.gas, 100n - BEFORE_HOST - 200n);
});

/** A module whose host function calls `child` in an instance that shares the counters. */
async function callChild(child: string, gas: bigint, stack = STACK) {
  const counters: Counters = { gas, stack };
  const inner = v8.instantiate(await moduleOf(child), [], counters);
  const outer = v8.instantiate(await moduleOf(CALLS_HOST), [() => inner.call("c", [])], counters);
  return { counters, end: endOf(() => outer.call("f", [])) };
}

test("RUNTIME-METER-036: an instance that a host function calls runs on the gas and stack left, and gives the stack back", async () => {
  const { counters, end } = await callChild('(func (export "c") (result i32) i32.const 5)', 1000n, FRAME + 1 + 8);
  assert.equal(end, 6);
  assert.deepEqual(counters, { gas: 1000n - BEFORE_HOST - 1n - 2n, stack: FRAME + 1 + 8 });
});

test("RUNTIME-METER-036: an instance that a host function calls has no stack of its own", async () => {
  const { end } = await callChild('(func (export "c") (result i32) i32.const 5)', 1000n, FRAME + 8);
  assert.equal(end, "trap: stack");
});

test("a called instance that ends also ends its caller, for the same reason", async () => {
  const outOfGas = await callChild('(func (export "c") (result i32) loop br 0 end i32.const 1)', 1001n);
  assert.equal(outOfGas.end, "out of gas");
  assert.equal(outOfGas.counters.gas, -1n, "1001 less the caller's 10 is odd, an iteration costs 2");
  const trap = await callChild('(func (export "c") (result i32) unreachable)', 1000n);
  assert.equal(trap.end, "trap: unreachable");
  assert.equal(trap.counters.gas, 1000n - BEFORE_HOST - 1n);
});

test("an instance that is called again during a host call runs on the gas and stack left", async () => {
  const counters: Counters = { gas: 1000n, stack: STACK };
  const host: HostFunction = (_, caller) => caller.call("g", []);
  const instance = v8.instantiate(await moduleOf(CALLS_HOST), [host], counters);
  assert.equal(instance.call("f", []), 12);
  assert.deepEqual(counters, { gas: 1000n - BEFORE_HOST - 1n - 2n, stack: STACK });
});

test("imports with unusual names are found", async () => {
  const module = await moduleOf(`(import "__proto__" "__proto__" (func $a (result i32)))
    (import "constructor" "toString" (func $b (result i32))) (import "__proto__" "" (func $c (result i32)))
    (func (export "f") (result i32) call $a call $b call $c i32.mul i32.sub)`);
  assert.equal(run(module, { functions: [() => 100, () => 7, () => 3] }).end, 79);
});

test("exports are known by name and kind", async () => {
  const { instance } = run(await moduleOf('(func (export "f") (param i64) (result i32) i32.const 1)'), { args: [1n] });
  assert.deepEqual(instance.exportType("f"), { params: ["i64"], results: ["i32"] });
  for (const name of ["memory", "proofhouse.gas", "toString"]) {
    assert.equal(instance.exportType(name), undefined, name);
    assert.throws(() => instance.call(name, []), /exports no function/);
  }
});

test("the memory is current, also after it has grown", async () => {
  const module = await moduleOf('(func (export "f") (result i32) i32.const 2 memory.grow) (data (i32.const 3) "a")');
  const { instance } = run(module);
  assert.equal(instance.memory().length, 3 * 65_536);
  assert.equal(instance.memory()[3], 0x61);
});

test("RUNTIME-GEN-003: an engine without a stack left is a fault of the node", async () => {
  const recurse = (): number => recurse() + 1;
  const module = await moduleOf(CALLS_HOST);
  assert.throws(() => run(module, { functions: [recurse] }), NodeFault);
});

test("RUNTIME-GEN-003: a module that the engine rejects is a fault of the node", async () => {
  const module = await moduleOf('(func (export "f") (result i32) i32.const 1)');
  const bytes = module.bytes.slice();
  bytes[module.bodies[0].code] = 0x42;
  const counters: Counters = { gas: PLENTY, stack: STACK };
  assert.throws(() => v8.instantiate({ ...module, bytes }, [], counters), NodeFault);
});

test("RUNTIME-GEN-003: a module that the engine cannot instantiate is a fault of the node", async () => {
  const module = await moduleOf('(data (i32.const 65530) "abcdef") (func (export "f"))');
  const [data] = module.sections.filter(({ name }) => name === "data");
  const bytes = module.bytes.slice();
  // One segment, of the memory, at 65 530 in three bytes.
  assert.deepEqual([...bytes.subarray(data.content, data.content + 6)], [0x01, 0x00, 0x41, 0xfa, 0xff, 0x03]);
  bytes[data.content + 3] = 0xff;
  assert.throws(() => v8.instantiate({ ...module, bytes }, [], { gas: PLENTY, stack: STACK }), NodeFault);
});

test("RUNTIME-GEN-003, RUNTIME-METER-020: a memory that fails to grow within its maximum is a fault of the node", async () => {
  const module = await moduleOf(`(memory (export "memory") 1 9)
    (func (export "f") (param i32) (result i32) local.get 0 memory.grow)`);
  const bytes = instrument(module);
  // A machine with three pages: the engine gets the module with a maximum of three.
  const at = bytes.findIndex((_, index) =>
    [0x05, 0x04, 0x01, 0x01, 0x01, 0x09].every((x, i) => bytes[index + i] === x),
  );
  bytes[at + 5] = 3;
  for (const [pages, isFault] of [
    [2, false],
    [3, true],
    [8, true],
    [9, false],
    [-1, false],
  ] as const) {
    const { exports } = new EngineInstance(new Module(bytes), {});
    const [gas, stack] = [exports["proofhouse.gas"], exports["proofhouse.stack"]] as { value: bigint | number }[];
    Object.assign(gas, { value: 2n ** 60n });
    Object.assign(stack, { value: STACK });
    const grow = exports.f as (pages: number) => number;
    const end = endOf(() => {
      try {
        return grow(pages);
      } catch (error) {
        const meaning = toExecutionError(error, { gas: gas.value as bigint, stack: stack.value as number });
        if (meaning instanceof NodeFault) return -2;
        throw meaning;
      }
    });
    assert.equal(end, isFault ? -2 : pages === 2 ? 1 : -1, `${pages} pages`);
  }
});

test("a trap with an unknown message is a fault of the node", () => {
  assert.ok(toExecutionError(new RuntimeError("something new"), { gas: 1n, stack: 1 }) instanceof NodeFault);
});

test("compiled modules are cached by their bytes, and the least recently used one is dropped first", async () => {
  const modules = new CompiledModules(2, COSTS);
  const [a, b, c] = await Promise.all(["1", "2", "3"].map((n) => moduleOf(`(func (export "f") i32.const ${n} drop)`)));
  const compiledA = modules.compiled(a);
  const compiledB = modules.compiled(b);
  assert.equal(modules.compiled({ ...a, bytes: a.bytes.slice() }), compiledA);
  modules.compiled(c);
  assert.equal(modules.compiled(a), compiledA);
  assert.notEqual(modules.compiled(b), compiledB);
  assert.equal(modules.size, 2);
});

test("an engine with other costs charges them", async () => {
  const module = await moduleOf('(func (export "f") (local i32 i32))');
  const engine = createV8Engine({ costs: { ...COSTS, version: 7, local: 50 } });
  assert.equal(run(module, { engine }).charged, 100n);
  assert.equal(run(module).charged, 2n);
});

test("instances of one module share nothing but the counters", async () => {
  const module = await moduleOf(`(global $n (mut i32) (i32.const 0))
    (func (export "f") (result i32) global.get $n i32.const 1 i32.add global.set $n
      i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store global.get $n i32.const 0 i32.load i32.add)`);
  const counters: Counters = { gas: PLENTY, stack: STACK };
  const instances: Instance[] = [1, 2].map(() => v8.instantiate(module, [], counters));
  assert.deepEqual(
    [0, 0, 1].map((index) => instances[index].call("f", [])),
    [2, 4, 2],
  );
});
