/** The part of `proofhouse run` that runs in a separate thread. */

import { displayPath } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { prepareSequence, type RunInput } from "./prepare-sequence.ts";
import { type BlockReport, runSequence, type SequenceRequest } from "./run-sequence.ts";
import { checkProofCanBeSaved, saveProof } from "./save-proof.ts";

/** Input: `proofFile`, the file for the proof of the block, if requested. Errors: UsageError; NodeFault. */
export async function runInput(
  input: RunInput,
  terms: Pick<SequenceRequest, "gasLimit" | "engine">,
  proofFile: string | undefined,
): Promise<BlockReport[]> {
  const request = await prepareSequence(input, terms);
  if (proofFile !== undefined) checkProofCanBeSaved(proofFile, request);
  const reports = runSequence(request);
  for (const { outcome } of reports) {
    // The fault is in the state file, not in the block: no execution can begin with this backend, encoding or options.
    if (outcome.kind === "rejected" && outcome.error.class === "invalid-argument") {
      throw new UsageError(`--state ${displayPath(input.state ?? "")}: ${outcome.error.message}`);
    }
  }
  if (proofFile !== undefined) saveProof(proofFile, request, reports);
  return reports;
}
