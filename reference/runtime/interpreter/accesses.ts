/** Loads and stores, by name. The address has been checked. */
import type { WasmValue } from "../engine.ts";

export type Load = (view: DataView, at: number) => WasmValue;
export type StoreI32 = (view: DataView, at: number, value: number) => void;
export type StoreI64 = (view: DataView, at: number, value: bigint) => void;

export const LOADS: Readonly<Record<string, Load>> = {
  "i32.load": (view, at) => view.getInt32(at, true),
  "i32.load8_s": (view, at) => view.getInt8(at),
  "i32.load8_u": (view, at) => view.getUint8(at),
  "i32.load16_s": (view, at) => view.getInt16(at, true),
  "i32.load16_u": (view, at) => view.getUint16(at, true),
  "i64.load": (view, at) => view.getBigInt64(at, true),
  "i64.load8_s": (view, at) => BigInt(view.getInt8(at)),
  "i64.load8_u": (view, at) => BigInt(view.getUint8(at)),
  "i64.load16_s": (view, at) => BigInt(view.getInt16(at, true)),
  "i64.load16_u": (view, at) => BigInt(view.getUint16(at, true)),
  "i64.load32_s": (view, at) => BigInt(view.getInt32(at, true)),
  "i64.load32_u": (view, at) => BigInt(view.getUint32(at, true)),
};

/** The setters of a view take the low bits alone. */
export const STORES_I32: Readonly<Record<string, StoreI32>> = {
  "i32.store": (view, at, value) => view.setInt32(at, value, true),
  "i32.store8": (view, at, value) => view.setInt8(at, value),
  "i32.store16": (view, at, value) => view.setInt16(at, value, true),
};

export const STORES_I64: Readonly<Record<string, StoreI64>> = {
  "i64.store": (view, at, value) => view.setBigInt64(at, value, true),
  "i64.store8": (view, at, value) => view.setInt8(at, low(value)),
  "i64.store16": (view, at, value) => view.setInt16(at, low(value), true),
  "i64.store32": (view, at, value) => view.setInt32(at, low(value), true),
};

function low(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}
