/** Well-formed proofs that do not hash to the root, in every method that verifies. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { compactHex, flipBit, hashPair, type Pruned, randomNode, replaceAt } from "../../kit/binary/pruned.ts";
import { accepted, ask, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { honestScenario } from "./honest.ts";
import {
  baseOf,
  bottomLevels,
  type EncodingName,
  encodePruned,
  keyAt,
  NAIVE,
  optionsOf,
  prove,
  prunedScenario,
  type Scenario,
  valueAt,
  ZERO,
  zeroNode,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/forged.ts";

interface Forgery {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly pruned: Pruned;
  readonly root?: string;
}

/** The bottom nodes to forge: all of a small proof, but only the ends and the leaf of a deep one. */
function ranksOf({ bottoms }: Pruned): number[] {
  const all = [...bottoms.keys()];
  if (all.length <= 12) return all;
  const leaf = bottoms.indexOf(valueAt(0));
  return all.filter((rank) => rank === 0 || rank === all.length - 1 || Math.abs(rank - leaf) <= 1);
}

function nodeForgeries(pruned: Pruned, depth: number): Forgery[] {
  const levels = bottomLevels(pruned);
  return ranksOf(pruned).flatMap((rank): Forgery[] => {
    const node = pruned.bottoms[rank];
    const height = depth - levels[rank];
    const put = (id: string, about: string, flag: string, other: string): Forgery => ({
      id: `${id}-${rank}`,
      about: `bottom ${rank}: ${about}`,
      flag,
      pruned: { ...pruned, bottoms: replaceAt(pruned.bottoms, rank, other) },
    });
    const isZero = node === zeroNode(height);
    return [
      put("flip-first-bit", "its first bit inverted", "forged-node", flipBit(node, 0)),
      put("flip-last-bit", "its last bit inverted", "forged-node", flipBit(node, 255)),
      ...(isZero
        ? [
            put("filled", "an empty subtree replaced by a made-up node", "forged-node", randomNode(240)),
            put(
              "higher-zero",
              "an empty subtree replaced by the zero node of the next height",
              "zero-of-another-height",
              zeroNode(height + 1),
            ),
          ]
        : [put("emptied", "replaced by the zero node of its height", "forged-absence", zeroNode(height))]),
      ...(height > 0 ? [put("leaf-zero", "replaced by 32 zero bytes", "zero-of-another-height", ZERO)] : []),
    ].filter(({ pruned: { bottoms } }) => bottoms[rank] !== node);
  });
}

function orderForgeries(pruned: Pruned): Forgery[] {
  const { bottoms } = pruned;
  return ranksOf(pruned).flatMap((rank): Forgery[] => {
    const next = bottoms[rank + 1];
    if (next === undefined || next === bottoms[rank]) return [];
    return [
      {
        id: `swap-${rank}`,
        about: `bottoms ${rank} and ${rank + 1} exchanged`,
        flag: "forged-node",
        pruned: { ...pruned, bottoms: replaceAt(replaceAt(bottoms, rank, next), rank + 1, bottoms[rank]) },
      },
      {
        id: `double-${rank}`,
        about: `bottom ${rank} in the place of its right neighbour too`,
        flag: "duplicated-node",
        pruned: { ...pruned, bottoms: replaceAt(bottoms, rank + 1, bottoms[rank]) },
      },
    ];
  });
}

function rootForgeries(pruned: Pruned, root: string, depth: number): Forgery[] {
  const wrong = (id: string, about: string, other: string): Forgery => ({
    id: `root-${id}`,
    about: `the honest proof against ${about}`,
    flag: "wrong-root",
    pruned,
    root: other,
  });
  return [
    wrong("flip-first-bit", "a root whose first bit is inverted", flipBit(root, 0)),
    wrong("flip-last-bit", "a root whose last bit is inverted", flipBit(root, 255)),
    wrong("flip-bit-128", "a root that differs in its second half alone", flipBit(root, 128)),
    wrong("zero", "a root of zeros", ZERO),
    wrong("empty", "the root of the empty tree", zeroNode(depth)),
    wrong("empty-one-level-more", "the root of the empty tree of one level more", zeroNode(depth + 1)),
    wrong("is-a-bottom", "one of its bottoms as root", pruned.bottoms[0]),
    wrong("hashed-again", "the hash of the root with itself", hashPair(root, root)),
    ...childrenOfRoot(pruned, root).map((node, index) =>
      wrong(`is-inner-node-${index}`, "a node that is computed on the way to its root", node),
    ),
  ].filter(({ root: other }) => other !== root);
}

/** The children of the root that a verifier computes. */
function childrenOfRoot(pruned: Pruned, root: string): string[] {
  if (pruned.bottoms.length === 1) return [];
  const request = { backend: "ssz", encoding: "compact", root, proof: compactHex(pruned), keys: ["0x2", "0x3"] };
  const { values } = ask("proof/get", request) as { values: string[] };
  return values.filter((node) => !pruned.bottoms.includes(node));
}

function forgeriesOf(scenario: Scenario): { root: string; forgeries: Forgery[] } {
  const { root, pruned } = prunedScenario(scenario);
  const { depth } = scenario;
  return {
    root,
    forgeries: [...nodeForgeries(pruned, depth), ...orderForgeries(pruned), ...rootForgeries(pruned, root, depth)],
  };
}

