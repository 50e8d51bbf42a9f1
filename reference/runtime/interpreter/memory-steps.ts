/**
 * The steps of the memory instructions.
 *
 * Req: RUNTIME-METER-005, RUNTIME-METER-017, RUNTIME-METER-018, RUNTIME-METER-019, RUNTIME-METER-020.
 */
import type { CostTable } from "../costs.ts";
import { charge } from "../engine.ts";
import type { Instruction } from "../instructions.ts";
import { LOADS, STORES_I32, STORES_I64 } from "./accesses.ts";
import type { Step } from "./thread.ts";

/** Returns undefined for any other instruction. */
export function memoryStep(instruction: Instruction, costs: CostTable): Step | undefined {
  switch (instruction.op.name) {
    case "memory.size":
      return (thread) => thread.push(thread.store.memory.pages);
    case "memory.grow":
      return grow(BigInt(costs.memoryPage));
    case "memory.fill":
      return fill(BigInt(costs.memoryByte));
    case "memory.copy":
      return copy(BigInt(costs.memoryByte));
    default:
      return loadOrStore(instruction);
  }
}

function grow(pageCost: bigint): Step {
  return (thread) => {
    const pages = thread.popU32();
    charge(thread.counters, BigInt(pages) * pageCost);
    thread.push(thread.store.memory.grow(pages));
  };
}

function fill(byteCost: bigint): Step {
  return (thread) => {
    const length = thread.popU32();
    const value = thread.popI32();
    const address = thread.popU32();
    charge(thread.counters, BigInt(length) * byteCost);
    thread.store.memory.fill(address, value, length);
  };
}

function copy(byteCost: bigint): Step {
  return (thread) => {
    const length = thread.popU32();
    const from = thread.popU32();
    const to = thread.popU32();
    charge(thread.counters, BigInt(length) * byteCost);
    thread.store.memory.copy(to, from, length);
  };
}

/** The effective address does not wrap. */
function loadOrStore({ op: { name, width }, immediates: [, offset] }: Instruction): Step | undefined {
  const load = LOADS[name];
  if (load !== undefined) {
    return (thread) => {
      const address = thread.popU32() + offset;
      thread.store.memory.check(address, width);
      thread.push(load(thread.store.memory.view, address));
    };
  }
  const storeI32 = STORES_I32[name];
  if (storeI32 !== undefined) {
    return (thread) => {
      const value = thread.popI32();
      const address = thread.popU32() + offset;
      thread.store.memory.check(address, width);
      storeI32(thread.store.memory.view, address, value);
    };
  }
  const storeI64 = STORES_I64[name];
  if (storeI64 !== undefined) {
    return (thread) => {
      const value = thread.popI64();
      const address = thread.popU32() + offset;
      thread.store.memory.check(address, width);
      storeI64(thread.store.memory.view, address, value);
    };
  }
  return undefined;
}
