/** Links the modules of an execution with their imports, charges them and instantiates them. */
import type { CostTable } from "../costs.ts";
import type { Engine, HostFunction, Instance } from "../engine.ts";
import type { Execution } from "../host/execution.ts";
import { findHostFunction, hostFunction } from "../host/table.ts";
import type { ImportedFunction, Role, ValidModule } from "../module.ts";

/** By name. */
export type Libraries = ReadonlyMap<string, Instance>;

const NO_LIBRARIES: Libraries = new Map();

/**
 * Charges and instantiates a module that has been validated for the same role and libraries.
 *
 * Req:    RUNTIME-METER-007, RUNTIME-STATE-030, RUNTIME-HOST-088, RUNTIME-METER-030.
 * Errors: OutOfGas, NodeFault.
 */
export function instantiate(
  engine: Engine,
  module: ValidModule,
  role: Role,
  execution: Execution,
  libraries: Libraries = NO_LIBRARIES,
): Instance {
  execution.charge(instantiationCost(module, execution.costs));
  const functions = module.imports.map((one) => link(one, role, execution, libraries));
  return engine.instantiate(module, functions, execution.counters);
}

export function instantiationCost(module: ValidModule, costs: CostTable): number {
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

/** Req: RUNTIME-HOST-026, RUNTIME-HOST-103, RUNTIME-METER-032, RUNTIME-METER-033, RUNTIME-METER-034. Errors: of the library, when the function is called. */
function link(wanted: ImportedFunction, role: Role, execution: Execution, libraries: Libraries): HostFunction {
  const { module, name } = wanted;
  const descriptor = findHostFunction(role, wanted);
  if (descriptor !== undefined) return hostFunction(descriptor, `${module}.${name}`, execution);
  const library = libraries.get(module);
  if (library === undefined)
    throw new Error(`${module}.${name} is not offered; validation should have rejected the import`);
  return (values) => {
    execution.charge(execution.costs.hostBase);
    return library.call(name, values);
  };
}
