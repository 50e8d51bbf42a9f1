/** Saves the proof that a run over entries records, as the state file of a run with only that proof. */

import { checkWritable, writeWhole } from "../../harness/files/write-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { writeProof } from "../../reference/wire/values.ts";
import type { PreparedSequence } from "./prepare-sequence.ts";
import type { BlockReport } from "./run-sequence.ts";

/** Errors: UsageError, before any block runs, if the run will not produce one proof, or if the file cannot be written. */
export function checkProofCanBeSaved(path: string, { state, blocks }: PreparedSequence): void {
  if (state === undefined || !("entries" in state)) {
    throw new UsageError("--save-proof: expected --state with entries, because a proof is made from entries");
  }
  if (blocks.length > 1) throw new UsageError("--save-proof: expected one block; a proof has one root");
  checkWritable(path, `--save-proof ${path}`);
}

/** Writes nothing for a rejected block. */
export function saveProof(path: string, { stateTerms }: PreparedSequence, [block]: readonly BlockReport[]): void {
  if (block?.recording === undefined) return;
  const file = { ...stateTerms, proof: writeProof(block.recording.proof) };
  writeWhole(path, [`${JSON.stringify(file, null, 2)}\n`]);
}
