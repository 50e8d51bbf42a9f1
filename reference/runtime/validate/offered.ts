/** What hosts offer to modules, by name and signature. */
import type { FunctionType, ImportedFunction, Role, ValueType } from "../module.ts";

/** Names that no library may have. */
export const HOST_MODULES: ReadonlySet<string> = new Set(["env", "eth2", "debug", "bignum", "proof", "proofhouse"]);

const eth2 = (name: string): string[] => [`env.eth2_${name}`, `eth2.${name}`];

/** Names, parameters (by number, all i32, or by type) and results. */
const ENVIRONMENT_ONLY: readonly [string[], number | ValueType[], number][] = [
  [eth2("loadPreStateRoot"), 1, 0],
  [eth2("savePostStateRoot"), 1, 0],
  [eth2("blockDataSize"), 0, 1],
  [eth2("blockDataCopy"), 3, 0],
  [eth2("pushNewDeposit"), 2, 0],
  [eth2("useTicks"), 1, 0],
];

export function offersHostFunction(role: Role, { module, name, type }: ImportedFunction): boolean {
  return (
    role === "environment" &&
    ENVIRONMENT_ONLY.some(
      ([names, params, results]) =>
        names.includes(`${module}.${name}`) &&
        sameType(type, {
          params: typeof params === "number" ? new Array<ValueType>(params).fill("i32") : params,
          results: new Array<ValueType>(results).fill("i32"),
        }),
    )
  );
}

export function sameType(a: FunctionType, b: FunctionType): boolean {
  return `${a.params}→${a.results}` === `${b.params}→${b.results}`;
}
