/** A mutant is the reference with one small edit that the vectors of its backend or suite detect. */
import type { VectorCase } from "../../../harness/cases/vector.ts";

export interface Edit {
  readonly name: string;
  /** Describes the fault. */
  readonly about: string;
  /** Source file within `reference/`, without its extension. */
  readonly file: string;
  /** Text that occurs exactly once in the compiled file (without types), and its replacement. */
  readonly find: string;
  readonly replace: string;
}

export interface Mutant extends Edit {
  /** Unique among all mutants: an edit of code that backends share is one mutant in each of them. */
  readonly name: string;
  /** Only the vectors of this backend, or of this suite of the runtime, can kill the mutant. */
  readonly backend: string;
}

/** Whether the vector can kill the mutant. */
export function countsFor({ backend }: Mutant, { suite, params }: VectorCase): boolean {
  return params.backend === backend || suite === backend;
}
