/** The rules of docs/spec/gas.md, one by one. Each sum is computed by hand from the text and the table of costs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGINES, moduleOf, run, STACK } from "./metered.ts";

interface Sum {
  readonly title: string;
  /** Of the module, whose `f` is called. */
  readonly fields: string;
  readonly args?: readonly number[];
  readonly end?: number | bigint | string;
  readonly charged: number;
}

const SUMS: readonly Sum[] = [
  { title: "an empty body is free", fields: '(func (export "f"))', charged: 0 },
  {
    title: "RUNTIME-METER-014: a block is charged the sum of its instructions",
    fields: '(func (export "f") (result i32) i32.const 6 i32.const 7 i32.mul)',
    end: 42,
    charged: 1 + 1 + 2,
  },
  {
    title: "nop and the structure of blocks are free",
    fields: '(func (export "f") block nop loop nop end end)',
    charged: 0,
  },
  {
    title: "RUNTIME-METER-003: locals are charged at entry, parameters are not",
    fields: '(func (export "f") (param i32 i32) (local i32 i64 i64))',
    args: [1, 2],
    charged: 3,
  },
  {
    title: "RUNTIME-METER-015: a block is charged in full, even if its first instruction traps",
    fields: '(func (export "f") unreachable i32.const 1 drop)',
    end: "trap: unreachable",
    charged: 1,
  },
  {
    title: "RUNTIME-METER-015: a block is charged in full, even if a load in it traps",
    fields:
      '(func (export "f") (result i32) (i32.load (i32.const 65533)) (i32.div_u (i32.const 1) (i32.const 0)) drop)',
    end: "trap: memory-range",
    charged: 1 + 3 + 1 + 1 + 8 + 1,
  },
  {
    title: "a loop is charged in each iteration, and the code after it once",
    fields: `(func (export "f") (param i32) (result i32)
      loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end
      local.get 0)`,
    args: [5],
    end: 0,
    charged: 5 * (1 + 1 + 1 + 1 + 2) + 1,
  },
  {
    title: "the true arm of an if",
    fields: `(func (export "f") (param i32) (result i32)
      local.get 0 if (result i32) i32.const 1 i32.const 2 i32.mul else i32.const 3 end)`,
    args: [1],
    end: 2,
    charged: 1 + 2 + (1 + 1 + 2),
  },
  {
    title: "the false arm of an if",
    fields: `(func (export "f") (param i32) (result i32)
      local.get 0 if (result i32) i32.const 1 i32.const 2 i32.mul else i32.const 3 end)`,
    args: [0],
    end: 3,
    charged: 1 + 2 + 1,
  },
  {
    title: "an if without else that is not taken",
    fields: '(func (export "f") (param i32) local.get 0 if i32.const 1 drop end i32.const 2 drop)',
    args: [0],
    charged: 1 + 2 + 1 + 1,
  },
  {
    title: "the code after a br_if that is not taken",
    fields: '(func (export "f") (param i32) block local.get 0 br_if 0 i32.const 1 drop end i32.const 2 drop)',
    args: [0],
    charged: 1 + 2 + (1 + 1) + (1 + 1),
  },
  {
    title: "the code after a br_if that is taken",
    fields: '(func (export "f") (param i32) block local.get 0 br_if 0 i32.const 1 drop end i32.const 2 drop)',
    args: [1],
    charged: 1 + 2 + (1 + 1),
  },
  {
    title: "br_table to the inner block",
    fields: `(func (export "f") (param i32) (result i32)
      block block local.get 0 br_table 0 1 end i32.const 10 return end i32.const 20 i32.const 1 i32.add)`,
    args: [0],
    end: 10,
    charged: 1 + 4 + 1 + 1,
  },
  {
    title: "br_table beyond its targets",
    fields: `(func (export "f") (param i32) (result i32)
      block block local.get 0 br_table 0 1 end i32.const 10 return end i32.const 20 i32.const 1 i32.add)`,
    args: [-1],
    end: 21,
    charged: 1 + 4 + 1 + 1 + 1,
  },
  {
    title: "br_table to the body",
    fields: '(func (export "f") (param i32) (result i32) i32.const 7 local.get 0 br_table 0 0)',
    args: [9],
    end: 7,
    charged: 1 + 1 + 4,
  },
  {
    title: "return from nested blocks",
    fields: `(func (export "f") (param i32) (result i32)
      block loop local.get 0 if i32.const 5 return end i32.const 6 return end end i32.const 7)`,
    args: [1],
    end: 5,
    charged: 1 + 2 + 1 + 1,
  },
  {
    title: "unreachable code is not charged",
    fields: '(func (export "f") (result i32) i32.const 1 return i32.div_u i32.div_u drop unreachable)',
    end: 1,
    charged: 1 + 1,
  },
  {
    title: "a call, the body of the called function, and the code after the call",
    fields: `(func $g (param i32) (result i32) (local i32) local.get 0)
      (func (export "f") (result i32) i32.const 1 call $g i32.const 2 i32.add)`,
    end: 3,
    charged: 1 + 8 + (1 + 1) + (1 + 1),
  },
  {
    title: "call_indirect",
    fields: `(table 1 funcref) (elem (i32.const 0) $g) (type $t (func (result i32)))
      (func $g (result i32) i32.const 9) (func (export "f") (result i32) i32.const 0 call_indirect (type $t))`,
    end: 9,
    charged: 1 + 12 + 1,
  },
  {
    title: "call_indirect beyond the table",
    fields: '(table 1 funcref) (type $t (func)) (func (export "f") i32.const 1 call_indirect (type $t))',
    end: "trap: table-index",
    charged: 1 + 12,
  },
  {
    title: "call_indirect of an empty element",
    fields: '(table 1 funcref) (type $t (func)) (func (export "f") i32.const 0 call_indirect (type $t))',
    end: "trap: call-type",
    charged: 1 + 12,
  },
  {
    title: "call_indirect of another type",
    fields: `(table 1 funcref) (elem (i32.const 0) $g) (type $t (func (param i32)))
      (func $g) (func (export "f") i32.const 0 i32.const 0 call_indirect (type $t))`,
    end: "trap: call-type",
    charged: 1 + 1 + 12,
  },
  {
    title: "RUNTIME-METER-005: memory.fill is charged for its bytes",
    fields: '(func (export "f") i32.const 0 i32.const 1 i32.const 100 memory.fill i32.const 1 drop)',
    charged: 1 + 1 + 1 + 8 + 100 + (1 + 1),
  },
  {
    title: "RUNTIME-METER-019: memory.copy is charged for its bytes before it traps",
    fields: '(func (export "f") i32.const 0 i32.const 65000 i32.const 1000 memory.copy i32.const 1 drop)',
    end: "trap: memory-range",
    charged: 1 + 1 + 1 + 8 + 1000,
  },
  {
    title: "RUNTIME-METER-018: a length is unsigned",
    fields: '(func (export "f") i32.const 0 i32.const 0 i32.const -1 memory.fill)',
    end: "out of gas",
    charged: 1 + 1 + 1 + 8 + 4_294_967_295,
  },
  {
    title: "RUNTIME-METER-017: memory.grow is charged for its pages",
    fields: '(func (export "f") (result i32) i32.const 2 memory.grow)',
    end: 1,
    charged: 1 + 16 + 2 * 4096,
  },
  {
    title: "RUNTIME-METER-019: memory.grow is charged even if it returns −1",
    fields: '(func (export "f") (result i32) i32.const 3 memory.grow)',
    end: -1,
    charged: 1 + 16 + 3 * 4096,
  },
  {
    title: "memory.grow by 0 pages",
    fields: '(func (export "f") (result i32) i32.const 0 memory.grow memory.size i32.add)',
    end: 2,
    charged: 1 + 16 + (1 + 1),
  },
  {
    title: "memory.grow by 2^32 − 1 pages",
    fields: '(func (export "f") (result i32) i32.const -1 memory.grow)',
    end: "out of gas",
    charged: 1 + 16 + 4_294_967_295 * 4096,
  },
  {
    title: "division by zero",
    fields: '(func (export "f") (result i32) i32.const 1 i32.const 0 i32.rem_s)',
    end: "trap: division-by-zero",
    charged: 1 + 1 + 8,
  },
  {
    title: "integer overflow",
    fields: '(func (export "f") (result i64) i64.const -9223372036854775808 i64.const -1 i64.div_s)',
    end: "trap: integer-overflow",
    charged: 1 + 1 + 8,
  },
  {
    title: "a function that traps in its second block has been charged for two blocks",
    fields: `(func $g i32.const 1 if unreachable end) (func (export "f") i32.const 5 drop call $g i32.const 6 drop)`,
    end: "trap: unreachable",
    charged: 1 + 1 + 8 + (1 + 2) + 1,
  },
];

