/** Writing through a proof: batches, and scripts with checkpoints. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { WRITES, type Writing } from "./batches.ts";
import { DELETIONS, PREFIXES } from "./deletions.ts";
import { SCRIPTS } from "./scripts.ts";
import { baseOf, type EncodingName, entriesOf, flagged, hex, MIXED_KEYS, NAIVE, prove, refuse, take } from "./trees.ts";

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

export function updateFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/radix/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "update",
      "Batches of writes: values written, leaves and prefixes split, nodes left alone, keys that are prefixes of others.",
      ["PROOF-RADIX-003", "PROOF-RADIX-031", "PROOF-RADIX-032", "PROOF-RADIX-033"],
      [...WRITES, ...DELETIONS, ...PREFIXES].map((writing) => draftOf("proof/update", "writes", encoding, writing)),
    ),
    file(
      "transact",
      "Reads, writes and roots in order, with checkpoints, and with what the proof lacks.",
      ["PROOF-RADIX-034"],
      SCRIPTS.map((writing) => draftOf("proof/transact", "steps", encoding, writing)),
    ),
  ];
}
