import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import { decodeModule } from "../../../reference/runtime/decode/module.ts";
import { ModuleError } from "../../../reference/runtime/faults.ts";
import { readInstruction } from "../../../reference/runtime/instructions.ts";
import type { ValidModule } from "../../../reference/runtime/module.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";

const ANY_IMPORT = { role: "environment", offers: () => true } as const;

async function valid(fields: string): Promise<ValidModule> {
  const wat = `(module (memory (export "memory") 1 2) (func (export "main")) ${fields})`;
  return validateModule(await assemble(wat), ANY_IMPORT);
}

/** The height of the only function besides `main`. */
async function heightOf(functionText: string): Promise<number> {
  const { heights } = await valid(`(table 1 funcref) ${functionText}`);
  assert.equal(heights.length, 2);
  return heights[1];
}

describe("heights", () => {
  const rows: readonly (readonly [about: string, text: string, height: number])[] = [
    ["nothing", "(func)", 0],
    ["one operand", "(func i32.const 1 drop)", 1],
    ["an operand below a block", "(func i32.const 1 block i32.const 1 i32.const 1 drop drop end drop)", 3],
    ["a result", "(func (result i64) i64.const 1)", 1],
    ["a result that is never reached", "(func (result i64) unreachable)", 1],
    ["an unknown operand", "(func unreachable i32.const 1 select drop)", 1],
    [
      "operands that are popped before results are pushed",
      "(func i32.const 1 i32.const 1 i32.add i32.const 1 i32.add drop)",
      2,
    ],
    ["targets of an unknown value", "(func (result i32) unreachable br_table 0 0 0)", 1],
    ["a branch that keeps its value", "(func (result i32) unreachable br_if 0)", 1],
    ["a call", "(func $f (param i32 i32 i32) i32.const 1 i32.const 1 i32.const 1 call $f)", 3],
    ["operands that a branch drops", "(func i32.const 1 i32.const 1 br 0 nop)", 2],
  ];
  for (const [about, text, height] of rows) {
    test(`${about}: ${height}`, async () => assert.equal(await heightOf(text), height));
  }
});

describe("decodeModule", () => {
  test("returns the contents of the sections", async () => {
    const module = decodeModule(
      await assemble(`(module
        (import "a" "b" (func (param i64) (result i32)))
        (memory (export "memory") 1 2) (table 3 9 funcref)
        (global (mut i64) (i64.const -5)) (global i32 (i32.const -1))
        (func (export "f") (param i32) (local i64 i32 i32) nop)
        (elem (i32.const 1) 1 0) (data (i32.const -1) "xyz"))`),
    );
    assert.deepEqual(module.imports[0].type, { params: ["i64"], results: ["i32"] });
    assert.deepEqual(module.memory, { min: 1, max: 2 });
    assert.deepEqual(module.table, { min: 3, max: 9 });
    assert.deepEqual(
      module.globals.map(({ type, isMutable, init }) => [type, isMutable, init]),
      [
        ["i64", true, -5n],
        ["i32", false, -1n],
      ],
    );
    assert.deepEqual(
      module.exports.map(({ name, kind, index }) => [name, kind, index]),
      [
        ["memory", "memory", 0],
        ["f", "function", 1],
      ],
    );
    const [body] = module.bodies;
    assert.deepEqual([body.index, body.locals], [1, ["i64", "i32", "i32"]]);
    assert.equal(readInstruction(module.bytes, body.code).op.name, "nop");
    assert.equal(readInstruction(module.bytes, body.code).next, body.end - 1);
    assert.deepEqual([module.elements[0].offset, module.elements[0].functions], [1, [1, 0]]);
    assert.deepEqual([module.data[0].offset, [...module.data[0].bytes]], [2 ** 32 - 1, [0x78, 0x79, 0x7a]]);
  });

  test("returns names of custom sections, and offsets of all sections", () => {
    const bytes = Uint8Array.from(Buffer.from("0061736d010000000003026162", "hex"));
    const [section] = decodeModule(bytes).sections;
    assert.deepEqual(section, { id: 0, name: "ab", start: 8, content: 10, end: 13 });
  });

  test("reads the immediates of every kind", async () => {
    const { bytes, bodies } = await valid(
      `(table 1 funcref) (type $t (func (result i64)))
       (func (result i64)
         block (result i64) i64.const 0 i32.const -7 br_table 1 0 1 end drop
         i32.const 0 i64.load8_u offset=9 align=1 drop i64.const -2 drop i32.const 0 call_indirect (type $t))`,
    );
    const seen: unknown[] = [];
    for (let at = bodies[1].code; at < bodies[1].end; ) {
      const { op, immediates, wide, next } = readInstruction(bytes, at);
      if (op.immediates !== "none") seen.push([op.name, ...immediates, ...(op.immediates === "i64" ? [wide] : [])]);
      at = next;
    }
    assert.deepEqual(seen, [
      ["block", 0x7e],
      ["i64.const", 0n],
      ["i32.const", -7],
      ["br_table", 1, 0, 1],
      ["i32.const", 0],
      ["i64.load8_u", 0, 9],
      ["i64.const", -2n],
      ["i32.const", 0],
      ["call_indirect", 0, 0],
    ]);
  });
});

test("the error for a memory without a maximum says how to fix it", async () => {
  const bytes = await assemble('(module (memory (export "memory") 1) (func (export "main")))');
  assert.throws(
    () => validateModule(bytes, ANY_IMPORT),
    (error) => error instanceof ModuleError && /--set-maximum/.test(error.message),
  );
});
