/** The modules of an execution: read, linked with what they import, charged and instantiated. */

import { ProofError } from "../../core/errors.ts";
import { checkLimit } from "../../core/limits.ts";
import type { CostTable } from "../costs.ts";
import type { Engine, HostFunction, Instance } from "../engine.ts";
import type { Execution } from "../host/execution.ts";
import { findHostFunction, HOST_MODULES, hostFunction, isSameType } from "../host/table.ts";
import { type FunctionType, functionType, type ImportedFunction, type Role, type ValidModule } from "../module.ts";
import { validateModule } from "../validate/validate.ts";
import type { Library } from "./request.ts";

const MAX_LIBRARIES = 16;

/** By name, in the order of the list. */
export type Libraries<Item> = ReadonlyMap<string, Item>;

export interface Modules {
  readonly libraries: Libraries<ValidModule>;
  readonly environment: ValidModule;
}

/**
 * Reads an environment and its libraries.
 *
 * Req:    RUNTIME-GEN-004, RUNTIME-MODULE-010, RUNTIME-MODULE-011, RUNTIME-HOST-026.
 * Errors: invalid-argument for a name; limit-exceeded; ModuleError.
 */
export function readModules(code: Uint8Array, libraries: readonly Library[]): Modules {
  const read = readLibraries(libraries);
  return { libraries: read, environment: readModule(code, "environment", read) };
}

/** Errors: invalid-argument for a name; limit-exceeded; ModuleError. */
export function readLibraries(libraries: readonly Library[]): Libraries<ValidModule> {
  checkLimit("libraries", libraries.length, MAX_LIBRARIES);
  const names = new Set(HOST_MODULES);
  for (const { name } of libraries) {
    if (names.has(name)) throw new ProofError("invalid-argument", `a library cannot be called "${name}"`, { name });
    names.add(name);
  }
  return new Map(libraries.map(({ name, code }) => [name, readModule(code, "library")]));
}

/** Errors: ModuleError. */
export function readModule(code: Uint8Array, role: Role, libraries: Libraries<ValidModule> = new Map()): ValidModule {
  return validateModule(code, { role, offers: (one) => isOffered(one, role, libraries) });
}

function isOffered({ module, name, type }: ImportedFunction, role: Role, libraries: Libraries<ValidModule>): boolean {
  if (findHostFunction(role, module, name, type) !== undefined) return true;
  const library = libraries.get(module);
  const exported = library === undefined ? undefined : exportedType(library, name);
  return exported !== undefined && isSameType(exported, type);
}

function exportedType(module: ValidModule, name: string): FunctionType | undefined {
  const found = module.exports.find((one) => one.kind === "function" && one.name === name);
  return found === undefined ? undefined : functionType(module, found.index);
}

/**
 * Makes an instance of a module that has been read with the same role and libraries.
 *
 * Req:    RUNTIME-METER-007, RUNTIME-STATE-001.
 * Errors: OutOfGas, NodeFault.
 */
export function instantiate(
  engine: Engine,
  module: ValidModule,
  role: Role,
  execution: Execution,
  libraries: Libraries<Instance> = new Map(),
): Instance {
  execution.charge(instantiationCost(module, execution.costs));
  const functions = module.imports.map((one) => link(one, role, execution, libraries));
  return engine.instantiate(module, functions, execution.counters);
}

function instantiationCost(module: ValidModule, costs: CostTable): number {
  const dataBytes = module.data.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const elements = module.elements.reduce((sum, { functions }) => sum + functions.length, 0);
  return (
    costs.moduleByte * module.bytes.length +
    costs.moduleFunction * module.bodies.length +
    costs.memoryPage * (module.memory?.min ?? 0) +
    costs.segmentByte * dataBytes +
    costs.segmentElement * elements
  );
}

function link(
  { module, name, type }: ImportedFunction,
  role: Role,
  execution: Execution,
  libraries: Libraries<Instance>,
): HostFunction {
  const descriptor = findHostFunction(role, module, name, type);
  if (descriptor !== undefined) return hostFunction(descriptor, `${module}.${name}`, execution);
  const library = libraries.get(module);
  if (library === undefined) throw new Error(`${module}.${name} was offered when the module was read`);
  return (values) => {
    execution.charge(execution.costs.hostBase);
    return library.call(name, values);
  };
}
