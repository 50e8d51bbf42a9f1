/** The imports of random modules, with every kind of effect that a host function may have. */

import { type Counters, charge, type HostFunction, type Instance } from "../../../reference/runtime/engine.ts";
import { Trap } from "../../../reference/runtime/faults.ts";

export interface RandomHost {
  /** In the order of `RANDOM_IMPORTS`. */
  readonly functions: readonly HostFunction[];
  /** The calls, in order. */
  readonly log: string[];
}

const TRAPS_AT = 31;

export function createRandomHost(counters: Counters): RandomHost {
  const log: string[] = [];
  const charged = (name: string, run: HostFunction): HostFunction => {
    return (args, caller) => {
      charge(counters, 64n);
      log.push(`${name}(${args.join()}) of ${counters.stack}`);
      return run(args, caller);
    };
  };
  return {
    log,
    functions: [
      charged("note", () => undefined),
      charged("mix", ([wide, narrow], caller) => mix(wide as bigint, narrow as number, caller, counters)),
      // Unsigned and beyond 32 bits, since WebAssembly takes results modulo 2^32.
      charged("next", (_, caller) => caller.memory().length + log.length * 0x9e3779b1),
      charged("callBack", ([choice], caller) => callBack(choice as number, caller)),
    ],
  };
}

/** Writes to the caller's memory, charges for it, and traps for one argument. */
function mix(wide: bigint, narrow: number, caller: Instance, counters: Counters): bigint {
  if (narrow === TRAPS_AT) throw new Trap("range", "the argument for which this function traps");
  charge(counters, BigInt(narrow & 0xff));
  const memory = caller.memory();
  memory[(narrow >>> 0) % memory.length] ^= Number(wide & 0xffn);
  return wide * 3n + BigInt(narrow);
}

/** Calls into the module again, with arguments derived from `choice`. */
function callBack(choice: number, caller: Instance): number {
  const name = `f${choice & 3}`;
  const type = caller.exportType(name);
  if (type === undefined) return -1;
  const result = caller.call(
    name,
    type.params.map((param, index) => (param === "i32" ? choice + index : BigInt(choice - index))),
  );
  return Number(BigInt(result ?? 0n) & 0xffn);
}
