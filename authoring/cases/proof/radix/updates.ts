/** Writes through a proof: batches, and scripts with checkpoints. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { flipBit } from "../../kit/binary/pruned.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { put, WRITES, type Writing } from "./batches.ts";
import { DELETIONS, PREFIXES } from "./deletions.ts";
import { SCRIPTS } from "./scripts.ts";
import {
  baseOf,
  type EncodingName,
  entriesOf,
  flagged,
  hex,
  MIXED_KEYS,
  NAIVE,
  prove,
  refuse,
  scenario,
  take,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/updates.ts";

function draftOf(call: string, member: string, encoding: EncodingName, writing: Writing): Draft {
  const { id, about, list, flag, classes, present = MIXED_KEYS, keys = present, deletes } = writing;
  const { root, proof } = prove(
    {
      id,
      about,
      entries: entriesOf(present),
      keys: hex(keys),
      ...(deletes === undefined ? {} : { deletes: hex(deletes) }),
    },
    encoding,
  );
  const text = { id, about, ...flagged(flag), call, params: { ...baseOf(encoding), root, proof, [member]: list } };
  return classes === undefined ? take(text) : refuse(text, ...classes);
}

/** A prefix conflict against another root: the proof is verified first. */
function againstAnotherRoot(encoding: EncodingName): Draft {
  const { root, proof } = prove(scenario("", "", MIXED_KEYS, ["13"]), encoding);
  return refuse(
    {
      id: "prefix-against-another-root",
      about: "another root, and a key that begins with a present one",
      flags: ["error-precedence"],
      call: "proof/update",
      params: { ...baseOf(encoding), root: flipBit(root, 255), proof, writes: [put("1300")] },
    },
    "invalid-proof",
  );
}

export function updateFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/radix/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "update",
      "Batches of writes: values written, leaves and prefixes split, nodes left alone, keys that are prefixes of others.",
      [
        "PROOF-RADIX-041",
        "PROOF-RADIX-003",
        "PROOF-RADIX-043",
        "PROOF-RADIX-044",
        "PROOF-RADIX-045",
        "PROOF-RADIX-046",
        "PROOF-RADIX-047",
        "PROOF-RADIX-031",
        "PROOF-RADIX-032",
        "PROOF-RADIX-079",
        "PROOF-RADIX-080",
        "PROOF-RADIX-081",
        "PROOF-RADIX-082",
        "PROOF-RADIX-083",
        "PROOF-RADIX-033",
      ],
      [
        ...[...WRITES, ...DELETIONS, ...PREFIXES].map((writing) =>
          draftOf("proof/update", "writes", encoding, writing),
        ),
        againstAnotherRoot(encoding),
      ],
    ),
    file(
      "transact",
      "Reads, writes and roots in order, with checkpoints, and with what the proof lacks.",
      [
        "PROOF-RADIX-034",
        "PROOF-RADIX-041",
        "PROOF-RADIX-084",
        "PROOF-RADIX-085",
        "PROOF-RADIX-086",
        "PROOF-RADIX-087",
        "PROOF-RADIX-088",
        "PROOF-RADIX-089",
      ],
      SCRIPTS.map((writing) => draftOf("proof/transact", "steps", encoding, writing)),
    ),
  ];
}
