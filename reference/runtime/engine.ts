/**
 * What executes a validated module: the interpreter, or a JavaScript engine that runs the instrumented bytes.
 * Hosts and executors know this alone.
 */
import { OutOfGas } from "./faults.ts";
import type { FunctionType, ValidModule } from "./module.ts";

/** Gas and stack of one execution, shared by all of its instances. */
export interface Counters {
  /** What is left, signed: negative once a charge was too much. */
  gas: bigint;
  /** What is left, in operands. */
  stack: number;
}

/** A number as WebAssembly has it: an i32 as a signed number, an i64 as a signed bigint. */
export type WasmValue = number | bigint;

/** A function of the host. Errors: Trap, OutOfGas, NodeFault, ProofError. */
export type HostFunction = (args: readonly WasmValue[], caller: Instance) => WasmValue | undefined;

export interface Instance {
  readonly module: ValidModule;
  /** A view of the memory as it is now. It is stale after anything has run. */
  memory(): Uint8Array;
  /** The type of an exported function; undefined where there is none of that name. */
  exportType(name: string): FunctionType | undefined;
  /** Calls an exported function. Errors: Trap, OutOfGas, NodeFault, and what a host function throws. */
  call(name: string, args: readonly WasmValue[]): WasmValue | undefined;
}

export interface Engine {
  readonly name: string;
  /**
   * Makes an instance: memory, table and globals as the module states them, segments copied, nothing run and nothing charged.
   * `functions` are those of the module's imports, in their order. Errors: NodeFault.
   */
  instantiate(module: ValidModule, functions: readonly HostFunction[], counters: Counters): Instance;
}

/** Charges gas. Errors: OutOfGas. */
export function charge(counters: Counters, amount: bigint): void {
  counters.gas -= amount;
  if (counters.gas < 0n) throw new OutOfGas();
}
