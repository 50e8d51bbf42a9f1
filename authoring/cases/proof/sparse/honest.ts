/** Honest proofs of presence and absence, in every role. */

import { leafKeys } from "../../../../harness/cases/recipes.ts";
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName, NAIVE, prove, type Scenario, smallScenario, valueAt, ZERO } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/honest.ts";

/** Keys of 256 bits: one, and others that first differ from it at a given bit. */
export const DEEP_KEY = randomNode(210);
export const partingAt = (bit: number): string => flipBit(DEEP_KEY, bit);

const deep = (id: string, about: string, present: readonly string[], keys: readonly string[]): Scenario => ({
  id,
  about,
  depth: 256,
  entries: present.map((key, index) => [key, valueAt(index)]),
  keys: keys.toSorted(),
});

const hundred = leafKeys(220n, 100, 256);

export const HONEST: readonly Scenario[] = [
  smallScenario("one-level-left", "one level, the left leaf present and asked for", 1, [0], [0]),
  smallScenario("one-level-right", "one level, the right leaf present and asked for", 1, [1], [1]),
  smallScenario("one-level-absent", "one level, the left leaf present and the right one asked for", 1, [0], [1]),
  smallScenario("one-level-both", "one level, both leaves present and asked for", 1, [0, 1], [0, 1]),
  smallScenario("three-levels-present", "three of eight leaves, one of them asked for", 3, [0, 3, 6], [3]),
  smallScenario("three-levels-beside", "three of eight leaves, the absent sibling of one asked for", 3, [0, 3, 6], [2]),
  smallScenario("three-levels-absent", "three of eight leaves, two in an empty pair asked for", 3, [0, 3, 6], [4, 5]),
  smallScenario(
    "three-levels-mixed",
    "three of eight leaves, present and absent ones asked for",
    3,
    [0, 3, 6],
    [0, 2, 4, 7],
  ),
  smallScenario("three-levels-half-empty", "one leaf of eight, one in the empty half asked for", 3, [6], [1]),
  smallScenario(
    "three-levels-full",
    "all eight leaves present, three asked for",
    3,
    [0, 1, 2, 3, 4, 5, 6, 7],
    [1, 2, 7],
  ),
  smallScenario(
    "three-levels-all",
    "all eight leaves present and asked for",
    3,
    [0, 1, 2, 3, 4, 5, 6, 7],
    [0, 1, 2, 3, 4, 5, 6, 7],
  ),
  smallScenario("empty-three-levels", "the empty tree of three levels", 3, [], [5]),
  smallScenario("no-keys", "no key at all: the root alone", 3, [0, 3, 6], []),
  smallScenario("nine-levels", "a depth that is no whole number of bytes", 9, [0, 130, 131, 511], [131, 132, 511]),
  deep("deep-alone", "one leaf 256 levels down", [DEEP_KEY], [DEEP_KEY]),
  deep("deep-last-bit", "two leaves that part at the last of 256 bits", [DEEP_KEY, partingAt(255)], [DEEP_KEY]),
  deep("deep-first-bit", "two leaves that part at the first bit", [DEEP_KEY, partingAt(0)], [DEEP_KEY, partingAt(0)]),
  deep("deep-absent", "a key that parts from the only leaf half-way down", [DEEP_KEY], [partingAt(128)]),
  deep("empty-deep", "the empty tree of 256 levels", [], [DEEP_KEY]),
  {
    id: "deep-hundred",
    about: "a hundred leaves, three present and two absent keys",
    depth: 256,
    entries: { leaves: { seed: 220, count: 100 } },
    keys: [hundred[0], hundred[50], hundred[99], randomNode(211), randomNode(212)].sort(),
  },
];

export function honestScenario(id: string): Scenario {
  const found = HONEST.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`there is no honest scenario "${id}"`);
  return found;
}

/** One scenario in every legal role: producer, then verifier. */
export function rolesOf(scenario: Scenario, encoding: EncodingName, flags?: readonly string[]): Draft[] {
  const { id, about, depth, entries, keys } = scenario;
  const { root, proof } = prove(scenario, encoding);
  const common = { kind: "completeness" as const, ...(flags === undefined ? {} : { flags }) };
  const base = baseOf(encoding, depth);
  const role = (call: string, what: string, params: Draft["params"]): Draft =>
    accepted({ ...common, id: `${id}-${call}`, about: `${what}: ${about}`, call: `proof/${call}`, params });
  return [
    role("prove", "build a proof", { ...base, entries, keys }),
    role("root", "compute the root", { ...base, proof }),
    role("get", "read the keys", { ...base, root, proof, keys }),
    role("cost", "state the cost", { ...base, root, proof }),
  ];
}

/** The requirement on the form of each encoding. */
export const FORMAT: Readonly<Record<EncodingName, string>> = {
  compact: "PROOF-SPARSE-020",
  offsets64: "PROOF-SPARSE-021",
  offsets16: "PROOF-SPARSE-021",
};

/** An entry of 32 zero bytes is an absent key, whatever the other leaves. */
const zeroEntry: Scenario = {
  ...honestScenario("three-levels-beside"),
  id: "zero-entry",
  about: "a leaf of zeros among the entries: its key is absent",
  entries: [
    ...(honestScenario("three-levels-beside").entries as []),
    [honestScenario("three-levels-beside").keys[0], ZERO],
  ],
};

export function honestFiles(encoding: EncodingName): VectorFile[] {
  const requirements = [
    "PROOF-GEN-002",
    "PROOF-GEN-006",
    "PROOF-GEN-007",
    "PROOF-SPARSE-001",
    "PROOF-SPARSE-022",
    "PROOF-SPARSE-025",
    "PROOF-SPARSE-002",
    "PROOF-SPARSE-027",
    "PROOF-SPARSE-031",
    "PROOF-SPARSE-005",
    "PROOF-SPARSE-033",
    "PROOF-SPARSE-035",
    FORMAT[encoding],
  ];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/sparse/${encoding}`,
        theme: "honest",
        about: `Honest ${encoding} proofs of presence and absence: what any working implementation was written for.`,
        requirements,
      },
      [
        ...HONEST.flatMap((scenario) => rolesOf(scenario, encoding)),
        ...rolesOf(zeroEntry, encoding, ["zero-is-absent"]),
      ],
    ),
  ];
}
