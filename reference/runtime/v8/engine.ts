/**
 * Executes modules in the JavaScript engine that runs this program, which must be V8: only V8's messages of traps are known.
 * Modules are instrumented first and count for themselves. The counters are copied into a module and out of it at every call.
 *
 * Req: RUNTIME-METER-013, RUNTIME-METER-010, RUNTIME-METER-036, RUNTIME-MODULE-012, RUNTIME-MODULE-045, RUNTIME-MODULE-046,
 *      RUNTIME-GEN-003.
 */

import { COSTS, type CostTable } from "../costs.ts";
import type { Counters, Engine, HostFunction, Instance, WasmValue } from "../engine.ts";
import { NodeFault } from "../faults.ts";
import { GAS_EXPORT, STACK_EXPORT } from "../meter/instrument.ts";
import { type FunctionType, functionType, type ValidModule } from "../module.ts";
import { CompiledModules } from "./compiled-modules.ts";
import { toExecutionError } from "./traps.ts";
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
  /** Number of compiled modules that are kept. */
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
    if (this.exportType(name) === undefined) throw new Error(`the module exports no function ${JSON.stringify(name)}`);
    const callee = this.#exports[name] as WasmFunction;
    try {
      return this.#run(callee, args);
    } catch (error) {
      throw toExecutionError(error, this.#counters);
    }
  }

  #run(callee: WasmFunction, args: readonly WasmValue[]): WasmValue | undefined {
    this.#copyCountersIn();
    try {
      return callee(...args);
    } finally {
      this.#copyCountersOut();
    }
  }

  #importsOf(functions: readonly HostFunction[]): Record<string, Record<string, WasmFunction>> {
    // Without a prototype, `__proto__` is a name like any other.
    const imports: Record<string, Record<string, WasmFunction>> = Object.create(null);
    for (const [index, { module, name }] of this.module.imports.entries()) {
      imports[module] ??= Object.create(null) as Record<string, WasmFunction>;
      imports[module][name] = this.#hostCall(functions[index]);
    }
    return imports;
  }

  /** The charges of a host function count whether it returns or throws. Req: RUNTIME-METER-010, RUNTIME-METER-013. */
  #hostCall(hostFunction: HostFunction): WasmFunction {
    return (...args) => {
      this.#copyCountersOut();
      try {
        return hostFunction(args, this);
      } finally {
        this.#copyCountersIn();
      }
    };
  }

  #copyCountersIn(): void {
    this.#gas.value = this.#counters.gas;
    this.#stack.value = this.#counters.stack;
  }

  #copyCountersOut(): void {
    this.#counters.gas = this.#gas.value;
    this.#counters.stack = this.#stack.value;
  }
}

/** Nothing of the module runs here, so an error is a fault of the engine or the machine, such as too little memory. */
function instantiate(
  compiled: CompiledModule,
  imports: Readonly<Record<string, Readonly<Record<string, WasmFunction>>>>,
): WasmInstance {
  try {
    return new WebAssemblyInstance(compiled, imports);
  } catch (error) {
    throw new NodeFault("the engine could not instantiate a valid module", { cause: error });
  }
}