function readCases(encoding: EncodingName, scenario: Scenario): Draft[] {
  const { root, forgeries } = forgeriesOf(scenario);
  const { pruned } = prunedScenario(scenario);
  const { keys, depth } = scenario;
  const get = (against: string, tree: Pruned): Draft["params"] => ({
    ...baseOf(encoding, depth),
    root: against,
    proof: encodePruned(tree, encoding),
    keys,
  });
  // The unchanged request between the forged ones: a verifier that remembers an earlier request fails here.
  const control = (id: string): Draft =>
    accepted({
      id: `${scenario.id}-${id}`,
      about: `${scenario.about}; nothing changed`,
      kind: "completeness",
      call: "proof/get",
      params: get(root, pruned),
    });
  return [
    control("untouched"),
    ...forgeries.map(({ id, about, flag, pruned: tree, root: against = root }) =>
      rejected(
        {
          id: `${scenario.id}-${id}`,
          about: `${scenario.about}; ${about}`,
          kind: "soundness",
          flags: [flag],
          call: "proof/get",
          params: get(against, tree),
        },
        "invalid-proof",
      ),
    ),
    control("untouched-again"),
  ];
}

const BASES = [
  "one-level-both",
  "three-levels-mixed",
  "three-levels-half-empty",
  "empty-three-levels",
  "deep-last-bit",
];

/** The parameters of each method besides encoding, root and proof. */
const METHODS: Readonly<Record<string, (proof: string, encoding: EncodingName) => JsonObject>> = {
  cost: (proof) => ({ proof }),
  update: (proof) => ({ proof, writes: [[keyAt(0, 3), valueAt(9)]] }),
  transact: (proof) => ({ proof, steps: [{ get: keyAt(0, 3) }] }),
  merge: (proof) => ({ proofs: [proof] }),
  extract: (proof) => ({ proof, keys: [keyAt(0, 3)] }),
  convert: (proof) => ({ proof }),
};

/** Every method that takes a root verifies, even for an empty request. */
function methodCases(encoding: EncodingName): Draft[] {
  const scenario = honestScenario("three-levels-mixed");
  const { root, proof } = prove(scenario, encoding);
  const { pruned } = prunedScenario(scenario);
  const forged = encodePruned(
    { ...pruned, bottoms: replaceAt(pruned.bottoms, 0, flipBit(pruned.bottoms[0], 255)) },
    encoding,
  );
  const idle: Readonly<Record<string, JsonObject>> = {
    get: { proof, keys: [] },
    update: { proof, writes: [] },
    transact: { proof, steps: [] },
    extract: { proof, keys: [] },
  };
  const text = { kind: "soundness" as const };
  const base = (method: string): JsonObject =>
    method === "convert"
      ? { backend: "sparse", from: encoding, to: encoding, ...optionsOf(scenario.depth) }
      : baseOf(encoding, scenario.depth);
  return [
    ...Object.entries(METHODS).flatMap(([method, params]) => [
      rejected(
        {
          ...text,
          id: `${method}-forged`,
          about: `${method}: one bit of a bottom inverted`,
          flags: ["forged-node"],
          call: `proof/${method}`,
          params: { ...base(method), root, ...params(forged, encoding) },
        },
        "invalid-proof",
      ),
      rejected(
        {
          ...text,
          id: `${method}-wrong-root`,
          about: `${method}: another root`,
          flags: ["wrong-root"],
          call: `proof/${method}`,
          params: { ...base(method), root: flipBit(root, 255), ...params(proof, encoding) },
        },
        "invalid-proof",
      ),
    ]),
    ...Object.entries(idle).map(([method, params]) =>
      rejected(
        {
          ...text,
          id: `${method}-idle-wrong-root`,
          about: `${method}: another root, and nothing to do`,
          flags: ["wrong-root"],
          call: `proof/${method}`,
          params: { ...base(method), root: flipBit(root, 255), ...params },
        },
        "invalid-proof",
      ),
    ),
    rejected(
      {
        ...text,
        id: "get-uncovered-wrong-root",
        about: "a key that is not covered, through a proof of another root",
        flags: ["wrong-root"],
        call: "proof/get",
        params: {
          ...base("get"),
          root: flipBit(root, 255),
          proof: encodePruned({ shape: "1", bottoms: [root] }, encoding),
          keys: [keyAt(0, 3)],
        },
      },
      "invalid-proof",
    ),
  ];
}

export function forgedFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/sparse/${encoding}`;
  const requirements = ["PROOF-GEN-013", "PROOF-GEN-004", "PROOF-GEN-005"];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "forged-nodes",
        about: "Honest proofs with one node or the root changed: the computed root differs.",
        requirements: ["PROOF-GEN-002", ...requirements, "WIRE-023"],
      },
      BASES.map(honestScenario).flatMap((scenario) => readCases(encoding, scenario)),
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "forged-methods",
        about: "Proofs of another root, in every method that takes one.",
        requirements: ["PROOF-GEN-014", ...requirements, "PROOF-SPARSE-006", "PROOF-SPARSE-009", "PROOF-SPARSE-010"],
      },
      methodCases(encoding),
    ),
  ];
}
