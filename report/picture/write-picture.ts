/** Writes the picture of a case to a file: completely or not at all. */

import type { VectorCase } from "../../harness/cases/vector.ts";
import { checkWritable, writeWhole } from "../../harness/files/write-file.ts";
import { UsageError } from "../../harness/usage/usage-error.ts";
import { pictureSvg } from "./draw-svg.ts";
import type { Picture } from "./picture.ts";

const BINARY: ReadonlySet<string> = new Set(["ssz", "sparse"]);

/** Throws `UsageError` for a file that cannot be written, and for a case without a tree. */
export function writePicture(path: string, vector: VectorCase, picture: Picture): void {
  const name = `--svg ${path}`;
  if (picture.trees.length === 0) {
    const isBinary = vector.call.startsWith("proof/") && BINARY.has(String(vector.params.backend));
    const why = isBinary ? (picture.rejection ?? picture.remarks.join("; ")) : "only binary trees are drawn";
    throw new UsageError(`${name}: ${vector.id} has no tree to draw: ${why}`);
  }
  checkWritable(path, name);
  writeWhole(path, [pictureSvg(vector, picture)]);
}
