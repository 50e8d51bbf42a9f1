/** Writes through a proof: batches, and scripts with checkpoints. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { UPDATES, type Writing } from "./batches.ts";
import { honestScenario } from "./honest.ts";
import { SCRIPTS } from "./scripts.ts";
import { baseOf, type EncodingName, keyAt, NAIVE, prove } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/updates.ts";

/** The honest proof below the writes. */
function provenBase({ of, keys }: Writing, encoding: EncodingName): { depth: number; root: string; proof: string } {
  const scenario = honestScenario(of ?? "three-levels-mixed");
  const asked = keys?.map((index) => keyAt(index, scenario.depth)) ?? scenario.keys;
  return { depth: scenario.depth, ...prove({ ...scenario, keys: asked }, encoding) };
}

function draftOf(call: string, member: string, encoding: EncodingName, writing: Writing): Draft {
  const { id, about, list, flag, classes } = writing;
  const { depth, root, proof } = provenBase(writing, encoding);
  const params = { ...baseOf(encoding, depth), root, proof, [member]: list };
  const text = { id, about, ...(flag === undefined ? {} : { flags: [flag] }), call, params };
  if (classes === undefined) return accepted({ ...text, kind: "completeness" });
  return rejected({ ...text, kind: "soundness" }, ...classes);
}

export function updateFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/sparse/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "update",
      "Batches of writes: leaves written, expanded beneath empty subtrees, deleted down to the empty tree.",
      [
        "PROOF-SPARSE-007",
        "PROOF-SPARSE-039",
        "PROOF-SPARSE-040",
        "PROOF-SPARSE-041",
        "PROOF-SPARSE-042",
        "PROOF-SPARSE-043",
        "PROOF-SPARSE-044",
        "PROOF-SPARSE-031",
      ],
      UPDATES.map((writing) => draftOf("proof/update", "writes", encoding, writing)),
    ),
    file(
      "transact",
      "Reads, writes and roots in order, with checkpoints, and writes to what the proof does not reach.",
      ["PROOF-SPARSE-008", "PROOF-SPARSE-045", "PROOF-SPARSE-046", "PROOF-SPARSE-047", "PROOF-SPARSE-048"],
      SCRIPTS.map((writing) => draftOf("proof/transact", "steps", encoding, writing)),
    ),
  ];
}
