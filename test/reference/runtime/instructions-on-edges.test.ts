/** Every instruction except control instructions, on every pair of edge values, in the interpreter and in V8. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { constant, encodeModule, type Token, token } from "../../../authoring/cases/runtime/random/encode-module.ts";
import type { Engine, Instance, WasmValue } from "../../../reference/runtime/engine.ts";
import { Trap } from "../../../reference/runtime/faults.ts";
import { OPCODES, type Opcode } from "../../../reference/runtime/instructions.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import type { FunctionType, ValueType } from "../../../reference/runtime/module.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";
import { PLENTY } from "./observe.ts";
import { createPlainV8Engine } from "./plain-v8.ts";

interface Sample {
  readonly name: string;
  readonly type: FunctionType;
  readonly code: readonly Token[];
}

const PAGE = 65_536;

const NARROW_EDGES = [
  ...[0, 1, 2, 3, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536],
  ...[2 ** 30, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1, -1, -2, -3, -31, -32, -33, -128, -129, -32_768, -32_769],
  ...[0x12345678, 0x0f0f0f0f, 0x55555555, 0x80808080 | 0, 0xdeadbeef | 0],
];
const WIDE_EDGES = [
  ...NARROW_EDGES.map(BigInt),
  ...[2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 63n) + 1n],
  ...[0x0123456789abcdefn, 0x0f0f0f0f00000000n, -0x80000000n, -0x80000001n, -(2n ** 32n), -(2n ** 32n) - 1n],
];
const EDGES: Readonly<Record<ValueType, readonly WasmValue[]>> = { i32: NARROW_EDGES, i64: WIDE_EDGES };

/** Addresses near the ends of the memory and of the numbers. `OFFSETS` leads past them. */
const ADDRESSES = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 255, 257].flatMap((distance) => [distance, PAGE - distance]),
  ...[PAGE + 1, 2 ** 31 - 1, -(2 ** 31), -PAGE, -8, -4, -2, -1],
];
const OFFSETS = [0, 1, 3, 8, PAGE - 8, PAGE - 1, PAGE, 2 ** 31, 2 ** 32 - PAGE, 2 ** 32 - 8, 2 ** 32 - 1];

function instantiate(engine: Engine, samples: readonly Sample[]): Instance {
  const bytes = encodeModule({
    types: samples.map(({ type }) => type),
    imports: [],
    functions: samples.map(({ code }, index) => ({ type: index, locals: [], code: [...code, token("end")] })),
    table: undefined,
    memory: { min: 1, max: 2 },
    globals: [],
    exports: [
      { name: "memory", kind: "memory", index: 0 },
      ...samples.map(({ name }, index) => ({ name, kind: "function" as const, index })),
    ],
    elements: [],
    // Bytes with and without the highest bit, at both ends of the memory.
    data: [0, PAGE - 300].map((offset) => ({
      offset,
      bytes: Uint8Array.from({ length: 300 }, (_, i) => i * 37 + 129),
    })),
  });
  const module = validateModule(bytes, { role: "library", offers: () => false });
  return engine.instantiate(module, [], { ...PLENTY });
}

function endOf(instance: Instance, name: string, args: readonly WasmValue[]): string {
  try {
    return String(instance.call(name, args));
  } catch (error) {
    if (error instanceof Trap) return error.reason;
    throw error;
  }
}

/** Compares the results and traps of the calls, and the memory after them. */
function compare(samples: readonly Sample[], argumentsOf: (sample: Sample) => readonly (readonly WasmValue[])[]): void {
  const [ours, theirs] = [createInterpreter(), createPlainV8Engine()].map((engine) => instantiate(engine, samples));
  for (const sample of samples) {
    for (const args of argumentsOf(sample)) {
      const [seen, expected] = [ours, theirs].map((instance) => endOf(instance, sample.name, args));
      if (seen !== expected) assert.fail(`${sample.name}(${args.join(", ")}): ${seen}, in V8 ${expected}`);
    }
    assert.deepEqual(Buffer.from(ours.memory()), Buffer.from(theirs.memory()), `memory after ${sample.name}`);
  }
}

