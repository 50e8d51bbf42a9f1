/** The modules of one script, linked with each other, in three engines. */

import type { Counters, Engine, HostFunction, Instance, WasmValue } from "../../reference/runtime/engine.ts";
import { ModuleError, OutOfGas, Trap } from "../../reference/runtime/faults.ts";
import { isSameType } from "../../reference/runtime/host/table.ts";
import { createInterpreter } from "../../reference/runtime/interpreter/engine.ts";
import type { FunctionType, ImportedFunction, ValidModule } from "../../reference/runtime/module.ts";
import { createV8Engine } from "../../reference/runtime/v8/engine.ts";
import { validateModule } from "../../reference/runtime/validate/validate.ts";
import { createPlainV8Engine } from "../reference/runtime/plain-v8.ts";
import { OutsideProfile, START, toProfile } from "./to-profile.ts";

const PLENTY = 2n ** 40n;
const STACK = 65_536;
const OUT_OF_GAS = "out of gas";

/** The first engine does not meter, and runs the modules' own bytes. */
const ENGINES: readonly Engine[] = [createPlainV8Engine(), createInterpreter(), createV8Engine()];

export interface Linked {
  readonly module: ValidModule;
  /** One instance for each engine. */
  readonly instances: readonly Instance[];
  /** Whether the module has its own copy of a table or memory that several modules of the script share. */
  isDetached: boolean;
  /** The modules that it imports functions from. */
  readonly sources: readonly Linked[];
}

/** The result of a call in each engine: the value, or the reason of the trap. */
export interface End {
  readonly plain: string;
  readonly interpreted: string;
  readonly metered: string;
  /** Whether interpreter and metered module agree on the gas left and the stack left. */
  readonly isCountedAlike: boolean;
}

/** The exports of the suite's own module that the profile can import. */
const SPECTEST: ReadonlyMap<string, FunctionType> = new Map([
  ["print", { params: [], results: [] }],
  ["print_i32", { params: ["i32"], results: [] }],
  ["print_i64", { params: ["i64"], results: [] }],
  ["print_i32_f32", { params: ["i32", "i32"], results: [] }],
  ["print_f32", { params: ["i32"], results: [] }],
  ["print_f64", { params: ["i64"], results: [] }],
  ["print_f64_f64", { params: ["i64", "i64"], results: [] }],
]);
const SPECTEST_GLOBALS: ReadonlyMap<string, WasmValue> = new Map<string, WasmValue>([
  ["global_i32", 666],
  ["global_i64", 666n],
]);

/** Whether a call may have another result than in the script. */
export function isDetached(linked: Linked): boolean {
  return linked.isDetached || linked.sources.some(isDetached);
}

export class World {
  readonly #counters: readonly Counters[] = ENGINES.map(() => ({ gas: PLENTY, stack: STACK }));
  readonly #registered = new Map<string, Linked>();

  register(name: string, linked: Linked | undefined): void {
    if (linked === undefined) this.#registered.delete(name);
    else this.#registered.set(name, linked);
  }

  /** Brings a module into the profile. Errors: OutsideProfile, ModuleError. */
  adapt(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly isDetached: boolean } {
    return toProfile(bytes, {
      globalValue: (module, name) => this.#globalValue(module, name),
      share: (module) => {
        const exporter = this.#registered.get(module);
        if (exporter !== undefined) exporter.isDetached = true;
      },
    });
  }

  /** Returns why `validateModule` rejects the module with the imports of this world, undefined if it accepts it. */
  refusal(bytes: Uint8Array, role: "environment" | "child"): ModuleError | undefined {
    try {
      validateModule(bytes, { role, offers: (wanted) => this.#offers(wanted) });
      return undefined;
    } catch (error) {
      if (error instanceof ModuleError) return error;
      throw error;
    }
  }

  /** Returns instances in every engine and the end of the start function, or why the module cannot be brought into the profile. */
  link(code: Uint8Array): { readonly linked: Linked; readonly start: End | undefined } | string {
    try {
      const { bytes, isDetached } = this.adapt(code);
      const module = validateModule(bytes, { role: "child", offers: (wanted) => this.#offers(wanted) });
      const instances = ENGINES.map((engine, index) => {
        const functions = module.imports.map((wanted) => this.#function(wanted, index));
        return engine.instantiate(module, functions, this.#counters[index]);
      });
      const sources = module.imports.flatMap(({ module: from }) => this.#registered.get(from) ?? []);
      const linked: Linked = { module, instances, isDetached, sources };
      return { linked, start: instances[0].exportType(START) && this.call(linked, START, []) };
    } catch (error) {
      if (error instanceof ModuleError || error instanceof OutsideProfile) return error.message;
      throw error;
    }
  }

  call(linked: Linked, field: string, args: readonly WasmValue[], gas: bigint = PLENTY): End {
    const end = (index: number) => {
      Object.assign(this.#counters[index], { gas, stack: STACK });
      return this.#end(linked.instances[index], index, field, args);
    };
    const [interpreted, metered] = [end(1), end(2)];
    const [, a, b] = this.#counters;
    const isCountedAlike = a.gas === b.gas && a.stack === b.stack;
    return { plain: interpreted === OUT_OF_GAS ? OUT_OF_GAS : end(0), interpreted, metered, isCountedAlike };
  }

  #end(instance: Instance, index: number, field: string, args: readonly WasmValue[]): string {
    try {
      return String(instance.call(field, args));
    } catch (error) {
      if (error instanceof Trap) return error.reason;
      if (error instanceof OutOfGas) return OUT_OF_GAS;
      // The plain engine has only V8's own stack.
      if (error instanceof RangeError && index === 0) return "stack";
      throw error;
    }
  }

  #offers({ module, name, type }: ImportedFunction): boolean {
    const found =
      module === "spectest" ? SPECTEST.get(name) : this.#registered.get(module)?.instances[0].exportType(name);
    return found !== undefined && isSameType(found, type);
  }

  #function({ module, name }: ImportedFunction, engine: number): HostFunction {
    const instance = this.#registered.get(module)?.instances[engine];
    return instance === undefined ? () => undefined : (args) => instance.call(name, args);
  }

  #globalValue(module: string, name: string): WasmValue | undefined {
    if (module === "spectest") return SPECTEST_GLOBALS.get(name);
    const exporter = this.#registered.get(module)?.module;
    const found = exporter?.exports.find((one) => one.kind === "global" && one.name === name);
    const global = found && exporter?.globals[found.index];
    if (global === undefined || global.isMutable) return undefined;
    return global.type === "i32" ? Number(global.init) : global.init;
  }
}
