/** The class of the error that `run` throws; `none` if it throws no error. */
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
