/** Every mutant there is. */
import type { Mutant } from "./mutant.ts";
import { SSZ_ENCODING_MUTANTS } from "./ssz-encodings.ts";
import { SSZ_OPERATION_MUTANTS } from "./ssz-operations.ts";
import { SSZ_UPDATE_MUTANTS } from "./ssz-updates.ts";

export const MUTANTS: readonly Mutant[] = [...SSZ_ENCODING_MUTANTS, ...SSZ_OPERATION_MUTANTS, ...SSZ_UPDATE_MUTANTS];

export function findMutant(name: string | undefined): Mutant {
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant "${name}"`);
  return mutant;
}
