/**
 * The steps of the control instructions. One pass over the body computes where they lead.
 *
 * Req: RUNTIME-MODULE-045.
 */
import { Trap } from "../faults.ts";
import { type Instruction, NO_VALUE } from "../instructions.ts";
import type { FunctionType } from "../module.ts";
import type { Label, Step, Thread } from "./thread.ts";

interface OpenLabel extends Label {
  /** The instruction after the `else` of an `if`. */
  otherwise: number | undefined;
}

/** `step` must be called for every instruction of a body, in order. */
export class ControlSteps {
  readonly #types: readonly FunctionType[];
  readonly #open: OpenLabel[];

  constructor(types: readonly FunctionType[], body: FunctionType) {
    this.#types = types;
    this.#open = [{ depth: 0, isLoop: false, arity: body.results.length, next: -1, otherwise: undefined }];
  }

  /** Returns undefined for any other instruction. `index` is that of the instruction in the body. */
  step({ op, immediates }: Instruction, index: number): Step | undefined {
    const [first] = immediates;
    switch (op.name) {
      case "unreachable":
        return unreachable;
      case "block":
        return this.#block(first);
      case "loop":
        return this.#loop(index);
      case "if":
        return this.#if(first);
      case "else":
        return this.#else(index);
      case "end":
        return this.#end(index);
      case "br":
        return this.#branch(first);
      case "br_if":
        return this.#branchIf(first);
      case "br_table":
        return this.#branchTable(immediates);
      case "return":
        return (thread) => thread.return();
      case "call":
        return (thread) => thread.call(first);
      case "call_indirect":
        return this.#callIndirect(first);
      default:
        return undefined;
    }
  }

  #block(type: number): Step {
    this.#openLabel({ isLoop: false, arity: type === NO_VALUE ? 0 : 1, next: -1 });
    return (thread) => thread.enterLabel();
  }

  /** A branch to a loop leads to its beginning, which takes no operands. */
  #loop(index: number): Step {
    this.#openLabel({ isLoop: true, arity: 0, next: index + 1 });
    return (thread) => thread.enterLabel();
  }

  #if(type: number): Step {
    const label = this.#openLabel({ isLoop: false, arity: type === NO_VALUE ? 0 : 1, next: -1 });
    return (thread) => {
      if (thread.popI32() !== 0) thread.enterLabel();
      else if (label.otherwise === undefined) thread.goTo(label.next);
      else {
        thread.enterLabel();
        thread.goTo(label.otherwise);
      }
    };
  }

  /** Execution that reaches an `else` has run the first arm to its end. */
  #else(index: number): Step {
    const label = this.#target(0);
    label.otherwise = index + 1;
    return (thread) => {
      thread.leaveLabel();
      thread.goTo(label.next);
    };
  }

  #end(index: number): Step {
    const label = this.#target(0);
    this.#open.pop();
    if (label.depth === 0) return (thread) => thread.return();
    if (!label.isLoop) label.next = index + 1;
    return (thread) => thread.leaveLabel();
  }

  #branch(depth: number): Step {
    const label = this.#target(depth);
    return (thread) => thread.branch(label);
  }

  #branchIf(depth: number): Step {
    const label = this.#target(depth);
    return (thread) => {
      if (thread.popI32() !== 0) thread.branch(label);
    };
  }

  #branchTable(depths: readonly number[]): Step {
    const labels = depths.map((depth) => this.#target(depth));
    return (thread) => thread.branch(labels[Math.min(thread.popU32(), labels.length - 1)]);
  }

  #callIndirect(index: number): Step {
    const type = this.#types[index];
    return (thread) => callIndirect(thread, type);
  }

  #openLabel(label: Pick<Label, "isLoop" | "arity" | "next">): OpenLabel {
    const open = { ...label, depth: this.#open.length, otherwise: undefined };
    this.#open.push(open);
    return open;
  }

  /** Labels are counted from the innermost. */
  #target(depth: number): OpenLabel {
    return this.#open[this.#open.length - 1 - depth];
  }
}

function unreachable(): never {
  throw new Trap("unreachable", "execution reached an unreachable");
}

/** Req: RUNTIME-METER-011. Errors: Trap. */
function callIndirect(thread: Thread, type: FunctionType): void {
  const { table } = thread.store;
  const element = thread.popU32();
  if (element >= table.length) throw new Trap("table-index", `element ${element} of a table of ${table.length}`);
  const index = table[element];
  if (index === undefined) throw new Trap("call-type", `element ${element} of the table is empty`);
  if (!isSame(thread.store.typeOf(index), type)) throw new Trap("call-type", `function ${index} has another type`);
  thread.call(index);
}

/** Types are compared by their parameters and results, not by their index. */
function isSame(a: FunctionType, b: FunctionType): boolean {
  return (
    a.params.length === b.params.length &&
    a.results.length === b.results.length &&
    a.params.every((type, index) => type === b.params[index]) &&
    a.results.every((type, index) => type === b.results[index])
  );
}
