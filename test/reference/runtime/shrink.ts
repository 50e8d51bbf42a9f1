/** Makes a failing module smaller: removes calls, bodies and runs of instructions as long as it still fails. */
import { type FunctionPart, type Token, token } from "../../../authoring/cases/runtime/random/encode-module.ts";
import type { RandomModule } from "../../../authoring/cases/runtime/random/module.ts";

/** Bounds the time for a large module. */
const MOST_TRIALS = 5000;

const TRAP: readonly Token[] = [token("unreachable"), token("end")];

/** `fails` is also called with modules that are not valid or do not end, and must return false for them. */
export function shrink(failing: RandomModule, fails: (module: RandomModule) => boolean): RandomModule {
  let smallest = failing;
  let trials = 0;
  const keep = (candidate: RandomModule): boolean => {
    if (trials++ >= MOST_TRIALS || !fails(candidate)) return false;
    smallest = candidate;
    return true;
  };
  const keepCode = (index: number, change: (code: readonly Token[]) => readonly Token[]): boolean =>
    keep(withFunction(smallest, index, (part) => ({ ...part, code: change(part.code) })));

  for (let call = failing.calls.length - 1; call >= 0; call--) {
    keep({ ...smallest, calls: smallest.calls.toSpliced(call, 1) });
  }
  for (const index of failing.parts.functions.keys()) keepCode(index, () => TRAP);
  for (let length = 256; length >= 1; length = Math.floor(length / 1.5)) {
    for (const index of failing.parts.functions.keys()) {
      for (let at = smallest.parts.functions[index].code.length - length; at >= 0; at--) {
        if (keepCode(index, (code) => code.toSpliced(at, length))) at -= length - 1;
      }
    }
  }
  return smallest;
}

function withFunction(module: RandomModule, index: number, change: (part: FunctionPart) => FunctionPart): RandomModule {
  const functions = module.parts.functions.with(index, change(module.parts.functions[index]));
  return { ...module, parts: { ...module.parts, functions } };
}
