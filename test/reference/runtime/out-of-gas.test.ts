/**
 * Programs at every gas limit from 0 to their cost. Each block leaves a mark if and only if it has been paid for.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGINES, moduleOf, run } from "./metered.ts";

/** Adds one to the i32 at `address`; costs 1 + 1 + 3 + 1 + 1 + 3. */
const mark = (address: number): string =>
  `(i32.store (i32.const ${address}) (i32.add (i32.load (i32.const ${address})) (i32.const 1)))`;
const MARK = 10;
const COUNT = "global.get $count i32.const 1 i32.add global.set $count";
const GLOBALS = '(global $count (mut i32) (i32.const 0)) (func (export "count") (result i32) global.get $count)';

/** A charge, and the effects that it pays for: marks by address, and additions to the global. */
interface Step {
  readonly cost: number;
  readonly marks?: readonly number[];
  readonly counts?: number;
}

interface Program {
  readonly title: string;
  readonly fields: string;
  /** The charges in the order in which they are made. */
  readonly steps: readonly Step[];
  readonly end?: number | string;
}

const PROGRAMS: readonly Program[] = [
  {
    title: "a loop and the code after it",
    fields: `(func (export "f") (local i32) ${mark(0)}
      loop ${mark(4)} ${COUNT} local.get 0 i32.const 1 i32.add local.tee 0 i32.const 3 i32.lt_u br_if 0 ${mark(8)} end ${mark(12)})`,
    steps: [
      { cost: 1 + MARK, marks: [0] },
      ...Array<Step>(3).fill({ cost: MARK + 4 + 4 + 2 + 2, marks: [4], counts: 1 }),
      { cost: MARK, marks: [8] },
      { cost: MARK, marks: [12] },
    ],
  },
  {
    title: "calls and the blocks between them",
    fields: `(func $g (param i32) (result i32) ${mark(4)} local.get 0 if ${mark(8)} end i32.const 1)
      (func (export "f") (result i32) ${mark(0)} i32.const 0 call $g ${COUNT} drop i32.const 1 call $g ${mark(12)})`,
    steps: [
      { cost: MARK + 1 + 8, marks: [0] },
      { cost: MARK + 1 + 2, marks: [4] },
      { cost: 1 },
      { cost: 4 + 1 + 1 + 8, counts: 1 },
      { cost: MARK + 1 + 2, marks: [4] },
      { cost: MARK, marks: [8] },
      { cost: 1 },
      { cost: MARK, marks: [12] },
    ],
    end: 1,
  },
  {
    title: "instructions that are charged by their operand",
    fields: `(func (export "f") (result i32) ${mark(0)} i32.const 4 i32.const 1 i32.const 1 memory.fill
      ${mark(8)} i32.const 13 i32.const 9 i32.const 3 memory.copy ${COUNT} i32.const 12 i32.load)`,
    steps: [
      { cost: MARK + 3 + 8, marks: [0] },
      { cost: 1, marks: [4] },
      { cost: MARK + 3 + 8, marks: [8] },
      { cost: 3 },
      { cost: 4 + 1 + 3, counts: 1 },
    ],
    end: 0,
  },
  {
    title: "a br_table that leads to a trap",
    fields: `(func (export "f") block block block ${mark(0)} i32.const 1 br_table 0 1 2 end ${mark(4)} end ${mark(8)} br 0 end unreachable)`,
    steps: [{ cost: MARK + 1 + 4, marks: [0] }, { cost: MARK + 2, marks: [8] }, { cost: 1 }],
    end: "trap: unreachable",
  },
];

for (const { engine, title, fields, steps, end } of ENGINES.flatMap((one) =>
  PROGRAMS.map((program) => ({ ...program, engine: one })),
)) {
  test(`${title}, at every gas limit, in ${engine.name}`, async () => {
    const module = await moduleOf(`${fields} ${GLOBALS}`);
    const total = steps.reduce((sum, { cost }) => sum + cost, 0);
    for (let gas = 0; gas <= total; gas++) {
      const { paid, charged } = payFor(steps, gas);
      const outcome = run(module, { engine, gas: BigInt(gas) });
      const what = `with ${gas} gas of ${total}`;
      assert.equal(outcome.end, gas < total ? "out of gas" : end, what);
      assert.equal(outcome.charged, BigInt(charged), what);
      const memory = new DataView(outcome.instance.memory().buffer);
      for (const address of [0, 4, 8, 12]) {
        const marks = paid.filter((step) => step.marks?.includes(address)).length;
        assert.equal(memory.getInt32(address, true), marks, `${what}, the mark at ${address}`);
      }
      Object.assign(outcome.counters, { gas: 10n, stack: 100 });
      const counts = paid.reduce((sum, step) => sum + (step.counts ?? 0), 0);
      assert.equal(outcome.instance.call("count", []), counts, `${what}, the global`);
    }
  });
}

/** The steps that `gas` pays for, and the sum of all charges, including the first one that exceeds the gas. */
function payFor(steps: readonly Step[], gas: number): { paid: readonly Step[]; charged: number } {
  let charged = 0;
  for (const [index, { cost }] of steps.entries()) {
    charged += cost;
    if (charged > gas) return { paid: steps.slice(0, index), charged };
  }
  return { paid: steps, charged };
}
