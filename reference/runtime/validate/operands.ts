/** The types of the operands while a body is checked, and the blocks that are open. */
import type { Cursor } from "../decode/cursor.ts";
import type { ValueType } from "../module.ts";

/** What lies on the stack of code that cannot be reached matches every type. */
export type OperandType = ValueType | "unknown";

export interface Frame {
  readonly kind: "body" | "block" | "loop" | "if" | "else";
  /** What the block results in. */
  readonly result: ValueType | undefined;
  /** Operands below the block, which it cannot reach. */
  readonly height: number;
  /** Whether an instruction of it has left it for good. */
  isUnreachable: boolean;
}

/**
 * The two stacks of the standard's algorithm. A block takes no operands and results in one value at most.
 *
 * Errors: ModuleError of the reason `type`, at the instruction that `at` names.
 */
export class Stacks {
  readonly #cursor: Cursor;
  readonly #operands: OperandType[] = [];
  readonly #frames: Frame[] = [];
  /** Where the instruction stands that is being checked. */
  at: number;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.at = cursor.at;
  }

  get height(): number {
    return this.#operands.length;
  }

  get depth(): number {
    return this.#frames.length;
  }

  get top(): Frame {
    return this.#frames[this.#frames.length - 1];
  }

  fail(message: string): never {
    return this.#cursor.fail("type", message, this.at);
  }

  push(type: OperandType): void {
    this.#operands.push(type);
  }

  pushResult(result: ValueType | undefined): void {
    if (result !== undefined) this.push(result);
  }

  /** Takes an operand of any type. */
  popAny(): OperandType {
    const frame = this.top;
    if (this.#operands.length > frame.height) return this.#operands.pop() as OperandType;
    return frame.isUnreachable ? "unknown" : this.fail("an operand is missing");
  }

  pop(expected: ValueType): OperandType {
    const actual = this.popAny();
    if (actual !== expected && actual !== "unknown") this.fail(`${expected} is expected, ${actual} is there`);
    return actual;
  }

  popResult(result: ValueType | undefined): void {
    if (result !== undefined) this.pop(result);
  }

  /** Takes the operands of a signature, the last one first. Where nothing but unknown operands is left, they all match. */
  popAll(expected: readonly ValueType[]): void {
    for (let index = expected.length - 1; index >= 0; index--) {
      if (this.top.isUnreachable && this.#operands.length === this.top.height) return;
      this.pop(expected[index]);
    }
  }

  open(kind: Frame["kind"], result: ValueType | undefined): void {
    this.#frames.push({ kind, result, height: this.#operands.length, isUnreachable: false });
  }

  /** Closes the innermost block, whose result must be all that it has left. */
  close(): Frame {
    const frame = this.top;
    this.popResult(frame.result);
    if (this.#operands.length > frame.height) {
      this.fail(`${this.#operands.length - frame.height} operands are left at the end of the ${frame.kind}`);
    }
    this.#frames.pop();
    return frame;
  }

  /** The value that a branch to the label takes along. */
  label(index: number): ValueType | undefined {
    const frame = this.#frames[this.#frames.length - 1 - index];
    if (frame === undefined) return this.fail(`there is no label ${index} in ${this.#frames.length} blocks`);
    return frame.kind === "loop" ? undefined : frame.result;
  }

  /** What follows cannot be reached. */
  leave(): void {
    this.#operands.length = this.top.height;
    this.top.isUnreachable = true;
  }
}
