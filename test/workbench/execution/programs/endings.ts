/** Functions that end in each way in which a function in a thread may end. */

import { UsageError } from "../../../../harness/usage/usage-error.ts";
import { ProofError } from "../../../../reference/core/errors.ts";
import { NodeFault } from "../../../../reference/runtime/faults.ts";

export function plain(bytes: Uint8Array, amount: bigint): object {
  return { list: [bytes, amount], nothing: undefined, error: new ProofError("trap", "within", { reason: "stack" }) };
}

export function rejects(): never {
  throw new ProofError("incomplete", "uncovered", { key: "0x01" });
}

export function misused(): never {
  throw new UsageError("no such file");
}

export function cannot(): never {
  throw new NodeFault("no memory");
}

export function breaks(): never {
  throw new TypeError("a bug");
}

export function hangs(): never {
  for (;;);
}

export function ends(): never {
  process.exit(7);
}

/** Recurses `levels` deep, which the default stack of a thread or process does not allow. */
export function deep(levels: number): number {
  return levels === 0 ? 0 : 1 + deep(levels - 1);
}
