/**
 * The engine that specifies execution: it executes a module's own instructions, and computes their costs itself.
 * Every other engine must return the same results, traps, gas and stack.
 *
 * Req: RUNTIME-MODULE-012, RUNTIME-MODULE-045, RUNTIME-MODULE-046, RUNTIME-MODULE-040.
 */

import { COSTS, type CostTable } from "../costs.ts";
import type { Counters, Engine, HostFunction, Instance, WasmValue } from "../engine.ts";
import { NodeFault } from "../faults.ts";
import { type FunctionType, functionType, type ValidModule, type ValueType } from "../module.ts";
import { LinearMemory } from "./linear-memory.ts";
import { prepare } from "./prepare.ts";
import { type Code, type Store, Thread } from "./thread.ts";

/** Called at calls of functions that a module defines, not of imported ones. `left` is not called after a trap. */
export interface CallWatch {
  /** Called before the first charge of the function. */
  entered(module: ValidModule, index: number): void;
  left(): void;
}

export function createInterpreter(costs: CostTable = COSTS, watch?: CallWatch): Engine {
  return {
    name: "interpreter",
    instantiate: (module, functions, counters) =>
      new InterpretedInstance({ module, functions, counters, costs, watch }),
  };
}

interface Parts {
  readonly module: ValidModule;
  readonly functions: readonly HostFunction[];
  readonly counters: Counters;
  readonly costs: CostTable;
  readonly watch: CallWatch | undefined;
}

class InterpretedInstance implements Instance {
  readonly module: ValidModule;
  readonly #counters: Counters;
  readonly #store: Store;
  /** Indices of the exported functions. */
  readonly #exported: ReadonlyMap<string, number>;

  constructor({ module, functions, counters, costs, watch }: Parts) {
    this.module = module;
    this.#counters = counters;
    this.#exported = new Map(
      module.exports.filter(({ kind }) => kind === "function").map(({ name, index }) => [name, index]),
    );
    const codes: (Code | undefined)[] = module.bodies.map(() => undefined);
    this.#store = {
      memory: initialMemory(module),
      table: initialTable(module),
      globals: module.globals.map(({ type, init }) => (type === "i32" ? Number(init) : init)),
      typeOf: (index) => functionType(module, index) as FunctionType,
      codeOf(index) {
        const position = index - module.imports.length;
        if (position < 0) return undefined;
        codes[position] ??= prepare(module, position, costs);
        return codes[position];
      },
      entered: (index) => watch?.entered(module, index),
      left: () => watch?.left(),
      callHost: (index, args) => {
        const result = functions[index](args, this);
        const [type] = module.imports[index].type.results;
        return type === undefined ? undefined : coerce(result, type);
      },
    };
  }

  memory(): Uint8Array {
    return this.#store.memory.bytes;
  }

  exportType(name: string): FunctionType | undefined {
    const index = this.#exported.get(name);
    return index === undefined ? undefined : this.#store.typeOf(index);
  }

  call(name: string, args: readonly WasmValue[]): WasmValue | undefined {
    const index = this.#exported.get(name);
    if (index === undefined) throw new Error(`the module exports no function ${JSON.stringify(name)}`);
    const { params, results } = this.#store.typeOf(index);
    const thread = new Thread(this.#store, this.#counters);
    for (const [position, type] of params.entries()) thread.push(coerce(args[position], type));
    try {
      thread.call(index);
      thread.run();
    } catch (error) {
      if (error instanceof RangeError)
        throw new NodeFault("the interpreter has no stack or memory left", { cause: error });
      throw error;
    }
    return results.length === 0 ? undefined : thread.pop();
  }
}

function initialMemory({ memory, data }: ValidModule): LinearMemory {
  const initial = new LinearMemory(memory ?? { min: 0, max: 0 });
  for (const { offset, bytes } of data) initial.bytes.set(bytes, offset);
  return initial;
}

/** Segments are copied in their order, so that the later one of two that overlap remains. Req: RUNTIME-MODULE-040. */
function initialTable({ table, elements }: ValidModule): (number | undefined)[] {
  const initial = Array.from<number | undefined>({ length: table?.min ?? 0 });
  for (const { offset, functions } of elements) {
    for (const [position, index] of functions.entries()) initial[offset + position] = index;
  }
  return initial;
}

/** Converts a value of the host to one of WebAssembly. */
function coerce(value: WasmValue | undefined, type: ValueType): WasmValue {
  return type === "i32" ? (value as number) | 0 : BigInt.asIntN(64, value as bigint);
}
