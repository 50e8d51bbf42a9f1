/** The files of the suite `runtime/meter`. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { meterBlockFiles } from "./blocks.ts";
import { meterInstructionFile } from "./instructions.ts";
import { meterLibraryFile, meterTrapFile } from "./others.ts";
import { meterSizeFile } from "./sizes.ts";
import { meterStackFiles } from "./stack.ts";

export async function meterFiles(): Promise<VectorFile[]> {
  return [
    await meterInstructionFile(),
    ...(await meterBlockFiles()),
    ...(await meterStackFiles()),
    await meterSizeFile(),
    await meterLibraryFile(),
    await meterTrapFile(),
  ];
}
