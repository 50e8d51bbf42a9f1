/** Writes through a proof: batches, and scripts with checkpoints. */

import { expandRecipes } from "../../../../harness/cases/recipes.ts";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import type { Batch } from "./batches.ts";
import { BATCHES } from "./final-maps.ts";
import { baseOf, type EncodingName } from "./proofs.ts";
import { keccak } from "./rlp.ts";
import { entriesOf, NAIVE, optionsFor, prove } from "./scenarios.ts";
import { SCRIPTS } from "./scripts.ts";
import { rootOfMap } from "./whole-trie.ts";

const SOURCE = "authoring/cases/proof/patricia/updates.ts";

/** The root after a batch, computed from the whole final map. */
function rootAfter({ map, writes }: Batch, secure: boolean): string {
  const left = new Map<string, Json>(Object.entries(map));
  for (const [key, value] of writes) left.set(key, expandRecipes(value));
  const present = [...left].filter((entry): entry is [string, string] => entry[1] !== null);
  return rootOfMap(present.map(([key, value]) => [secure ? keccak(key) : key, value]));
}

function batchCase(encoding: EncodingName, batch: Batch, secure = false): Draft {
  const { id, about, map, writes, flag, classes } = batch;
  const open = (batch.open ?? writes.map(([key]) => key)).map((key) => `0x${key}`);
  const options = optionsFor(secure ? { secure } : {});
  const of = { id: "", about: "", entries: entriesOf(map), keys: open, ...(secure ? { secure } : {}) };
  const params: JsonObject = {
    ...baseOf(encoding, options),
    ...prove(of, encoding),
    writes: writes.map(([key, value]) => [`0x${key}`, value]),
  };
  const text = {
    id: secure ? `secure-${id}` : id,
    about: secure ? `${about}; in a secure trie` : about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/update",
    params,
  };
  if (classes !== undefined) return rejected({ ...text, kind: "soundness" }, ...classes);
  const draft = accepted({ ...text, kind: "completeness" });
  const { root } = (draft.expect as { result: { root: string } }).result;
  if (root !== rootAfter(batch, secure)) throw new Error(`${id}: ${root} is not the root of the map that is left`);
  return draft;
}

const SECURE_BATCHES = [
  "insert-empty-child",
  "insert-into-the-empty-trie",
  "insert-into-the-empty-trie-many",
  "overwrite-leaf",
  "overwrite-long-values",
  "written-twice-apart",
  "delete-absent-empty-child",
];

function batchCases(encoding: EncodingName): Draft[] {
  const secure = BATCHES.filter(({ id }) => SECURE_BATCHES.includes(id));
  return [
    ...BATCHES.map((batch) => batchCase(encoding, batch)),
    ...secure.map((batch) => batchCase(encoding, batch, true)),
    ...wrongWrites(encoding),
  ];
}

/** Writes of a form that the interface does not have. */
function wrongWrites(encoding: EncodingName): Draft[] {
  const of = { id: "", about: "", entries: entriesOf({ "12": BATCHES[0].map["12345678"] }), keys: ["0x12"] };
  const proven = prove(of, encoding);
  const wrong = (id: string, about: string, writes: Json): Draft =>
    rejected(
      {
        id,
        about,
        kind: "soundness",
        flags: ["bad-request-form"],
        call: "proof/update",
        params: { ...baseOf(encoding), ...proven, writes },
      },
      "invalid-argument",
    );
  return [
    wrong("write-of-one", "a key without a value", [["0x12"]]),
    wrong("write-of-three", "a key with two values", [["0x12", "0x05", "0x06"]]),
    wrong("write-key-null", "a key that is null", [[null, "0x05"]]),
    wrong("write-key-odd", "a key of an odd number of digits", [["0x1", "0x05"]]),
    wrong("writes-object", "writes that are an object", { "0x12": "0x05" }),
  ];
}

function scriptCase(encoding: EncodingName, script: (typeof SCRIPTS)[number]): Draft {
  const { id, about, map, open, steps, flag, classes } = script;
  const of = { id: "", about: "", entries: entriesOf(map), keys: open.map((key) => `0x${key}`) };
  const text = {
    id,
    about,
    ...(flag === undefined ? {} : { flags: [flag] }),
    call: "proof/transact",
    params: { ...baseOf(encoding), ...prove(of, encoding), steps },
  };
  if (classes === undefined) return accepted({ ...text, kind: "completeness" });
  return rejected({ ...text, kind: "soundness" }, ...classes);
}

export function updateFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/patricia/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "update",
      "Batches of writes: keys inserted where paths part, overwritten, and deleted where nothing was.",
      [
        "PROOF-PATRICIA-032",
        "PROOF-PATRICIA-083",
        "PROOF-PATRICIA-084",
        "PROOF-PATRICIA-085",
        "PROOF-PATRICIA-086",
        "PROOF-PATRICIA-087",
        "PROOF-PATRICIA-033",
        "PROOF-PATRICIA-034",
        "PROOF-PATRICIA-089",
        "PROOF-PATRICIA-090",
        ...(encoding === "eip1186" ? ["PROOF-PATRICIA-075"] : []),
      ],
      batchCases(encoding),
    ),
    file(
      "transact",
      "Reads, writes and roots in order, with checkpoints, and writes to what the proof does not reach.",
      ["PROOF-PATRICIA-035", "PROOF-PATRICIA-091", "PROOF-PATRICIA-092"],
      SCRIPTS.map((script) => scriptCase(encoding, script)),
    ),
  ];
}
