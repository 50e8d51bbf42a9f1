/** A mutant: the reference with one small edit, which the vectors of its backend or suite notice. */
import type { VectorCase } from "../../../harness/cases/vector.ts";

/** What is changed. */
export interface Edit {
  readonly name: string;
  /** The fault in words. */
  readonly about: string;
  /** Source file within `reference/`, without its extension. */
  readonly file: string;
  /** Text that occurs in the file exactly once, as compiled (no types), and what stands there instead. */
  readonly find: string;
  readonly replace: string;
}

export interface Mutant extends Edit {
  /** Unique among all mutants: an edit of what backends share is one mutant in each of them. */
  readonly name: string;
  /** Only the vectors of this backend, or of this suite of the runtime, count. */
  readonly backend: string;
}

/** Whether the vector may kill the mutant. */
export function countsFor({ backend }: Mutant, { suite, params }: VectorCase): boolean {
  return params.backend === backend || suite === backend;
}
