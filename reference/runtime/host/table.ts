/**
 * The table of host functions. Linking, validation, metering and documentation read it from here.
 *
 * Req: RUNTIME-HOST-001.
 */
import type { CostTable } from "../costs.ts";
import type { HostFunction, Instance, WasmValue } from "../engine.ts";
import type { FunctionType, ImportedFunction, Role } from "../module.ts";
import { BIGNUM_FUNCTIONS } from "./bignum.ts";
import { BUFFER_FUNCTIONS } from "./buffers.ts";
import { CHILD_FUNCTIONS } from "./children.ts";
import { DEBUG_FUNCTIONS } from "./debug.ts";
import type { HostDescriptor } from "./descriptor.ts";
import type { Execution } from "./execution.ts";
import { HostCall } from "./host-call.ts";
import { PROOF_FUNCTIONS } from "./proof.ts";
import { ROOT_AND_BLOCK_FUNCTIONS } from "./roots-and-block.ts";

/** In the order of the table in docs/spec/host-functions.md. */
export const HOST_FUNCTIONS: readonly HostDescriptor[] = [
  ...ROOT_AND_BLOCK_FUNCTIONS,
  ...CHILD_FUNCTIONS,
  ...BUFFER_FUNCTIONS,
  ...DEBUG_FUNCTIONS,
  ...BIGNUM_FUNCTIONS,
  ...PROOF_FUNCTIONS,
];

/** The names that no library may have. */
export const HOST_MODULES: ReadonlySet<string> = new Set(["env", "eth2", "debug", "bignum", "proof", "proofhouse"]);

const BY_NAME = new Map(HOST_FUNCTIONS.flatMap((one) => one.names.map((name) => [name, one] as const)));

/** Finds the function that is offered to `role` under this name and signature. */
export function findHostFunction(role: Role, { module, name, type }: ImportedFunction): HostDescriptor | undefined {
  const found = BY_NAME.get(`${module}.${name}`);
  return found?.roles.includes(role) && isSameType(found.type, type) ? found : undefined;
}

export function isSameType(a: FunctionType, b: FunctionType): boolean {
  return `${a.params}→${a.results}` === `${b.params}→${b.results}`;
}

/**
 * Makes the function that an instance calls: it charges first, then runs.
 *
 * Req:    RUNTIME-METER-008, RUNTIME-METER-034, RUNTIME-HOST-003.
 * Input:  `imported` is the name under which the module imports it.
 */
export function hostFunction(descriptor: HostDescriptor, imported: string, execution: Execution): HostFunction {
  return (values: readonly WasmValue[], caller: Instance) => {
    const call = new HostCall(execution, caller, imported, values);
    execution.charge(costOf(descriptor, call.args, execution.costs));
    return descriptor.run(call);
  };
}

/** The cost is exact, since it is a sum of a few numbers below 2^32. */
function costOf({ base, bytes, parameters }: HostDescriptor, args: readonly number[], costs: CostTable): number {
  const counts = bytes.map((count) =>
    typeof count === "number" ? count : args[parameters.findIndex(({ name }) => name === count)],
  );
  return base * costs.hostBase + costs.hostByte * counts.reduce((sum, count) => sum + count, 0);
}

/** The table as JSON. A host in another language can generate its own table from it. */
export function hostTableJson(): object[] {
  return HOST_FUNCTIONS.map(({ names, parameters, type, roles, base, bytes }) => {
    return { names, parameters, results: type.results, roles, base, bytes };
  });
}