function product(types: readonly (readonly WasmValue[])[]): WasmValue[][] {
  return types.reduce<WasmValue[][]>(
    (lists, values) => lists.flatMap((list) => values.map((value) => [...list, value])),
    [[]],
  );
}

function opcodesWhere(isWanted: (opcode: Opcode) => boolean): { readonly name: string; readonly type: FunctionType }[] {
  return [...OPCODES.values()].flatMap((opcode) => {
    const { name, type } = opcode;
    if (type === undefined || !isWanted(opcode)) return [];
    return [{ name, type: { params: type.operands, results: type.results } }];
  });
}

function operands({ params }: FunctionType): Token[] {
  return params.map((_, index) => token("local.get", index));
}

describe("instructions on edge values", () => {
  it("compute the same as V8", () => {
    const numeric = opcodesWhere(({ immediates, name }) => immediates === "none" && name !== "nop");
    assert.equal(numeric.length, 66);
    const samples = numeric.map(({ name, type }) => ({ name, type, code: [...operands(type), token(name)] }));
    compare(samples, ({ type }) => product(type.params.map((param) => EDGES[param])));
  });

  it("load and store the same as V8, at every edge of the memory", () => {
    const accesses = opcodesWhere(({ width }) => width > 0);
    assert.equal(accesses.length, 19);
    const samples = accesses.flatMap(({ name, type }) =>
      OFFSETS.map((offset) => ({
        ...{ name: `${name} ${offset}`, type },
        code: [...operands(type), token(name, 0, offset)],
      })),
    );
    compare(samples, ({ type: { params } }) =>
      product([ADDRESSES, ...params.slice(1).map((param) => EDGES[param].slice(-8))]),
    );
  });

  it("fill and copy as V8 does, overlapping, empty and beyond the end", () => {
    const params: ValueType[] = ["i32", "i32", "i32"];
    const type = { params, results: [] };
    const get = operands(type);
    const samples = [
      { name: "fill", type, code: [...get, token("memory.fill", 0)] },
      { name: "copy", type, code: [...get, token("memory.copy", 0, 0)] },
    ];
    const places = [0, 1, 100, PAGE - 100, PAGE - 1, PAGE, PAGE + 1, -1];
    compare(samples, ({ name }) =>
      product([places, name === "fill" ? [0, 255, 256, -1] : places, [0, 1, 99, 101, PAGE, -1]]),
    );
  });

  it("grow the memory as V8 does, and access all of it at once", () => {
    const results: ValueType[] = ["i32"];
    const grow = {
      name: "grow",
      type: { params: results, results },
      code: [token("local.get", 0), token("memory.grow", 0)],
    };
    const size = { name: "size", type: { params: [], results }, code: [token("memory.size", 0)] };
    const last = {
      ...{ name: "last", type: { params: [], results } },
      code: [constant("i32", BigInt(2 * PAGE - 4)), token("i32.load", 2, 0)],
    };
    compare([last, size, grow], ({ name }) => (name === "grow" ? [[0], [2], [-1], [65_536], [0]] : [[]]));
    compare([grow, size, last], ({ name }) => (name === "grow" ? [[1], [1], [0], [-1]] : [[]]));
  });

  it("push constants of every length of LEB128", () => {
    const types: readonly ValueType[] = ["i32", "i64"];
    const samples = types.flatMap((type) =>
      Array.from({ length: 64 }, (_, bit) => [2n ** BigInt(bit), -(2n ** BigInt(bit)), 2n ** BigInt(bit) - 1n])
        .flat()
        .map((value, index) => ({
          ...{ name: `${type} ${index}`, type: { params: [], results: [type] } },
          code: [constant(type, value)],
        })),
    );
    compare(samples, () => [[]]);
  });

  it("select the first of two operands for every condition except zero", () => {
    const types: readonly ValueType[] = ["i32", "i64"];
    const samples = types.map((type) => {
      const signature = { params: [type, type, "i32" as const], results: [type] };
      return { name: type, type: signature, code: [...operands(signature), token("select")] };
    });
    compare(samples, ({ type }) =>
      product([EDGES[type.params[0]].slice(0, 2), EDGES[type.params[0]].slice(-2), NARROW_EDGES]),
    );
  });
});
