/** Keeps the proof that a run over entries makes, as the state file of a run that has nothing else. */

import { checkWritable, writeWhole } from "../../harness/files/write-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { writeProof } from "../../reference/wire/values.ts";
import type { PreparedSequence } from "./prepare-sequence.ts";
import type { BlockReport } from "./run-sequence.ts";

/** Errors: UsageError, before anything is run, where there will be no one proof, or no place for it. */
export function checkProofCanBeSaved(path: string, { state, blocks }: PreparedSequence): void {
  if (state === undefined || !("entries" in state)) {
    throw new UsageError("--save-proof: expected --state with entries, of which something can be proven");
  }
  if (blocks.length > 1) throw new UsageError("--save-proof: expected one block; a proof is of one root");
  checkWritable(path, `--save-proof ${path}`);
}

/** Writes nothing for a block that was rejected. */
export function saveProof(path: string, { stateTerms }: PreparedSequence, [block]: readonly BlockReport[]): void {
  if (block?.recording === undefined) return;
  const file = { ...stateTerms, proof: writeProof(block.recording.proof) };
  writeWhole(path, [`${JSON.stringify(file, null, 2)}\n`]);
}
