/** The parts of the JavaScript interface of WebAssembly that are used. Only the types of the DOM include it. */
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
  /** Another buffer after each growth of the memory. */
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
