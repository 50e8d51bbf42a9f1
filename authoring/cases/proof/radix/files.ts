/** All generated files of the radix suites. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { withRepeats } from "../../kit/repeated-bytes.ts";
import { withoutRepeats } from "../../kit/without-repeats.ts";
import { combineFiles } from "./combine.ts";
import { forgedFiles } from "./forged.ts";
import { malformedNodesFiles } from "./malformed/nodes.ts";
import { malformedSectionFiles } from "./malformed/sections.ts";
import { malformedTerminalFiles } from "./malformed/terminals.ts";
import { manyFiles } from "./many.ts";
import { misplacedFiles } from "./misplaced.ts";
import { proveFiles } from "./prove.ts";
import { publishedFiles } from "./published.ts";
import { readFiles } from "./reads.ts";
import { requestFiles } from "./requests.ts";
import { setFiles } from "./sets.ts";
import { shapeFiles } from "./shapes.ts";
import { tagFiles } from "./tags.ts";
import { ENCODINGS } from "./trees.ts";
import { updateFiles } from "./updates.ts";

export function radixFiles(): VectorFile[] {
  const files = ENCODINGS.flatMap((encoding) => [
    ...publishedFiles(encoding),
    ...shapeFiles(encoding),
    ...readFiles(encoding),
    ...misplacedFiles(encoding),
    ...forgedFiles(encoding),
    ...tagFiles(encoding),
    ...setFiles(encoding),
    ...proveFiles(encoding),
    ...updateFiles(encoding),
    ...combineFiles(encoding),
    ...manyFiles(encoding),
    ...requestFiles(encoding),
  ]);
  files.push(...malformedSectionFiles(), ...malformedTerminalFiles(), ...malformedNodesFiles());
  return withoutRepeats(files).map((file) => ({ ...file, cases: file.cases.map(withRepeats) }));
}
