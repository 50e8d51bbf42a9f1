/** All generated files of the suites `runtime/validate`, `runtime/execute` and `runtime/meter`. */
import type { VectorFile } from "../../../harness/cases/vector.ts";
import { withoutRepeats } from "../kit/without-repeats.ts";
import { executeControlFiles } from "./execute/control.ts";
import { executeLabelFiles } from "./execute/labels.ts";
import { executeMemoryFiles } from "./execute/memory.ts";
import { executeNumberFiles } from "./execute/numbers.ts";
import { meterFiles } from "./meter/files.ts";
import { bodyFiles } from "./validate/bodies.ts";
import { bombFiles } from "./validate/bombs.ts";
import { brokenBodyFiles } from "./validate/broken-bodies.ts";
import { definitionFiles } from "./validate/definitions.ts";
import { forbiddenFiles } from "./validate/forbidden.ts";
import { instructionFiles } from "./validate/instructions.ts";
import { integerFiles } from "./validate/integers.ts";
import { limitFiles } from "./validate/limits.ts";
import { offeredFiles } from "./validate/offered.ts";
import { placeFiles } from "./validate/places.ts";
import { requestFiles } from "./validate/requests.ts";
import { roleFiles } from "./validate/roles.ts";
import { structureFiles } from "./validate/structure.ts";

export async function runtimeFiles(): Promise<VectorFile[]> {
  return withoutRepeats([
    ...(await instructionFiles()),
    ...(await bodyFiles()),
    ...(await integerFiles()),
    ...(await structureFiles()),
    ...(await brokenBodyFiles()),
    ...(await forbiddenFiles()),
    ...(await definitionFiles()),
    ...(await roleFiles()),
    ...(await offeredFiles()),
    ...(await limitFiles()),
    ...(await bombFiles()),
    ...requestFiles(),
    ...(await placeFiles()),
    ...(await executeNumberFiles()),
    ...(await executeMemoryFiles()),
    ...(await executeControlFiles()),
    ...(await executeLabelFiles()),
    ...(await meterFiles()),
  ]);
}
