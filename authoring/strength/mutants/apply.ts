/** The edit itself. */
import type { Mutant } from "./mutant.ts";

/** `source` with the mutant's edit. Throws unless the place to edit occurs exactly once. */
export function applyMutant({ name, file, find, replace }: Mutant, source: string): string {
  const places = source.split(find).length - 1;
  if (places !== 1)
    throw new Error(`mutant ${name}: ${JSON.stringify(find)} occurs ${places} times in ${file}, not once`);
  return source.replace(find, () => replace);
}
