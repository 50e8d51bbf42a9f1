/** All generated files of the runtime's suites. */
import type { VectorFile } from "../../vector.ts";
import { withoutRepeats } from "../without-repeats.ts";
import { bodyFiles } from "./bodies.ts";
import { bombFiles } from "./bombs.ts";
import { brokenBodyFiles } from "./broken-bodies.ts";
import { definitionFiles } from "./definitions.ts";
import { executeControlFiles } from "./execute-control.ts";
import { executeLabelFiles } from "./execute-labels.ts";
import { executeMemoryFiles } from "./execute-memory.ts";
import { executeNumberFiles } from "./execute-numbers.ts";
import { forbiddenFiles } from "./forbidden.ts";
import { instructionFiles } from "./instructions.ts";
import { integerFiles } from "./integers.ts";
import { limitFiles } from "./limits.ts";
import { meterFiles } from "./meter.ts";
import { offeredFiles } from "./offered.ts";
import { placeFiles } from "./places.ts";
import { requestFiles } from "./requests.ts";
import { roleFiles } from "./roles.ts";
import { structureFiles } from "./structure.ts";

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
