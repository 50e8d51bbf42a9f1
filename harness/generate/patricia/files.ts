/** All generated files of the patricia suites. */
import type { VectorFile } from "../../vector.ts";
import { withoutRepeats } from "../without-repeats.ts";
import { absenceFiles } from "./absence.ts";
import { canonicalFiles } from "./canonical.ts";
import { forgedFiles } from "./forged.ts";
import { honestFiles } from "./honest.ts";
import { malformedFiles } from "./malformed.ts";
import { ENCODINGS } from "./proofs.ts";
import { publishedFiles } from "./published.ts";
import { readFiles } from "./reads.ts";
import { withRepeats } from "./repeated-bytes.ts";

export function patriciaFiles(): VectorFile[] {
  const files = ENCODINGS.flatMap((encoding) => [
    ...publishedFiles(encoding),
    ...honestFiles(encoding),
    ...absenceFiles(encoding),
    ...readFiles(encoding),
    ...forgedFiles(encoding),
    ...malformedFiles(encoding),
    ...canonicalFiles(encoding),
  ]);
  return withoutRepeats(files).map((file) => ({ ...file, cases: file.cases.map(withRepeats) }));
}
