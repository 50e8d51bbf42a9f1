/** All generated files of the ssz suites. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { accountConvertFile, accountFiles } from "./accounts.ts";
import { combineFiles } from "./combine.ts";
import { convertFiles } from "./convert.ts";
import { edgeFiles } from "./edges.ts";
import { explicitFiles } from "./explicit.ts";
import { forgedFiles } from "./forged.ts";
import { helpersFiles } from "./helpers.ts";
import { honestFiles } from "./honest.ts";
import { malformedFiles } from "./malformed.ts";
import { manyFiles } from "./many.ts";
import { parameterFiles } from "./parameters.ts";
import { proveFiles } from "./prove.ts";
import { readFiles } from "./reads.ts";
import { requestFiles } from "./requests.ts";
import { ENCODINGS } from "./trees.ts";
import { typedConvertFile, typedFiles } from "./typed/typed.ts";
import { updateFiles } from "./updates.ts";

export function sszFiles(): VectorFile[] {
  return [
    ...ENCODINGS.flatMap((encoding) => [
      ...honestFiles(encoding),
      ...edgeFiles(encoding),
      ...readFiles(encoding),
      ...forgedFiles(encoding),
      ...proveFiles(encoding),
      ...requestFiles(encoding),
      ...parameterFiles(encoding),
      ...manyFiles(encoding),
      ...updateFiles(encoding),
      ...combineFiles(encoding),
      ...typedFiles(encoding),
      ...accountFiles(encoding),
    ]),
    ...malformedFiles(),
    ...explicitFiles(),
    ...helpersFiles(),
    ...convertFiles(),
    typedConvertFile(),
    accountConvertFile(),
  ];
}
