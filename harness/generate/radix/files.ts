/** All generated files of the radix suites. */
import type { VectorFile } from "../../vector.ts";
import { withRepeats } from "../repeated-bytes.ts";
import { withoutRepeats } from "../without-repeats.ts";
import { malformedNodesFiles } from "./malformed-nodes.ts";
import { malformedSectionFiles } from "./malformed-sections.ts";
import { malformedTerminalFiles } from "./malformed-terminals.ts";
import { misplacedFiles } from "./misplaced.ts";
import { publishedFiles } from "./published.ts";
import { readFiles } from "./reads.ts";
import { shapeFiles } from "./shapes.ts";
import { ENCODINGS } from "./trees.ts";

export function radixFiles(): VectorFile[] {
  const files = ENCODINGS.flatMap((encoding) => [
    ...publishedFiles(encoding),
    ...shapeFiles(encoding),
    ...readFiles(encoding),
    ...misplacedFiles(encoding),
  ]);
  files.push(...malformedSectionFiles(), ...malformedTerminalFiles(), ...malformedNodesFiles());
  return withoutRepeats(files).map((file) => ({ ...file, cases: file.cases.map(withRepeats) }));
}
