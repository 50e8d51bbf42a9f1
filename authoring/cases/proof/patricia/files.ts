/** All generated files of the patricia suites. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { withRepeats } from "../../kit/repeated-bytes.ts";
import { withoutRepeats } from "../../kit/without-repeats.ts";
import { absenceFiles } from "./absence.ts";
import { canonicalFiles } from "./canonical.ts";
import { claimFiles } from "./claims.ts";
import { combineFiles } from "./combine.ts";
import { deepFiles } from "./deep.ts";
import { deletionFiles } from "./deletions.ts";
import { forgedFiles } from "./forged.ts";
import { honestFiles } from "./honest.ts";
import { malformedFiles } from "./malformed.ts";
import { manyFiles } from "./many.ts";
import { ENCODINGS } from "./proofs.ts";
import { proveFiles } from "./prove.ts";
import { publishedFiles } from "./published.ts";
import { readFiles } from "./reads.ts";
import { singleConditionFiles } from "./single-conditions.ts";
import { updateFiles } from "./updates.ts";

export function patriciaFiles(): VectorFile[] {
  const files = ENCODINGS.flatMap((encoding) => [
    ...publishedFiles(encoding),
    ...honestFiles(encoding),
    ...absenceFiles(encoding),
    ...readFiles(encoding),
    ...forgedFiles(encoding),
    ...malformedFiles(encoding),
    ...canonicalFiles(encoding),
    ...deletionFiles(encoding),
    ...updateFiles(encoding),
    ...proveFiles(encoding),
    ...combineFiles(encoding),
    ...singleConditionFiles(encoding),
    ...deepFiles(encoding),
    ...manyFiles(encoding),
    ...(encoding === "eip1186" ? claimFiles() : []),
  ]);
  return withoutRepeats(files).map((file) => ({ ...file, cases: file.cases.map(withRepeats) }));
}
