/** Every mutant there is. */
import type { Mutant } from "./mutant.ts";
import { SSZ_MUTANTS } from "./ssz.ts";

export const MUTANTS: readonly Mutant[] = [...SSZ_MUTANTS];

export function findMutant(name: string | undefined): Mutant {
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant "${name}"`);
  return mutant;
}
