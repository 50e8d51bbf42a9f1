/** The parts of a module that the instrumenter copies, and those that it adds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { toHex } from "../../../reference/core/bytes.ts";
import { COSTS } from "../../../reference/runtime/costs.ts";
import { decodeModule } from "../../../reference/runtime/decode/module.ts";
import { GAS_EXPORT, instrument, STACK_EXPORT } from "../../../reference/runtime/meter/instrument.ts";
import type { Module } from "../../../reference/runtime/module.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";
import { moduleOf, run } from "./metered.ts";

const EVERY_SECTION = `
  (type $unused (func (param i64 i64) (result i32)))
  (import "env" "in" (func (param i32)))
  (table 4 funcref)
  (memory (export "memory") 1 3)
  (global (mut i32) (i32.const 5)) (global i64 (i64.const -5))
  (elem (i32.const 1) $f 0)
  (data (i32.const 7) "abc")
  (export "f" (func $f))
  (func $f (result i64) (local i32 i32 i64) global.get 1)`;

/** Sections by name, as hex. */
function sectionsOf({ bytes, sections }: Module): Map<string, string> {
  return new Map(sections.map(({ name, content, end }) => [name, toHex(bytes.subarray(content, end))]));
}

test("sections that do not change are copied", async () => {
  const module = await moduleOf(EVERY_SECTION);
  const before = sectionsOf(module);
  const after = sectionsOf(decodeModule(instrument(module)));
  const changed = new Set(["global", "export", "code"]);
  assert.deepEqual([...after.keys()], [...before.keys()]);
  assert.ok(before.size >= 9, [...before.keys()].join(" "));
  for (const [name, content] of before) {
    assert.equal(after.get(name) === content, !changed.has(name), name);
  }
});

test("two globals are added after all others, and exported", async () => {
  const module = await moduleOf(EVERY_SECTION);
  const { globals, exports } = decodeModule(instrument(module));
  assert.deepEqual(globals, [
    ...module.globals,
    { type: "i64", isMutable: true, init: 0n },
    { type: "i32", isMutable: true, init: 0n },
  ]);
  const named = exports.map(({ name, kind, index }) => `${name}: ${kind} ${index}`);
  assert.deepEqual(named.slice(-2), [`${GAS_EXPORT}: global 2`, `${STACK_EXPORT}: global 3`]);
  assert.equal(exports.length, module.exports.length + 2);
});

test("locals are added after all others, whose groups do not change", async () => {
  const { bodies } = decodeModule(instrument(await moduleOf(EVERY_SECTION)));
  assert.deepEqual(bodies[0].locals, ["i32", "i32", "i64", "i64", "i32"]);
});

test("a section of globals is added in its order", async () => {
  const module = await moduleOf('(func (export "f") (result i32) i32.const 1)');
  const names = decodeModule(instrument(module)).sections.map(({ name }) => name);
  assert.deepEqual(names, ["type", "function", "memory", "global", "export", "code"]);
});

test("a module without functions gets only two globals", async () => {
  const instrumented = decodeModule(instrument(await moduleOf("")));
  assert.deepEqual(
    instrumented.sections.map(({ name }) => name),
    ["memory", "global", "export"],
  );
});

test("custom sections are left out everywhere", async () => {
  const { bytes } = await moduleOf('(func (export "f") (result i32) i32.const 1)');
  const custom = [0x00, 0x03, 0x01, 0x61, 0x00];
  const padded = Uint8Array.of(...bytes.subarray(0, 8), ...custom, ...bytes.subarray(8), ...custom);
  const module = validateModule(padded, { role: "child", offers: () => true });
  const { sections } = decodeModule(instrument(module));
  assert.ok(sections.every(({ id }) => id !== 0));
  assert.equal(run(module).end, 1);
});

test("padded integers are read by their value", async () => {
  const { bytes } = await moduleOf('(func (export "f") (result i32) (local i32) local.get 0 i32.const 3 i32.add)');
  const [body] = decodeModule(bytes).bodies;
  // Body of one group of one i32, which ends with `i32.const 3`, `i32.add`, `end`.
  const long = [0x81, 0x80, 0x00, 0x81, 0x80, 0x00, 0x7f, 0x20, 0x80, 0x00, 0x41, 0x83, 0x80, 0x00, 0x6a, 0x0b];
  const code = [0x0a, long.length + 2, 0x01, long.length, ...long];
  const section = decodeModule(bytes).sections.find(({ name }) => name === "code");
  assert.ok(section !== undefined && body.end === section.end && section.end === bytes.length);
  const padded = Uint8Array.of(...bytes.subarray(0, section.start), ...code);
  const outcome = run(validateModule(padded, { role: "child", offers: () => true }));
  assert.equal(outcome.end, 3);
  assert.equal(outcome.charged, 1n + 3n);
});

test("another cost table is charged, and a block that costs nothing has no charge", async () => {
  const module = await moduleOf('(func (export "f") (local i32) i32.const 1 drop)');
  const free = {
    ...COSTS,
    version: 2,
    local: 0,
    instructions: new Map([...COSTS.instructions.keys()].map((name) => [name, 0])),
  };
  const charges = (bytes: Uint8Array): number => bytes.length - instrument(module, free).length;
  assert.equal(charges(instrument(module, { ...free, local: 5 })), charges(instrument(module)));
  assert.ok(charges(instrument(module)) > 0);
});

test("a cost table must have an entry for every instruction", async () => {
  const module = await moduleOf("(func)");
  const instructions = new Map([...COSTS.instructions].filter(([name]) => name !== "i64.rotr"));
  assert.throws(() => instrument(module, { ...COSTS, instructions }), /no entry for i64\.rotr/);
});
