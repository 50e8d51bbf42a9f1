/** Every vector file of host functions and executors. */
import type { VectorFile } from "../../vector.ts";
import { hostBufferFiles } from "./host-buffers.ts";
import { hostKeptFiles } from "./host-kept.ts";
import { hostRootFiles } from "./host-roots.ts";

export async function hostFiles(): Promise<VectorFile[]> {
  const files = await Promise.all([hostRootFiles(), hostKeptFiles(), hostBufferFiles()]);
  return files.flat();
}
