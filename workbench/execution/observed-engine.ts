/**
 * An engine that records the gas of functions. With either engine it records calls of host functions. Only the interpreter
 * can record the gas of each function of a module.
 */

import { COSTS } from "../../reference/runtime/costs.ts";
import type { Counters, Engine, HostFunction } from "../../reference/runtime/engine.ts";
import { createInterpreter } from "../../reference/runtime/interpreter/engine.ts";
import type { ImportedFunction, ValidModule } from "../../reference/runtime/module.ts";
import { createV8Engine } from "../../reference/runtime/v8/engine.ts";
import type { LibraryCode } from "../../reference/runtime/validate/program.ts";
import { functionNames } from "./function-names.ts";
import { type GasLine, GasProfile } from "./gas-profile.ts";

export type EngineName = "v8" | "interpreter";

export interface Observed {
  readonly engine: Engine;
  /** Calls of host functions. */
  hostCalls(): GasLine[];
  /** All charged gas by function. */
  gas(): GasLine[];
  /** The call stack when the execution failed, the outermost function first. */
  running(): readonly string[];
}

/** Shared by all executions, because it keeps compiled modules from block to block. */
const V8 = createV8Engine();

export interface Subject {
  readonly code: Uint8Array;
  readonly libraries: readonly LibraryCode[];
  readonly gasLimit: bigint;
}

/** Returns an engine for one execution. */
export function observe(name: EngineName, { code, libraries, gasLimit }: Subject): Observed {
  const profile = new GasProfile(gasLimit);
  const imported = new Set<string>();
  let shared: Counters = { gas: gasLimit, stack: 0 };

  /** Names of functions of other modules have the name of the module as a prefix. */
  const prefixOf = ({ bytes }: ValidModule): string => {
    if (bytes === code) return "";
    return `${libraries.find((one) => one.code === bytes)?.name ?? "child"}.`;
  };
  const names = new Map<ValidModule, (index: number) => string>();
  const nameOf = (module: ValidModule, index: number): string => {
    let known = names.get(module);
    if (known === undefined) {
      known = functionNames(module);
      names.set(module, known);
    }
    return prefixOf(module) + known(index);
  };
  const watch = {
    entered: (module: ValidModule, index: number) => profile.enter(nameOf(module, index), shared.gas),
    left: () => profile.leave(shared.gas),
  };
  const inner = name === "v8" ? V8 : createInterpreter(COSTS, watch);

  const recorded = ({ module, name: field }: ImportedFunction, run: HostFunction): HostFunction => {
    // Functions of a library are not host functions.
    if (libraries.some((library) => library.name === module)) return run;
    const full = `${module}.${field}`;
    imported.add(full);
    return (args, caller) => {
      // No gas has been charged for a host function when it begins.
      profile.enter(full, shared.gas);
      const result = run(args, caller);
      profile.leave(shared.gas);
      return result;
    };
  };
  const engine: Engine = {
    name: inner.name,
    instantiate(module, functions, counters) {
      shared = counters;
      const instance = inner.instantiate(
        module,
        functions.map((run, index) => recorded(module.imports[index], run)),
        counters,
      );
      profile.instantiated(counters.gas);
      return instance;
    },
  };
  const lines = (): GasLine[] => profile.lines(shared.gas);
  return {
    engine,
    gas: lines,
    running: () => profile.open(),
    hostCalls: () => lines().filter((line) => imported.has(line.name)),
  };
}
