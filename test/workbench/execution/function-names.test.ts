import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import { decodeModule } from "../../../reference/runtime/decode/module.ts";
import { functionNames } from "../../../workbench/execution/function-names.ts";

const MODULE = `(module
  (import "eth2" "blockDataSize" (func (result i32)))
  (memory (export "memory") 1 1)
  (func (export "main"))
  (func)
  (func (export "twice") (export "again")))`;

async function namesOf(section?: readonly number[]): Promise<string[]> {
  const code = await assemble(MODULE);
  const custom = section === undefined ? [] : [0, section.length + 5, 4, ...Buffer.from("name"), ...section];
  const names = functionNames(decodeModule(Uint8Array.from([...code, ...custom])));
  return [0, 1, 2, 3, 4].map(names);
}

/** A subsection with names of functions. */
const functions = (...bytes: number[]): number[] => [1, bytes.length, ...bytes];

test("functions are named after their last export, or after their index", async () => {
  assert.deepEqual(await namesOf(), ["#0", "main", "#2", "again", "#4"]);
});

test("names of the custom section take precedence, and other subsections are skipped", async () => {
  const moduleName = [0, 2, 1, 0x6d];
  const named = [...moduleName, ...functions(2, 1, 1, 0x61, 2, 2, 0xc3, 0xa9)];
  assert.deepEqual(await namesOf(named), ["#0", "a", "é", "again", "#4"]);
});

test("a section that cannot be read is used up to the fault, without an error", async () => {
  const unnamed = ["#0", "main", "#2", "again", "#4"];
  assert.deepEqual(await namesOf([]), unnamed);
  assert.deepEqual(await namesOf([1]), unnamed);
  assert.deepEqual(await namesOf([1, 200, 1]), unnamed);
  assert.deepEqual(await namesOf(functions(0xff, 0xff, 0xff, 0xff, 0x0f)), unnamed);
  assert.deepEqual(await namesOf(functions(1, 2, 1, 0xff)), unnamed);
  assert.deepEqual(await namesOf(functions(2, 2, 1, 0x61, 3, 100, 0x62)), ["#0", "main", "a", "again", "#4"]);
});
