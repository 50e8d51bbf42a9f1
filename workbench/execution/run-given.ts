/** `proofhouse run`, from what the command line says to reports; it runs in a thread of its own. */

import { displayPath } from "../../harness/files/yaml-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { type Given, prepareSequence } from "./prepare-sequence.ts";
import { type BlockReport, runSequence, type SequenceRequest } from "./run-sequence.ts";
import { checkProofCanBeSaved, saveProof } from "./save-proof.ts";

/** Input: `proofFile` is where the proof of the block goes, if anywhere. Errors: UsageError; NodeFault. */
export async function runGiven(
  given: Given,
  terms: Pick<SequenceRequest, "gasLimit" | "engine">,
  proofFile: string | undefined,
): Promise<BlockReport[]> {
  const request = await prepareSequence(given, terms);
  if (proofFile !== undefined) checkProofCanBeSaved(proofFile, request);
  const reports = runSequence(request);
  for (const { outcome } of reports) {
    // No block is at fault: these are terms that the state file states, and no execution can be begun under them.
    if (outcome.kind === "rejected" && outcome.error.class === "invalid-argument") {
      throw new UsageError(`--state ${displayPath(given.state ?? "")}: ${outcome.error.message}`);
    }
  }
  if (proofFile !== undefined) saveProof(proofFile, request, reports);
  return reports;
}
