/** What is used of the JavaScript interface of WebAssembly, whose types come with those of the DOM only. */
import type { WasmValue } from "../engine.ts";

/** A compiled module. */
export type CompiledModule = object;

export type WasmFunction = (...args: WasmValue[]) => WasmValue | undefined;

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** A mutable global, an i32 or an i64. */
export interface WasmGlobal<Value extends WasmValue> {
  value: Value;
}

export interface WasmMemory {
  /** Another one each time the memory has grown. */
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: Readonly<Record<string, Readonly<Record<string, WasmFunction>>>>,
  ) => WasmInstance;
  /** A trap. */
  readonly RuntimeError: new (
    message?: string,
  ) => Error;
}

export const { Module, Instance, RuntimeError } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface })
  .WebAssembly;
