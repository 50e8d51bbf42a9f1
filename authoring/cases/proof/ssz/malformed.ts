/** Malformed bytes of the encodings without indices, and the honest proofs that they are derived from. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { SuiteOf } from "../../kit/binary/broken.ts";
import { compactFiles } from "../../kit/binary/compact.ts";
import { offsetsFiles } from "../../kit/binary/offsets.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { type EncodingName, subjectOf } from "./trees.ts";

const OFFSET_REQUIREMENTS = {
  layout: ["PROOF-SSZ-020"],
  length: ["PROOF-SSZ-065"],
  counts: ["PROOF-SSZ-064", "PROOF-SSZ-021", "PROOF-SSZ-065"],
  leftCounts: ["PROOF-SSZ-022"],
  tag: ["PROOF-SSZ-023"],
};

export function malformedFiles(): VectorFile[] {
  const of = (encoding: EncodingName, source: string): SuiteOf => ({
    suite: `proof/ssz/${encoding}`,
    source: `authoring/cases/kit/binary/${source}.ts`,
    confirmedBy: [NAIVE],
  });
  const subjects = {
    main: subjectOf("compact", honestScenario("eight-leaves-apart")),
    others: ["two-leaves-both", "root-alone"].map((id) => subjectOf("compact", honestScenario(id))),
    fourLeaves: subjectOf("compact", honestScenario("four-leaves-all")).pruned,
  };
  const apart = honestScenario("eight-leaves-apart");
  const offsets = (encoding: "offsets64" | "offsets16"): VectorFile[] =>
    offsetsFiles(of(encoding, "offsets"), encoding, subjectOf(encoding, apart), OFFSET_REQUIREMENTS);
  return [
    ...compactFiles(of("compact", "compact"), subjects, [
      "PROOF-SSZ-010",
      "PROOF-SSZ-060",
      "PROOF-SSZ-011",
      "PROOF-SSZ-061",
      "PROOF-SSZ-062",
      "PROOF-SSZ-063",
      "PROOF-GEN-006",
    ]),
    ...offsets("offsets64"),
    ...offsets("offsets16"),
  ];
}
