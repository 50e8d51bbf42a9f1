/** The files of the suite `runtime/meter`. */
import type { VectorFile } from "../../vector.ts";
import { meterBlockFiles } from "./meter-blocks.ts";
import { meterInstructionFile } from "./meter-instructions.ts";
import { meterLibraryFile, meterTrapFile } from "./meter-others.ts";
import { meterSizeFile } from "./meter-sizes.ts";
import { meterStackFiles } from "./meter-stack.ts";

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
