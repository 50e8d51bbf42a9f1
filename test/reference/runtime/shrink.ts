/** Makes a failing module smaller: drops calls, bodies and runs of instructions for as long as it stays valid and fails. */
import { encodeModule, type FunctionPart, token } from "../../../harness/generate/runtime/encode-module.ts";
import type { RandomModule } from "../../../harness/generate/runtime/random-module.ts";
import { validate } from "./plain-v8.ts";

/** So that a large module does not take minutes. */
const MOST_TRIALS = 4000;

export function shrink(failing: RandomModule, run: (module: RandomModule) => void): RandomModule {
  let smallest = failing;
  let trials = 0;
  const keep = (candidate: RandomModule): boolean => {
    if (trials >= MOST_TRIALS || !validate(encodeModule(candidate.parts))) return false;
    trials++;
    if (!fails(candidate, run)) return false;
    smallest = candidate;
    return true;
  };
  for (let call = failing.calls.length - 1; call >= 0; call--) {
    keep({ ...smallest, calls: smallest.calls.toSpliced(call, 1) });
  }
  for (const index of failing.parts.functions.keys()) {
    keep(withFunction(smallest, index, (part) => ({ ...part, code: [token("unreachable"), token("end")] })));
  }
  for (const index of failing.parts.functions.keys()) {
    for (let length = 256; length >= 1; length = Math.floor(length / 1.5)) {
      for (let at = smallest.parts.functions[index].code.length - length; at >= 0; at--) {
        const shorter = withFunction(smallest, index, (part) => ({ ...part, code: part.code.toSpliced(at, length) }));
        if (keep(shorter)) at -= length - 1;
      }
    }
  }
  return smallest;
}

function withFunction(module: RandomModule, index: number, change: (part: FunctionPart) => FunctionPart): RandomModule {
  const functions = module.parts.functions.with(index, change(module.parts.functions[index]));
  return { ...module, parts: { ...module.parts, functions } };
}

function fails(module: RandomModule, run: (module: RandomModule) => void): boolean {
  try {
    run(module);
    return false;
  } catch {
    return true;
  }
}
