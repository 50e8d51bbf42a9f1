/** The steps of the numeric instructions. */
import { BINARY_I32, UNARY_I32 } from "./numeric-i32.ts";
import { BINARY_I64, COMPARE_I64, NARROW_I64, UNARY_I64, WIDEN_I32 } from "./numeric-i64.ts";
import type { Step } from "./thread.ts";

/** By the name of the instruction. */
export const NUMBER_STEPS: ReadonlyMap<string, Step> = new Map([
  ...stepsOf(UNARY_I32, (apply) => (thread) => thread.push(apply(thread.popI32()))),
  ...stepsOf(UNARY_I64, (apply) => (thread) => thread.push(apply(thread.popI64()))),
  ...stepsOf(NARROW_I64, (apply) => (thread) => thread.push(apply(thread.popI64()))),
  ...stepsOf(WIDEN_I32, (apply) => (thread) => thread.push(apply(thread.popI32()))),
  ...stepsOf(BINARY_I32, (apply) => (thread) => {
    const b = thread.popI32();
    thread.push(apply(thread.popI32(), b));
  }),
  ...stepsOf(BINARY_I64, (apply) => (thread) => {
    const b = thread.popI64();
    thread.push(apply(thread.popI64(), b));
  }),
  ...stepsOf(COMPARE_I64, (apply) => (thread) => {
    const b = thread.popI64();
    thread.push(Number(apply(thread.popI64(), b)));
  }),
]);

function stepsOf<T>(functions: Readonly<Record<string, T>>, step: (apply: T) => Step): [string, Step][] {
  return Object.entries(functions).map(([name, apply]) => [name, step(apply)]);
}
