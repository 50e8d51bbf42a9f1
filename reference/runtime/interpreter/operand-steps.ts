/** The steps of the instructions on operands, locals and globals. */
import type { Instruction } from "../instructions.ts";
import type { Step, Thread } from "./thread.ts";

/** Returns undefined for any other instruction. */
export function operandStep({ op, immediates: [first], wide }: Instruction): Step | undefined {
  switch (op.name) {
    case "nop":
      return () => {};
    case "drop":
      return (thread) => thread.pop();
    case "select":
      return select;
    case "i32.const":
      return (thread) => thread.push(first);
    case "i64.const":
      return (thread) => thread.push(wide);
    case "local.get":
      return (thread) => thread.push(thread.local(first));
    case "local.set":
      return (thread) => thread.setLocal(first, thread.pop());
    case "local.tee":
      return (thread) => teeLocal(thread, first);
    case "global.get":
      return (thread) => thread.push(thread.store.globals[first]);
    case "global.set":
      return (thread) => setGlobal(thread, first);
    default:
      return undefined;
  }
}

function select(thread: Thread): void {
  const condition = thread.popI32();
  const otherwise = thread.pop();
  const chosen = thread.pop();
  thread.push(condition === 0 ? otherwise : chosen);
}

function teeLocal(thread: Thread, index: number): void {
  const value = thread.pop();
  thread.setLocal(index, value);
  thread.push(value);
}

function setGlobal(thread: Thread, index: number): void {
  thread.store.globals[index] = thread.pop();
}
