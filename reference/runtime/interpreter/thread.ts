/**
 * The state of one call from outside: operands and frames. Calls within the instance are frames here, not calls of the host language.
 *
 * Req: RUNTIME-METER-014, RUNTIME-METER-015, RUNTIME-METER-006, RUNTIME-METER-021, RUNTIME-METER-022, RUNTIME-METER-023.
 */

import { type Counters, charge, type WasmValue } from "../engine.ts";
import { Trap } from "../faults.ts";
import type { FunctionType } from "../module.ts";
import type { LinearMemory } from "./linear-memory.ts";

/** The effect of one instruction. */
export type Step = (thread: Thread) => void;

/** A body, prepared once. */
export interface Code {
  readonly type: FunctionType;
  /** Initial values of the declared locals. */
  readonly zeros: readonly WasmValue[];
  /** Subtracted from the stack left by a call. */
  readonly frameSize: number;
  /** One for each instruction, in order. */
  readonly steps: readonly Step[];
  /** By instruction: the cost of the block that begins there. */
  readonly costs: readonly (bigint | undefined)[];
}

/** The target of a branch. */
export interface Label {
  /** Number of labels around it. */
  readonly depth: number;
  /** Whether it is that of a loop. A branch to a loop does not leave it. */
  readonly isLoop: boolean;
  /** Number of operands that a branch takes along. */
  readonly arity: number;
  /** The instruction to continue with. */
  next: number;
}

interface Frame {
  readonly code: Code;
  readonly locals: WasmValue[];
  /** Number of operands below it. */
  readonly base: number;
  /** For each label that has been entered, the number of operands at that time. */
  readonly heights: number[];
  /** Number of labels that have been entered and not left; `heights` may hold more. */
  depth: number;
  next: number;
}

/** The parts of an instance that instructions use. */
export interface Store {
  readonly memory: LinearMemory;
  /** Indices of functions; undefined for an empty element. */
  readonly table: readonly (number | undefined)[];
  readonly globals: WasmValue[];
  typeOf(index: number): FunctionType;
  /** Undefined if the function is imported. */
  codeOf(index: number): Code | undefined;
  /** Called when the function with this index has been entered. */
  entered(index: number): void;
  /** Called when the function that was entered last has returned. */
  left(): void;
  callHost(index: number, args: readonly WasmValue[]): WasmValue | undefined;
}

export class Thread {
  readonly store: Store;
  readonly counters: Counters;
  frame: Frame | undefined;
  readonly #callers: (Frame | undefined)[] = [];
  readonly #operands: WasmValue[] = [];
  /** Number of operands; the array may hold more. */
  #height = 0;

  constructor(store: Store, counters: Counters) {
    this.store = store;
    this.counters = counters;
  }

  push(value: WasmValue): void {
    this.#operands[this.#height++] = value;
  }

  /** Validation guarantees that the operand exists, and its type. */
  pop(): WasmValue {
    return this.#operands[--this.#height];
  }

  popI32(): number {
    return this.pop() as number;
  }

  popI64(): bigint {
    return this.pop() as bigint;
  }

  /** Pops an i32 that is unsigned: an address, a length or an index. */
  popU32(): number {
    return this.popI32() >>> 0;
  }

  /** Calls a function with the topmost operands as its arguments. */
  call(index: number): void {
    const code = this.store.codeOf(index);
    if (code === undefined) {
      this.#callHost(index);
      return;
    }
    this.#enter(code);
    this.store.entered(index);
  }

  /** Runs until the function that was called first has returned. Req: RUNTIME-METER-014, RUNTIME-METER-015. */
  run(): void {
    while (this.frame !== undefined) {
      const { code, next } = this.frame;
      const cost = code.costs[next];
      if (cost !== undefined) charge(this.counters, cost);
      this.frame.next = next + 1;
      code.steps[next](this);
    }
  }

  /** Req: RUNTIME-METER-023. */
  return(): void {
    const { code, base } = this.#running();
    this.#cut(base, code.type.results.length);
    this.counters.stack += code.frameSize;
    this.frame = this.#callers.pop();
    this.store.left();
  }

  local(index: number): WasmValue {
    return this.#running().locals[index];
  }

  setLocal(index: number, value: WasmValue): void {
    this.#running().locals[index] = value;
  }

  goTo(next: number): void {
    this.#running().next = next;
  }

  enterLabel(): void {
    const frame = this.#running();
    frame.heights[frame.depth++] = this.#height;
  }

  leaveLabel(): void {
    this.#running().depth--;
  }

  branch(label: Label): void {
    if (label.depth === 0) {
      this.return();
      return;
    }
    const frame = this.#running();
    this.#cut(frame.heights[label.depth], label.arity);
    frame.depth = label.isLoop ? label.depth + 1 : label.depth;
    frame.next = label.next;
  }

  #running(): Frame {
    return this.frame as Frame;
  }

  /** Req: RUNTIME-METER-006, RUNTIME-METER-021, RUNTIME-METER-022. Errors: Trap. */
  #enter(code: Code): void {
    this.counters.stack -= code.frameSize;
    if (this.counters.stack < 0) throw new Trap("stack", `a frame of ${code.frameSize} exceeds the stack left`);
    const locals = this.#popAll(code.type.params.length);
    locals.push(...code.zeros);
    this.#callers.push(this.frame);
    // The body is the label that encloses all others.
    this.frame = { code, locals, base: this.#height, heights: [this.#height], depth: 1, next: 0 };
  }

  #callHost(index: number): void {
    const { params, results } = this.store.typeOf(index);
    const result = this.store.callHost(index, this.#popAll(params.length));
    if (results.length > 0) this.push(result as WasmValue);
  }

  #popAll(count: number): WasmValue[] {
    this.#height -= count;
    return this.#operands.slice(this.#height, this.#height + count);
  }

  /** Keeps the lowest `height` operands, and above them the topmost `arity`. */
  #cut(height: number, arity: number): void {
    if (arity === 0) this.#height = height;
    else {
      const result = this.pop();
      this.#height = height;
      this.push(result);
    }
  }
}
