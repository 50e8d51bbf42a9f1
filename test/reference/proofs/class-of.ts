/** The class with which something is rejected; `none` where it is not. */
import { ProofError } from "../../../reference/core/errors.ts";

export function classOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ProofError) return error.class;
    throw error;
  }
  return "none";
}
