/** All generated files of the state suites. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { withoutRepeats } from "../../kit/without-repeats.ts";
import { brokenNodeFiles } from "./broken-nodes.ts";
import { canonicalFiles } from "./canonical/encodings.ts";
import { clientFormFiles } from "./client-forms.ts";
import { forgedFiles } from "./forged.ts";
import { headerFiles } from "./headers.ts";
import { missingFiles } from "./missing.ts";
import { readFiles } from "./reads.ts";
import { requestFiles } from "./requests.ts";
import { ENCODINGS } from "./scenarios.ts";
import { scriptFiles } from "./scripts.ts";
import { updateFiles } from "./updates.ts";
import { valuePlaceFiles } from "./value-places.ts";
import { valueFiles } from "./values.ts";

export function stateFiles(): VectorFile[] {
  return withoutRepeats([
    ...ENCODINGS.flatMap((encoding) => [
      ...readFiles(encoding),
      ...missingFiles(encoding),
      ...forgedFiles(encoding),
      ...valueFiles(encoding),
      ...brokenNodeFiles(encoding),
      ...canonicalFiles(encoding),
      ...updateFiles(encoding),
      ...scriptFiles(encoding),
      ...requestFiles(encoding),
    ]),
    ...clientFormFiles(),
    ...headerFiles(),
    ...valuePlaceFiles(),
  ]);
}
