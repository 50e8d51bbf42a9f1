/**
 * Executes modules in the JavaScript engine that this runs in, which must be V8: its words for traps are known here. Modules are
 * instrumented first, and count for themselves; at every call, in and out, the counts change hands.
 *
 * Req: RUNTIME-METER-001, RUNTIME-METER-006, RUNTIME-METER-010, RUNTIME-GEN-003.
 */

import { COSTS, type CostTable } from "../costs.ts";
import type { Counters, Engine, HostFunction, Instance, WasmValue } from "../engine.ts";
import { NodeFault } from "../faults.ts";
import { GAS_EXPORT, STACK_EXPORT } from "../meter/instrument.ts";
import { type FunctionType, functionType, type ValidModule } from "../module.ts";
import { CompiledModules } from "./compiled-modules.ts";
import { meaningOf } from "./traps.ts";
import {
  type CompiledModule,
  type WasmFunction,
  type WasmGlobal,
  type WasmInstance,
  type WasmMemory,
  Instance as WebAssemblyInstance,
} from "./web-assembly.ts";

export interface V8EngineOptions {
  readonly costs?: CostTable;
  /** How many compiled modules are kept. */
  readonly keeps?: number;
}

const KEEPS = 64;

export function createV8Engine({ costs = COSTS, keeps = KEEPS }: V8EngineOptions = {}): Engine {
  const modules = new CompiledModules(keeps, costs);
  return {
    name: "v8",
    instantiate(module, functions, counters) {
      return new MeteredInstance(module, modules.compiled(module), functions, counters);
    },
  };
}

class MeteredInstance implements Instance {
  readonly module: ValidModule;
  readonly #counters: Counters;
  readonly #exports: WasmInstance["exports"];
  readonly #memory: WasmMemory;
  readonly #gas: WasmGlobal<bigint>;
  readonly #stack: WasmGlobal<number>;

  constructor(module: ValidModule, compiled: CompiledModule, functions: readonly HostFunction[], counters: Counters) {
    this.module = module;
    this.#counters = counters;
    this.#exports = instantiate(compiled, this.#importsOf(functions)).exports;
    this.#memory = this.#exports.memory as WasmMemory;
    this.#gas = this.#exports[GAS_EXPORT] as WasmGlobal<bigint>;
    this.#stack = this.#exports[STACK_EXPORT] as WasmGlobal<number>;
  }

  memory(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  exportType(name: string): FunctionType | undefined {
    const found = this.module.exports.find((one) => one.kind === "function" && one.name === name);
    return found === undefined ? undefined : functionType(this.module, found.index);
  }

  call(name: string, args: readonly WasmValue[]): WasmValue | undefined {
    if (this.exportType(name) === undefined) throw new Error(`there is no exported function ${name}`);
    const callee = this.#exports[name] as WasmFunction;
    try {
      return this.#run(callee, args);
    } catch (error) {
      throw meaningOf(error, this.#counters);
    }
  }

  #run(callee: WasmFunction, args: readonly WasmValue[]): WasmValue | undefined {
    this.#handCountsIn();
    try {
      return callee(...args);
    } finally {
      this.#takeCountsOut();
    }
  }

  #importsOf(functions: readonly HostFunction[]): Record<string, Record<string, WasmFunction>> {
    // Without a prototype, a module or function called __proto__ is a name like others.
    const imports: Record<string, Record<string, WasmFunction>> = Object.create(null);
    for (const [index, { module, name }] of this.module.imports.entries()) {
      imports[module] ??= Object.create(null) as Record<string, WasmFunction>;
      imports[module][name] = this.#hostCall(functions[index]);
    }
    return imports;
  }

  /** What a host function has charged counts whether it returns or throws. */
  #hostCall(hostFunction: HostFunction): WasmFunction {
    return (...args) => {
      this.#takeCountsOut();
      try {
        return hostFunction(args, this);
      } finally {
        this.#handCountsIn();
      }
    };
  }

  #handCountsIn(): void {
    this.#gas.value = this.#counters.gas;
    this.#stack.value = this.#counters.stack;
  }

  #takeCountsOut(): void {
    this.#counters.gas = this.#gas.value;
    this.#counters.stack = this.#stack.value;
  }
}

/** Nothing runs here, so that an error says something of the engine or the machine: a memory that it does not have, for one. */
function instantiate(
  compiled: CompiledModule,
  imports: Readonly<Record<string, Readonly<Record<string, WasmFunction>>>>,
): WasmInstance {
  try {
    return new WebAssemblyInstance(compiled, imports);
  } catch (error) {
    throw new NodeFault("the engine could not make an instance of a module that is valid", { cause: error });
  }
}
