/** Loads and stores, by name. Callers have checked the address. */
import type { WasmValue } from "../engine.ts";

export type Load = (view: DataView, address: number) => WasmValue;
export type StoreI32 = (view: DataView, address: number, value: number) => void;
export type StoreI64 = (view: DataView, address: number, value: bigint) => void;

export const LOADS: Readonly<Record<string, Load>> = {
  "i32.load": (view, address) => view.getInt32(address, true),
  "i32.load8_s": (view, address) => view.getInt8(address),
  "i32.load8_u": (view, address) => view.getUint8(address),
  "i32.load16_s": (view, address) => view.getInt16(address, true),
  "i32.load16_u": (view, address) => view.getUint16(address, true),
  "i64.load": (view, address) => view.getBigInt64(address, true),
  "i64.load8_s": (view, address) => BigInt(view.getInt8(address)),
  "i64.load8_u": (view, address) => BigInt(view.getUint8(address)),
  "i64.load16_s": (view, address) => BigInt(view.getInt16(address, true)),
  "i64.load16_u": (view, address) => BigInt(view.getUint16(address, true)),
  "i64.load32_s": (view, address) => BigInt(view.getInt32(address, true)),
  "i64.load32_u": (view, address) => BigInt(view.getUint32(address, true)),
};

/** The setters of a view write only the low bits. */
export const STORES_I32: Readonly<Record<string, StoreI32>> = {
  "i32.store": (view, address, value) => view.setInt32(address, value, true),
  "i32.store8": (view, address, value) => view.setInt8(address, value),
  "i32.store16": (view, address, value) => view.setInt16(address, value, true),
};

export const STORES_I64: Readonly<Record<string, StoreI64>> = {
  "i64.store": (view, address, value) => view.setBigInt64(address, value, true),
  "i64.store8": (view, address, value) => view.setInt8(address, low(value)),
  "i64.store16": (view, address, value) => view.setInt16(address, low(value), true),
  "i64.store32": (view, address, value) => view.setInt32(address, low(value), true),
};

function low(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}
