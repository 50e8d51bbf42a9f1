/** All generated files of the sparse suites. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { SuiteOf } from "../../kit/binary/broken.ts";
import { compactFiles } from "../../kit/binary/compact.ts";
import { offsetsFiles } from "../../kit/binary/offsets.ts";
import { absenceFiles } from "./absence.ts";
import { canonicalFiles } from "./canonical.ts";
import { combineFiles } from "./combine.ts";
import { forgedFiles } from "./forged.ts";
import { honestFiles, honestScenario } from "./honest.ts";
import { keyOrderFiles } from "./key-order.ts";
import { manyFiles } from "./many.ts";
import { parameterFiles } from "./parameters.ts";
import { proveFiles } from "./prove.ts";
import { readFiles } from "./reads.ts";
import { baseOf, ENCODINGS, type EncodingName, NAIVE, prunedScenario, subjectOf } from "./trees.ts";
import { updateFiles } from "./updates.ts";
import { withZeroRecipes } from "./zero-recipes.ts";

const OFFSET_REQUIREMENTS = {
  layout: ["PROOF-SPARSE-021"],
  length: ["PROOF-SPARSE-021"],
  counts: ["PROOF-SPARSE-021"],
  leftCounts: ["PROOF-SPARSE-021"],
  tag: ["PROOF-SPARSE-021"],
};

function malformedFiles(): VectorFile[] {
  const of = (encoding: EncodingName, source: string): SuiteOf => ({
    suite: `proof/sparse/${encoding}`,
    source: `authoring/cases/kit/binary/${source}.ts`,
    confirmedBy: [NAIVE],
  });
  const mixed = honestScenario("three-levels-mixed");
  const subjects = {
    main: subjectOf("compact", mixed),
    others: ["one-level-both", "empty-three-levels"].map((id) => subjectOf("compact", honestScenario(id))),
    fourLeaves: prunedScenario(honestScenario("three-levels-present")).pruned,
  };
  const offsets = (encoding: "offsets64" | "offsets16"): VectorFile[] =>
    offsetsFiles(of(encoding, "offsets"), encoding, subjectOf(encoding, mixed), OFFSET_REQUIREMENTS, {
      ...subjectOf(encoding, mixed),
      base: baseOf(encoding, 256),
      keys: [],
    });
  return [
    ...compactFiles(of("compact", "compact"), subjects, ["PROOF-SPARSE-020", "PROOF-GEN-006"]),
    ...offsets("offsets64"),
    ...offsets("offsets16"),
  ];
}

export function sparseFiles(): VectorFile[] {
  return uncompressedFiles().map((file) => ({ ...file, cases: file.cases.map(withZeroRecipes) }));
}

function uncompressedFiles(): VectorFile[] {
  return [
    ...ENCODINGS.flatMap((encoding) => [
      ...honestFiles(encoding),
      ...absenceFiles(encoding),
      ...readFiles(encoding),
      ...forgedFiles(encoding),
      ...canonicalFiles(encoding),
      ...proveFiles(encoding),
      ...updateFiles(encoding),
      ...combineFiles(encoding),
      ...manyFiles(encoding),
      ...keyOrderFiles(encoding),
      ...parameterFiles(encoding),
    ]),
    ...malformedFiles(),
  ];
}