for (const { title, fields, args = [], end, charged } of SUMS) {
  test(title, async () => {
    const module = await moduleOf(fields);
    for (const engine of ENGINES) {
      const outcome = run(module, { engine, args });
      assert.equal(outcome.end, end, engine.name);
      assert.equal(outcome.charged, BigInt(charged), engine.name);
    }
  });
}

const NO_OPERANDS = 8;

const WAYS_OUT: readonly (readonly [string, string, number])[] = [
  ["falling off the end", "i32.const 1", 1],
  ["return", "i32.const 2 return", 2],
  ["return in blocks", "block loop i32.const 3 return end end i32.const 0", 3],
  ["return with operands left over", "i32.const 9 i32.const 9 i32.const 4 return", 4],
  ["br to the body", "i32.const 5 br 0", 5],
  ["br to the body from blocks", "block loop i32.const 6 br 2 end end i32.const 0", 6],
  ["br_if to the body", "i32.const 7 i32.const 1 br_if 0", 7],
  ["br_table to the body", "block i32.const 8 i32.const 1 br_table 1 1 1 end i32.const 0", 8],
];

for (const engine of ENGINES) {
  test(`RUNTIME-METER-024: the frame is parameters, locals, operands and 8, in ${engine.name}`, async () => {
    const fields = `(func (export "f") (param i32 i64) (result i64) (local i32)
    i32.const 1 i32.const 2 i32.const 3 drop drop drop local.get 1)`;
    const module = await moduleOf(fields);
    const frame = 2 + 1 + 3 + NO_OPERANDS;
    const args = [1, 2n];
    assert.equal(run(module, { engine, args, stack: frame }).end, 2n);
    const short = run(module, { engine, args, stack: frame - 1 });
    assert.equal(short.end, "trap: stack");
    assert.equal(short.charged, 0n, "nothing is charged before the frame is taken");
  });

  test(`RUNTIME-METER-028: the results of unreachable code count for the frame, in ${engine.name}`, async () => {
    const results = '(func (export "f") (result i32) unreachable select)';
    assert.equal(run(await moduleOf(results), { engine, stack: 1 + NO_OPERANDS }).end, "trap: unreachable");
    assert.equal(run(await moduleOf(results), { engine, stack: NO_OPERANDS }).end, "trap: stack");
    const tall = '(func (export "f") return i32.const 1 i32.const 2 i32.const 3 drop drop drop)';
    assert.equal(run(await moduleOf(tall), { engine, stack: 3 + NO_OPERANDS }).end, undefined);
    assert.equal(run(await moduleOf(tall), { engine, stack: 2 + NO_OPERANDS }).end, "trap: stack");
  });

  test(`RUNTIME-METER-022: a body without enough stack is not charged, and traps as stack at any gas, in ${engine.name}`, async () => {
    const outcome = run(await moduleOf('(func (export "f") i32.const 1 drop)'), { engine, gas: 0n, stack: 3 });
    assert.equal(outcome.end, "trap: stack");
  });

  for (const [way, body, result] of WAYS_OUT) {
    test(`RUNTIME-METER-023: ${way} gives the frame back, in ${engine.name}`, async () => {
      const module = await moduleOf(`(func $g (result i32) ${body}) (func (export "f") (result i32) (local i32)
      loop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 100 i32.lt_u call $g drop br_if 0 end call $g)`);
      const outcome = run(module, { engine, stack: 100 });
      assert.equal(outcome.end, result);
      assert.equal(outcome.stackTaken, 0);
      assert.equal(
        outcome.instance.call("f", []),
        result,
        "the second call begins with the same stack as the first one",
      );
    });
  }

  test(`RUNTIME-METER-021: recursion ends with the stack, whatever the gas, in ${engine.name}`, async () => {
    const module = await moduleOf(`(global $depth (mut i32) (i32.const 0)) (export "depth" (global $depth))
    (func $f (export "f") global.get $depth i32.const 1 i32.add global.set $depth call $f)
    (func (export "reached") (result i32) global.get $depth)`);
    const outcome = run(module, { engine });
    assert.equal(outcome.end, "trap: stack");
    const frame = 2 + NO_OPERANDS;
    const frames = Math.floor(STACK / frame);
    assert.equal(outcome.charged, BigInt(frames * (1 + 1 + 1 + 1 + 8)));
    outcome.counters.stack = STACK;
    assert.equal(outcome.instance.call("reached", []), frames);
  });

  test(`the smallest frame recurses to the end of the metered stack, not of the engine's stack, in ${engine.name}`, async () => {
    const outcome = run(await moduleOf('(func $f (export "f") call $f)'), { engine });
    assert.equal(outcome.end, "trap: stack");
    assert.equal(outcome.charged, BigInt(8 * Math.floor(STACK / NO_OPERANDS)));
  });
}
