/**
 * The interface of an engine, which executes validated modules: the interpreter, or a JavaScript engine that runs instrumented bytes.
 * Hosts and executors use only this interface.
 */
import { OutOfGas } from "./faults.ts";
import type { FunctionType, ValidModule } from "./module.ts";

/** Gas and stack of one execution, shared by all of its instances. Req: RUNTIME-METER-010, RUNTIME-METER-013, RUNTIME-METER-036. */
export interface Counters {
  /** The gas left, signed: negative after a charge that exceeded it. */
  gas: bigint;
  /** The stack left, in operands. */
  stack: number;
}

/** A value of WebAssembly: an i32 is a signed number, an i64 a signed bigint. */
export type WasmValue = number | bigint;

/** A function of the host. Errors: Trap, OutOfGas, NodeFault, ProofError. */
export type HostFunction = (args: readonly WasmValue[], caller: Instance) => WasmValue | undefined;

export interface Instance {
  readonly module: ValidModule;
  /** A view of the memory. It is stale as soon as anything runs. */
  memory(): Uint8Array;
  /** Returns undefined if no function is exported under this name. */
  exportType(name: string): FunctionType | undefined;
  /** Calls an exported function. Errors: Trap, OutOfGas, NodeFault, and whatever a host function throws. */
  call(name: string, args: readonly WasmValue[]): WasmValue | undefined;
}

export interface Engine {
  readonly name: string;
  /**
   * Creates an instance with the memory, table, globals and segments of the module. Runs nothing and charges nothing.
   *
   * Req:    RUNTIME-MODULE-040.
   * Input:  `functions` holds one function for each import of the module, in the order of the imports.
   * Errors: NodeFault.
   */
  instantiate(module: ValidModule, functions: readonly HostFunction[], counters: Counters): Instance;
}

/** Req: RUNTIME-METER-001, RUNTIME-METER-012. Errors: OutOfGas. */
export function charge(counters: Counters, amount: bigint): void {
  counters.gas -= amount;
  if (counters.gas < 0n) throw new OutOfGas();
}
