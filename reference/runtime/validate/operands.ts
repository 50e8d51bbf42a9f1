/**
 * The types of the operands, and the open blocks, while a body is checked.
 *
 * Req: RUNTIME-MODULE-005, RUNTIME-METER-025, RUNTIME-METER-026, RUNTIME-METER-027, RUNTIME-METER-028.
 */
import type { Cursor } from "../decode/cursor.ts";
import type { ValueType } from "../module.ts";

/** An operand of unreachable code may be unknown, and then matches every type. */
export type OperandType = ValueType | "unknown";

export interface Frame {
  readonly kind: "body" | "block" | "loop" | "if" | "else";
  /** Undefined if the block has no result. */
  readonly result: ValueType | undefined;
  /** Number of operands below the block, which its instructions cannot take. */
  readonly height: number;
  /** Whether the rest of the block cannot be reached. */
  isUnreachable: boolean;
}

/**
 * The two stacks of the standard's algorithm. A block takes no operands and has at most one result.
 *
 * Errors: ModuleError of the reason `type`, at the instruction at `offset`.
 */
export class Stacks {
  readonly #cursor: Cursor;
  readonly #operands: OperandType[] = [];
  readonly #frames: Frame[] = [];
  /** Offset of the instruction that is being checked. */
  offset: number;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.offset = cursor.at;
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
    return this.#cursor.fail("type", message, this.offset);
  }

  push(type: OperandType): void {
    this.#operands.push(type);
  }

  pushResult(result: ValueType | undefined): void {
    if (result !== undefined) this.push(result);
  }

  /** Pops an operand of any type. */
  popAny(): OperandType {
    const frame = this.top;
    if (this.#operands.length > frame.height) return this.#operands.pop() as OperandType;
    return frame.isUnreachable ? "unknown" : this.fail("an operand is missing");
  }

  pop(expected: ValueType): OperandType {
    const actual = this.popAny();
    if (actual !== expected && actual !== "unknown") this.fail(`expected ${expected}, found ${actual}`);
    return actual;
  }

  popResult(result: ValueType | undefined): void {
    if (result !== undefined) this.pop(result);
  }

  /** Pops the operands of a signature, the last one first. If only unknown operands are left, they match all the others. */
  popAll(expected: readonly ValueType[]): void {
    for (let index = expected.length - 1; index >= 0; index--) {
      if (this.top.isUnreachable && this.#operands.length === this.top.height) return;
      this.pop(expected[index]);
    }
  }

  open(kind: Frame["kind"], result: ValueType | undefined): void {
    this.#frames.push({ kind, result, height: this.#operands.length, isUnreachable: false });
  }

  /** Closes the innermost block, whose result must be its only operand. */
  close(): Frame {
    const frame = this.top;
    this.popResult(frame.result);
    if (this.#operands.length > frame.height) {
      this.fail(`${this.#operands.length - frame.height} operands are left at the end of the ${frame.kind}`);
    }
    this.#frames.pop();
    return frame;
  }

  /** The type of the value that a branch to the label takes, undefined if it takes none. */
  label(index: number): ValueType | undefined {
    const frame = this.#frames[this.#frames.length - 1 - index];
    if (frame === undefined) return this.fail(`label ${index} does not exist; ${this.#frames.length} blocks are open`);
    return frame.kind === "loop" ? undefined : frame.result;
  }

  /** Marks the rest of the innermost block as unreachable. Req: RUNTIME-METER-026. */
  leave(): void {
    this.#operands.length = this.top.height;
    this.top.isUnreachable = true;
  }
}
