/** Runs the modules' own bytes in V8, without gas and stack. It shares only the interface with the engines under test. */

import type { Engine, HostFunction, WasmValue } from "../../../reference/runtime/engine.ts";
import { Trap, type TrapReason } from "../../../reference/runtime/faults.ts";
import { functionType, type ValidModule } from "../../../reference/runtime/module.ts";

type Callable = (...args: WasmValue[]) => WasmValue | undefined;

interface JavaScriptInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  readonly RuntimeError: new () => Error;
  readonly validate: (bytes: Uint8Array) => boolean;
}

export const { Module, Instance, RuntimeError, validate } = (
  globalThis as unknown as { WebAssembly: JavaScriptInterface }
).WebAssembly;

const REASONS: readonly (readonly [message: RegExp, reason: TrapReason])[] = [
  [/^unreachable$/, "unreachable"],
  [/^memory access out of bounds$/, "memory-range"],
  [/by zero$/, "division-by-zero"],
  [/unrepresentable$/, "integer-overflow"],
  [/^table index is out of bounds$/, "table-index"],
  [/signature mismatch$/, "call-type"],
];

export function createPlainV8Engine(): Engine {
  return {
    name: "plain V8",
    instantiate(module, functions) {
      const { exports } = new Instance(
        new Module(module.bytes),
        importsOf(module, functions, () => instance),
      );
      const instance = {
        module,
        memory: () => new Uint8Array((exports.memory as { buffer: ArrayBuffer }).buffer),
        exportType(name: string) {
          const found = module.exports.find((one) => one.kind === "function" && one.name === name);
          return found && functionType(module, found.index);
        },
        call: (name: string, args: readonly WasmValue[]) => withReasons(() => (exports[name] as Callable)(...args)),
      };
      return instance;
    },
  };
}

function importsOf(
  module: ValidModule,
  functions: readonly HostFunction[],
  caller: () => Parameters<HostFunction>[1],
): Record<string, Record<string, Callable>> {
  const imports: Record<string, Record<string, Callable>> = {};
  for (const [index, { module: from, name }] of module.imports.entries()) {
    imports[from] ??= {};
    imports[from][name] = (...args) => functions[index](args, caller());
  }
  return imports;
}

function withReasons<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    const found = REASONS.find(([message]) => message.test(error.message));
    if (found === undefined) throw error;
    throw new Trap(found[1], error.message);
  }
}
