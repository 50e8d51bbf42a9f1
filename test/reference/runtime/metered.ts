/** Runs a module in the text format, and returns how it ended and what was charged. */
import { assemble } from "../../../authoring/cases/kit/wat.ts";
import type { Counters, Engine, HostFunction, Instance, WasmValue } from "../../../reference/runtime/engine.ts";
import { OutOfGas, Trap } from "../../../reference/runtime/faults.ts";
import { createInterpreter } from "../../../reference/runtime/interpreter/engine.ts";
import type { ValidModule } from "../../../reference/runtime/module.ts";
import { createV8Engine } from "../../../reference/runtime/v8/engine.ts";
import { validateModule } from "../../../reference/runtime/validate/validate.ts";

export const STACK = 65_536;
export const PLENTY = 1_000_000_000n;

export const v8 = createV8Engine();

/** Two engines that count in different ways, so that a result on which both agree is likely to be the specified one. */
export const ENGINES: readonly Engine[] = [v8, createInterpreter()];

/** Assembles a module of these fields. If they define no memory, it gets one of one page, and three at most. */
export async function moduleOf(fields: string): Promise<ValidModule> {
  const memory = fields.includes("(memory") ? "" : '(memory (export "memory") 1 3)';
  const bytes = await assemble(`(module ${fields} ${memory})`);
  return validateModule(bytes, { role: "child", offers: () => true });
}

export interface Run {
  readonly engine?: Engine;
  readonly gas?: bigint;
  readonly stack?: number;
  readonly functions?: readonly HostFunction[];
  readonly call?: string;
  readonly args?: readonly WasmValue[];
}

export interface Outcome {
  /** The returned value, `out of gas`, or `trap: ` and the reason. */
  readonly end: WasmValue | string | undefined;
  readonly charged: bigint;
  /** How much less stack is left than at the beginning. */
  readonly stackTaken: number;
  readonly instance: Instance;
  readonly counters: Counters;
}

/** Calls `f`, or another export. */
export function run(module: ValidModule, options: Run = {}): Outcome {
  const { engine = v8, gas = PLENTY, stack = STACK, functions = [], call = "f", args = [] } = options;
  const counters: Counters = { gas, stack };
  const instance = engine.instantiate(module, functions, counters);
  const end = endOf(() => instance.call(call, args));
  return { end, charged: gas - counters.gas, stackTaken: stack - counters.stack, instance, counters };
}

export function endOf(work: () => WasmValue | undefined): WasmValue | string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof OutOfGas) return "out of gas";
    if (error instanceof Trap) return `trap: ${error.reason}`;
    throw error;
  }
}
