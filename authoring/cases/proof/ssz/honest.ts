/** Honest proofs over trees of every simple shape, in every role. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, vectorFile } from "../../kit/draft.ts";
import { confirmersOf } from "./confirmers.ts";
import { type EncodingName, prove, type Scenario, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/honest.ts";

/** Every n-th bottom node, so that claims are spread over the tree. */
const every =
  (step: number, from = 0) =>
  (bottoms: readonly bigint[]): bigint[] =>
    bottoms.filter((_, rank) => rank % step === from);

const zero = `0x${"00".repeat(32)}`;

const HONEST: readonly Scenario[] = [
  treeScenario("root-alone", "a tree of one node, its root, claimed", { seed: 1, count: 1 }, [1n]),
  treeScenario("two-leaves-left", "two leaves, the left one claimed", { seed: 2, count: 2 }, [2n]),
  treeScenario("two-leaves-right", "two leaves, the right one claimed", { seed: 2, count: 2 }, [3n]),
  treeScenario("two-leaves-both", "two leaves, both claimed: no helper", { seed: 2, count: 2 }, [2n, 3n]),
  treeScenario("four-leaves-first", "four leaves, the first claimed", { seed: 3, count: 4, shape: "balanced" }, [4n]),
  treeScenario("four-leaves-middle", "four leaves, the middle two claimed", { seed: 3, count: 4, shape: "balanced" }, [
    5n,
    6n,
  ]),
  treeScenario("four-leaves-all", "four leaves, all claimed", { seed: 3, count: 4, shape: "balanced" }, [
    4n,
    5n,
    6n,
    7n,
  ]),
  treeScenario("eight-leaves-apart", "eight leaves, two claimed far apart", { seed: 4, count: 8, shape: "balanced" }, [
    8n,
    13n,
  ]),
  treeScenario("eight-leaves-inner", "eight leaves, an inner node claimed", { seed: 4, count: 8, shape: "balanced" }, [
    6n,
  ]),
  treeScenario(
    "eight-leaves-levels",
    "eight leaves, a leaf and an inner node of another level claimed",
    { seed: 4, count: 8, shape: "balanced" },
    [3n, 9n],
  ),
  treeScenario(
    "left-comb-deepest",
    "six leaves in a left comb, the deepest claimed",
    { seed: 5, count: 6, shape: "left" },
    [32n],
  ),
  treeScenario(
    "left-comb-middle",
    "six leaves in a left comb, one halfway claimed",
    { seed: 5, count: 6, shape: "left" },
    [9n],
  ),
  treeScenario(
    "right-comb-deepest",
    "six leaves in a right comb, the deepest claimed",
    { seed: 6, count: 6, shape: "right" },
    [63n],
  ),
  treeScenario(
    "right-comb-ends",
    "six leaves in a right comb, shallowest and deepest claimed",
    { seed: 6, count: 6, shape: "right" },
    [2n, 62n],
  ),
  treeScenario("uneven-20", "twenty leaves at uneven depths, three claimed", { seed: 7, count: 20 }, every(7)),
  treeScenario("uneven-33-all", "thirty-three leaves at uneven depths, all claimed", { seed: 8, count: 33 }, every(1)),
  treeScenario("uneven-100", "a hundred leaves, five claimed", { seed: 9, count: 100 }, every(20, 11)),
  treeScenario("uneven-1000", "a thousand leaves, eight claimed", { seed: 10, count: 1000 }, every(125, 60)),
  {
    id: "zero-leaves",
    about: "leaves of 32 zero bytes are nodes like any other",
    seed: 0,
    entries: [
      ["0x4", zero],
      ["0x5", zero],
      ["0x6", zero],
      ["0x7", randomNode(11)],
    ],
    keys: ["0x5"],
  },
  {
    id: "equal-leaves",
    about: "all leaves hold the same value",
    seed: 0,
    entries: ["0x4", "0x5", "0x6", "0x7"].map((gindex) => [gindex, randomNode(12)]),
    keys: ["0x4", "0x6"],
  },
];

/** The honest scenario with that id. */
export function honestScenario(id: string): Scenario {
  const found = HONEST.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`there is no honest scenario "${id}"`);
  return found;
}

/** One scenario in every legal role: producer, then verifier. */
export function rolesOf(scenario: Scenario, encoding: EncodingName, flags?: readonly string[]): Draft[] {
  const { id, about, entries, keys } = scenario;
  const { root, proof } = prove(scenario, encoding);
  const common = { kind: "completeness" as const, ...(flags === undefined ? {} : { flags }) };
  const base = { backend: "ssz", encoding };
  return [
    accepted({
      ...common,
      id: `${id}-prove`,
      about: `build a proof: ${about}`,
      call: "proof/prove",
      params: { ...base, entries, keys },
    }),
    accepted({
      ...common,
      id: `${id}-root`,
      about: `compute the root: ${about}`,
      call: "proof/root",
      params: { ...base, proof },
    }),
    accepted({
      ...common,
      id: `${id}-get`,
      about: `read the claims: ${about}`,
      call: "proof/get",
      params: { ...base, root, proof, keys },
    }),
    accepted({
      ...common,
      id: `${id}-cost`,
      about: `state the cost: ${about}`,
      call: "proof/cost",
      params: { ...base, root, proof },
    }),
  ];
}

export function honestFiles(encoding: EncodingName): VectorFile[] {
  const about = `Honest ${encoding} proofs of small and middling trees: what any working implementation was written for.`;
  return [
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite: `proof/ssz/${encoding}`,
        theme: "honest",
        about,
        requirements: ["PROOF-GEN-002", "PROOF-GEN-006", "PROOF-GEN-007", "PROOF-SSZ-005", ...FORMAT[encoding]],
      },
      HONEST.flatMap((scenario) => rolesOf(scenario, encoding)),
    ),
  ];
}

/** The requirements on the form of each encoding. */
const FORMAT: Readonly<Record<EncodingName, readonly string[]>> = {
  compact: ["PROOF-SSZ-010", "PROOF-SSZ-060", "PROOF-SSZ-011", "PROOF-SSZ-061", "PROOF-SSZ-062", "PROOF-SSZ-063"],
  offsets64: ["PROOF-SSZ-020", "PROOF-SSZ-064", "PROOF-SSZ-021", "PROOF-SSZ-065", "PROOF-SSZ-022"],
  offsets16: ["PROOF-SSZ-020", "PROOF-SSZ-064", "PROOF-SSZ-021", "PROOF-SSZ-065", "PROOF-SSZ-022", "PROOF-SSZ-023"],
  explicit: ["PROOF-SSZ-030", "PROOF-SSZ-031", "PROOF-SSZ-068", "PROOF-SSZ-069", "PROOF-SSZ-070", "PROOF-SSZ-032"],
  helpers: [
    "PROOF-SSZ-040",
    "PROOF-SSZ-071",
    "PROOF-SSZ-072",
    "PROOF-SSZ-041",
    "PROOF-SSZ-073",
    "PROOF-SSZ-074",
    "PROOF-SSZ-042",
    "PROOF-SSZ-075",
    "PROOF-SSZ-043",
    "PROOF-SSZ-076",
    "PROOF-SSZ-077",
  ],
};
