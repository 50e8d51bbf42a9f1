/**
 * The state of one call from outside: operands and frames. Calls within the instance are frames here, never calls of the host language.
 *
 * Req: RUNTIME-METER-001, RUNTIME-METER-002, RUNTIME-METER-006.
 */

import { type Counters, charge, type WasmValue } from "../engine.ts";
import { Trap } from "../faults.ts";
import type { FunctionType } from "../module.ts";
import type { LinearMemory } from "./linear-memory.ts";

/** What one instruction does. */
export type Step = (thread: Thread) => void;

/** A body, prepared once. */
export interface Code {
  readonly type: FunctionType;
  /** What the declared locals are at first. */
  readonly zeros: readonly WasmValue[];
  /** What a call takes off the stack. */
  readonly frameSize: number;
  /** One for each instruction, in their order. */
  readonly steps: readonly Step[];
  /** By instruction: what the block that begins there costs. */
  readonly costs: readonly (bigint | undefined)[];
}

/** Where a branch goes to. */
export interface Label {
  /** How many labels enclose it. */
  readonly depth: number;
  /** Whether it is a loop's, which a branch to it does not leave. */
  readonly isLoop: boolean;
  /** How many operands a branch carries along. */
  readonly arity: number;
  /** The instruction to go on with. */
  next: number;
}

interface Frame {
  readonly code: Code;
  readonly locals: WasmValue[];
  /** Height of the operands below it. */
  readonly base: number;
  /** Of each label that has been entered: the height of the operands then. */
  readonly heights: number[];
  /** How many labels have been entered and not left; `heights` may hold more. */
  depth: number;
  next: number;
}

/** What an instance is made of, as instructions see it. */
export interface Store {
  readonly memory: LinearMemory;
  /** Indices of functions; undefined where there is none. */
  readonly table: readonly (number | undefined)[];
  readonly globals: WasmValue[];
  /** Type of the function with this index. */
  typeOf(index: number): FunctionType;
  /** Its code; undefined where it is imported. */
  codeOf(index: number): Code | undefined;
  /** The function with this index has been entered; the one that was entered last has returned. */
  entered(index: number): void;
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

  /** Validation has seen that there is one, and of which type it is. */
  pop(): WasmValue {
    return this.#operands[--this.#height];
  }

  popI32(): number {
    return this.pop() as number;
  }

  popI64(): bigint {
    return this.pop() as bigint;
  }

  /** An i32 that is meant as unsigned: an address, a length, an index. */
  popU32(): number {
    return this.popI32() >>> 0;
  }

  /** Calls a function with the operands on top as its arguments. */
  call(index: number): void {
    const code = this.store.codeOf(index);
    if (code === undefined) {
      this.#callHost(index);
      return;
    }
    this.#enter(code);
    this.store.entered(index);
  }

  /** Runs until the function that was called first has returned. */
  run(): void {
    while (this.frame !== undefined) {
      const { code, next } = this.frame;
      const cost = code.costs[next];
      if (cost !== undefined) charge(this.counters, cost);
      this.frame.next = next + 1;
      code.steps[next](this);
    }
  }

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

  #enter(code: Code): void {
    this.counters.stack -= code.frameSize;
    if (this.counters.stack < 0) throw new Trap("stack", `a frame of ${code.frameSize} is more than what was left`);
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

  /** Leaves `height` operands, and on them the topmost `arity`. */
  #cut(height: number, arity: number): void {
    if (arity === 0) this.#height = height;
    else {
      const result = this.pop();
      this.#height = height;
      this.push(result);
    }
  }
}
