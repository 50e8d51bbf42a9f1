/** Executes the calls of a module in an engine, and returns everything that can be observed. */
import { createHash } from "node:crypto";
import type { Counters, Engine, HostFunction, WasmValue } from "../../../reference/runtime/engine.ts";
import { OutOfGas, Trap } from "../../../reference/runtime/faults.ts";
import type { ValidModule } from "../../../reference/runtime/module.ts";

export interface Call {
  readonly name: string;
  readonly args: readonly WasmValue[];
}

export interface Plan {
  readonly module: ValidModule;
  readonly host: (counters: Counters) => {
    readonly functions: readonly HostFunction[];
    readonly log: readonly string[];
  };
  /** Each call begins with the gas and stack of the plan. */
  readonly calls: readonly Call[];
  /** Functions that read globals. */
  readonly readers: readonly string[];
  readonly gas: bigint;
  readonly stack: number;
}

export interface Observation {
  readonly calls: readonly {
    readonly end: string;
    /** The gas left, and the stack left. */
    readonly gas: bigint;
    readonly stack: number;
  }[];
  readonly memory: string;
  readonly globals: readonly string[];
  readonly log: readonly string[];
}

/** More than any test needs. */
export const PLENTY = { gas: 2n ** 62n, stack: 2 ** 31 - 1 };

export function observe(engine: Engine, { module, host, calls, readers, gas, stack }: Plan): Observation {
  const counters = { gas, stack };
  const { functions, log } = host(counters);
  const instance = engine.instantiate(module, functions, counters);
  const run = ({ name, args }: Call): string => endOf(() => instance.call(name, args));
  const observed = calls.map((call) => {
    Object.assign(counters, { gas, stack });
    return { end: run(call), ...counters };
  });
  Object.assign(counters, PLENTY);
  const globals = readers.map((name) => run({ name, args: [] }));
  const memory = instance.memory();
  return { calls: observed, memory: `${memory.length} ${digest(memory)}`, globals, log };
}

/** The same observation as an engine makes that does not count. */
export function uncounted({ calls, log, ...rest }: Observation): unknown {
  return {
    ...rest,
    calls: calls.map(({ end }) => end),
    log: log.map((line) => line.replace(/ of -?\d+$/, "")),
  };
}

function endOf(run: () => WasmValue | undefined): string {
  try {
    const result = run();
    return result === undefined ? "nothing" : `${typeof result} ${result}`;
  } catch (error) {
    if (error instanceof Trap) return `trap ${error.reason}`;
    if (error instanceof OutOfGas) return "out of gas";
    throw error;
  }
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
