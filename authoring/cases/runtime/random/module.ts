/**
 * Random valid modules from seeds: every instruction of the profile, calls of all kinds, traps, code that cannot be reached.
 * Each ends, whatever it is called with, in any engine and without gas: calls and loops use up a global, the fuel.
 */
import type { FunctionType, ValueType } from "../../../../reference/runtime/module.ts";
import { RandomCode } from "./code.ts";
import {
  constant,
  type ExportPart,
  type FunctionPart,
  type ImportPart,
  type ModuleParts,
  token,
} from "./encode-module.ts";
import { Random } from "./random.ts";
import type { Surroundings } from "./surroundings.ts";

export type Size = "small" | "large";

export interface RandomModule {
  readonly seed: number;
  readonly parts: ModuleParts;
  /** What to call, one after another: names of exported functions, and arguments. */
  readonly calls: readonly Call[];
}

export interface Call {
  readonly name: string;
  readonly args: readonly (number | bigint)[];
}

/** What random modules may import. What these functions do is up to whoever runs a module; they must return. */
export const RANDOM_IMPORTS: readonly {
  readonly module: string;
  readonly name: string;
  readonly type: FunctionType;
}[] = [
  { module: "random", name: "note", type: { params: ["i32"], results: [] } },
  { module: "random", name: "mix", type: { params: ["i64", "i32"], results: ["i64"] } },
  { module: "random", name: "next", type: { params: [], results: ["i32"] } },
  { module: "random", name: "callBack", type: { params: ["i32"], results: ["i32"] } },
];

const PAGE = 65_536;
const VALUE_TYPES = ["i32", "i64"] as const;

interface Plan {
  readonly types: FunctionType[];
  readonly imports: ImportPart[];
  /** Types of the functions that the module defines, by index. */
  readonly functions: number[];
  readonly isLeaf: boolean[];
}

/** The module of this seed. `small` ones cost a few hundred at most. */
export function randomModule(seed: number, size: Size): RandomModule {
  const random = new Random(seed);
  const plan = planFunctions(random, size);
  const { types, imports } = plan;
  const typeIndices = [...imports.map(({ type }) => type), ...plan.functions];
  const globals = randomGlobals(random, size);
  const table = randomTable(random, typeIndices.length);
  const around: Surroundings = {
    types,
    functions: typeIndices.map((type) => types[type]),
    leaves: [...plan.isLeaf.keys()].filter((index) => plan.isLeaf[index]).map((index) => imports.length + index),
    table,
    globals,
    fuel: 0,
    memory: PAGE,
    wildness: random.pick([0, 0.01, 0.03, 0.1]),
  };
  const functions = plan.functions.map((type, index) => randomFunction(random, around, type, plan.isLeaf[index], size));
  const accessors = globals.map(({ type }, index) => globalReader(types, index, type));
  const first = imports.length;
  const parts: ModuleParts = {
    types,
    imports,
    functions: [...functions, ...accessors, { type: 0, locals: [], code: fillUp(globals[0].init) }],
    table: { min: table.length, max: undefined },
    memory: { min: 1, max: random.between(1, 4) },
    globals,
    exports: [
      { name: "memory", kind: "memory", index: 0 },
      { name: "main", kind: "function", index: first },
      ...functions.map((_, index) => exportOf(`f${index}`, first + index)),
      exportOf("refuel", first + functions.length + accessors.length),
      ...accessors.map((_, index) => exportOf(`global${index}`, first + functions.length + index)),
    ],
    elements: segmentsOf(table),
    data: [{ offset: random.below(1000), bytes: Uint8Array.from({ length: 200 }, () => random.below(256)) }],
  };
  return { seed, parts, calls: randomCalls(random, plan) };
}

/** The names of the functions that read the globals. */
export function globalReaders({ parts }: RandomModule): string[] {
  return parts.globals.map((_, index) => `global${index}`);
}

