/** All vector files of host functions and executors. */
import type { VectorFile } from "../../../harness/cases/vector.ts";
import { bignumFiles } from "./bignum/bignum.ts";
import { childFiles } from "./child/calls.ts";
import { libraryFiles } from "./child/libraries.ts";
import { hostBufferFiles } from "./host/buffers.ts";
import { hostImportFiles } from "./host/imports.ts";
import { hostKeptFiles } from "./host/kept.ts";
import { hostOrderFiles } from "./host/order.ts";
import { hostRangeFiles } from "./host/ranges.ts";
import { executeRequestFiles } from "./host/requests.ts";
import { hostRootFiles } from "./host/roots.ts";
import { stateFiles } from "./storage/scenarios.ts";

export async function hostFiles(): Promise<VectorFile[]> {
  const files = await Promise.all([
    hostRootFiles(),
    hostKeptFiles(),
    hostBufferFiles(),
    hostImportFiles(),
    hostRangeFiles(),
    hostOrderFiles(),
    executeRequestFiles(),
    bignumFiles(),
    childFiles(),
    libraryFiles(),
    stateFiles(),
  ]);
  return files.flat();
}
