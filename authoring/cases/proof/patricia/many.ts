/** Tries and proofs of many keys, stated as recipes. */

import { expandRecipes } from "../../../../harness/cases/recipes.ts";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { accepted, ask, type Draft, stated, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, writeLists } from "./proofs.ts";
import { EMPTY_ROOT, NAIVE } from "./scenarios.ts";

const SOURCE = "authoring/cases/proof/patricia/many.ts";
const SEED = 360;

/** Fewer keys for `eip1186`, because every list repeats the root node. */
const COUNTS: Readonly<Record<EncodingName, number>> = { witness: 200, preorder: 200, eip1186: 40 };

/** Keys and values of the recipe `leaves`. */
const keys = (count: number): Json => ({ nodes: { seed: SEED, count } });
const values = (count: number): Json => ({ nodes: { seed: SEED + 2 ** 33, count } });

function casesOf(encoding: EncodingName, secure: boolean): Draft[] {
  const count = COUNTS[encoding];
  const entries = { leaves: { seed: SEED, count } };
  const base = baseOf(encoding, secure ? { secure } : {});
  const where = secure ? "secure" : "plain";
  const text = (id: string, about: string, params: JsonObject): Omit<Draft, "expect"> => ({
    id: `${where}-${id}`,
    about: `${about}, in a ${where} trie`,
    kind: "completeness",
    flags: ["many-bottoms"],
    call: `proof/${id}`,
    params: { ...base, ...params },
  });
  const { root, proof } = ask("proof/prove", { ...base, entries, keys: keys(count) });
  return [
    accepted(text("prove", `${count} keys proven at once`, { entries, keys: keys(count) })),
    stated(text("get", `${count} keys read at once`, { root, proof, keys: keys(count) }), { values: values(count) }),
    accepted(text("cost", `what ${count} keys cost`, { root, proof })),
    accepted(
      text("transact", "fifty keys written one after the other, with the root after every tenth", grown(encoding)),
    ),
  ];
}

/** From the empty trie to fifty keys, while every fifth key is deleted again. */
function grown(encoding: EncodingName): JsonObject {
  const pairs = expandRecipes({ leaves: { seed: SEED + 1, count: 50 } }) as readonly (readonly [string, string])[];
  const steps = pairs.flatMap((set, index): Json[] => [
    { set },
    ...(index % 5 === 4 ? [{ set: [pairs[index - 3][0], null] }] : []),
    ...(index % 10 === 9 ? [{ root: true }] : []),
  ]);
  return { root: EMPTY_ROOT, proof: writeLists(encoding, [{ key: "0x", nodes: [] }]), steps };
}

export function manyFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme: "many-keys",
        about: "Many keys at once, and many writes one after the other.",
        requirements: [
          "PROOF-PATRICIA-078",
          "PROOF-PATRICIA-034",
          "PROOF-PATRICIA-088",
          "PROOF-PATRICIA-090",
          "PROOF-GEN-008",
        ],
      },
      [...casesOf(encoding, false), ...casesOf(encoding, true)],
    ),
  ];
}