/** The first function is the main one, of type () → (). */
function planFunctions(random: Random, size: Size): Plan {
  const types: FunctionType[] = [{ params: [], results: [] }];
  const imports = RANDOM_IMPORTS.map(({ module, name, type }) => ({ module, name, type: addType(types, type) }));
  const count = size === "small" ? random.between(1, 3) : random.between(2, 8);
  const functions = [0];
  for (let index = 1; index < count; index++) functions.push(addType(types, randomType(random)));
  // The same type under another index, and one that nothing has.
  types.push(random.pick(types), { params: ["i64", "i64", "i32", "i32"], results: ["i64"] });
  return { types, imports, functions, isLeaf: functions.map((_, index) => index > 0 && random.chance(0.3)) };
}

function addType(types: FunctionType[], type: FunctionType): number {
  return types.push(type) - 1;
}

function randomType(random: Random): FunctionType {
  const params = Array.from({ length: random.pick([0, 1, 1, 2, 3, 6]) }, () => random.pick(VALUE_TYPES));
  return { params, results: random.chance(0.3) ? [] : [random.pick(VALUE_TYPES)] };
}

/** The fuel first. */
function randomGlobals(random: Random, size: Size): ModuleParts["globals"] {
  const fuel = BigInt(size === "small" ? random.between(1, 3) : random.between(5, 60));
  const others = Array.from({ length: random.below(5) }, () => ({
    type: random.pick(VALUE_TYPES),
    isMutable: random.chance(0.8),
    init: BigInt.asIntN(32, random.u64()),
  }));
  return [{ type: "i32", isMutable: true, init: fuel }, ...others];
}

function randomTable(random: Random, functions: number): (number | undefined)[] {
  return Array.from({ length: random.between(1, 12) }, () =>
    random.chance(0.2) ? undefined : random.below(functions),
  );
}

/** One segment for each run of elements. */
function segmentsOf(table: readonly (number | undefined)[]): ModuleParts["elements"] {
  const segments: { offset: number; functions: number[] }[] = [];
  for (const [offset, index] of table.entries()) {
    if (index === undefined) continue;
    if (offset > 0 && table[offset - 1] !== undefined) segments.at(-1)?.functions.push(index);
    else segments.push({ offset, functions: [index] });
  }
  return segments;
}

function randomFunction(random: Random, around: Surroundings, type: number, isLeaf: boolean, size: Size): FunctionPart {
  const locals = Array.from({ length: random.pick([0, 1, 2, 4, 4, 30]) }, () => random.pick(VALUE_TYPES));
  const counters = isLeaf ? 0 : random.below(4);
  const all = [...locals, ...Array.from<ValueType>({ length: counters }).fill("i32")];
  const signature = around.types[type];
  const code = new RandomCode(random, around, {
    type: signature,
    locals: [...signature.params, ...all],
    counters,
    isLeaf,
    length: size === "small" ? random.between(0, 2) : random.between(2, 12),
  });
  return { type, locals: all, code: code.body() };
}

/** Returns the value of a global. */
function globalReader(types: FunctionType[], index: number, valueType: ValueType): FunctionPart {
  const type = addType(types, { params: [], results: [valueType] });
  return { type, locals: [], code: [token("global.get", index), token("end")] };
}

/** As much fuel as there was at first. */
function fillUp(fuel: bigint): FunctionPart["code"] {
  return [constant("i32", fuel), token("global.set", 0), token("end")];
}

function exportOf(name: string, index: number): ExportPart {
  return { name, kind: "function", index };
}

function randomCalls(random: Random, { types, functions }: Plan): Call[] {
  const others = functions.map((type, index) => ({
    name: `f${index}`,
    args: types[type].params.map((param) => randomArgument(random, param)),
  }));
  const chosen = others.filter(() => random.chance(0.5));
  return [{ name: "main", args: [] }, ...chosen.flatMap((call) => [{ name: "refuel", args: [] }, call])];
}

function randomArgument(random: Random, type: ValueType): number | bigint {
  const value = random.chance(0.5) ? BigInt(random.below(8)) : random.u64();
  return type === "i32" ? Number(BigInt.asIntN(32, value)) : BigInt.asIntN(64, value);
}
