/**
 * Well-formed proofs that do not hash to the root. Every mutator changes an honest pruned tree, and the result is encoded in
 * each encoding. Its metamorphic verdict is that a verifier must reject it, whatever the request.
 */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { compactHex, flipBit, hashPair, type Pruned, randomNode, replaceAt } from "../../kit/binary/pruned.ts";
import { accepted, ask, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { confirmersOf, NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { type EncodingName, encodePruned, prunedScenario, type Scenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/forged.ts";

/** A mutated pruned tree, the claims that it is encoded for, and the keys to read. */
interface Forgery {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly pruned: Pruned;
  /** The claims, if the shape has changed. */
  readonly keys?: readonly string[];
  /** The root, if it differs from that of the base. */
  readonly root?: string;
}

const zero = `0x${"00".repeat(32)}`;

function valueForgeries({ shape, bottoms }: Pruned): Forgery[] {
  const withBottom = (rank: number, node: string): Pruned => ({ shape, bottoms: replaceAt(bottoms, rank, node) });
  return bottoms.flatMap((bottom, rank): Forgery[] => [
    {
      id: `flip-first-bit-${rank}`,
      about: `the first bit of bottom ${rank} inverted`,
      flag: "forged-node",
      pruned: withBottom(rank, flipBit(bottom, 0)),
    },
    {
      id: `flip-last-bit-${rank}`,
      about: `the last bit of bottom ${rank} inverted`,
      flag: "forged-node",
      pruned: withBottom(rank, flipBit(bottom, 255)),
    },
    {
      id: `zero-${rank}`,
      about: `bottom ${rank} replaced by 32 zero bytes`,
      flag: "forged-node",
      pruned: withBottom(rank, zero),
    },
  ]);
}

function orderForgeries({ shape, bottoms }: Pruned): Forgery[] {
  return bottoms.slice(1).flatMap((bottom, i): Forgery[] => [
    {
      id: `swap-${i}-${i + 1}`,
      about: `bottoms ${i} and ${i + 1} exchanged`,
      flag: "forged-node",
      pruned: { shape, bottoms: replaceAt(replaceAt(bottoms, i, bottom), i + 1, bottoms[i]) },
    },
    {
      id: `double-${i}`,
      about: `bottom ${i} in the place of its right neighbour too`,
      flag: "duplicated-node",
      pruned: { shape, bottoms: replaceAt(bottoms, i + 1, bottoms[i]) },
    },
  ]);
}

function rootForgeries(pruned: Pruned, root: string): Forgery[] {
  const wrong = (id: string, about: string, other: string): Forgery => ({
    id: `root-${id}`,
    about,
    flag: "wrong-root",
    pruned,
    root: other,
  });
  return [
    wrong("flip-first-bit", "the honest proof against a root whose first bit is inverted", flipBit(root, 0)),
    wrong("flip-last-bit", "the honest proof against a root whose last bit is inverted", flipBit(root, 255)),
    wrong("flip-bit-128", "the honest proof against a root that differs in its second half alone", flipBit(root, 128)),
    wrong("zero", "the honest proof against a root of zeros", zero),
    wrong("is-a-bottom", "the honest proof against one of its bottoms as root", pruned.bottoms[0]),
    wrong("hashed-again", "the honest proof against the hash of the root with itself", hashPair(root, root)),
    ...innerNodes(pruned, root).map((node, index) =>
      wrong(`is-inner-node-${index}`, "the honest proof against a node that is computed on the way to its root", node),
    ),
  ];
}

/** The children of the root that a verifier computes. */
function innerNodes(pruned: Pruned, root: string): string[] {
  if (pruned.bottoms.length < 2) return [];
  const params = { backend: "ssz", encoding: "compact", root, proof: compactHex(pruned), keys: ["0x2", "0x3"] };
  const { values } = ask("proof/get", params) as { values: string[] };
  return values.filter((node) => !pruned.bottoms.includes(node));
}

function baseForgeries(scenario: Scenario): { root: string; forgeries: Forgery[] } {
  const { root, pruned } = prunedScenario(scenario);
  const roots =
    pruned.bottoms.length > 1
      ? rootForgeries(pruned, root)
      : rootForgeries(pruned, root).filter(({ root: other }) => other !== root);
  return { root, forgeries: [...valueForgeries(pruned), ...orderForgeries(pruned), ...roots] };
}

/** Forgeries of the shape: the same nodes in another tree, nodes promoted and demoted, invented subtrees. */
function shapeForgeries(): { scenario: Scenario; forgeries: Forgery[] }[] {
  const four = honestScenario("four-leaves-all");
  const { pruned: fourTree } = prunedScenario(four);
  const [a, b, c, d] = fourTree.bottoms;
  const apart = honestScenario("eight-leaves-apart");
  const { root: apartRoot } = prunedScenario(apart);
  const alone = honestScenario("root-alone");
  const { root: aloneRoot } = prunedScenario(alone);
  const made = randomNode(31);
  return [
    {
      scenario: four,
      forgeries: [
        {
          id: "left-comb-of-the-same",
          about: "the four leaves in order, as a left comb",
          flag: "lying-shape",
          pruned: { shape: "0001111", bottoms: [a, b, c, d] },
          keys: ["0x8", "0x9", "0x5", "0x3"],
        },
        {
          id: "right-comb-of-the-same",
          about: "the four leaves in order, as a right comb",
          flag: "lying-shape",
          pruned: { shape: "0101011", bottoms: [a, b, c, d] },
          keys: ["0x2", "0x6", "0xe", "0xf"],
        },
        {
          id: "mirrored",
          about: "the four leaves from right to left",
          flag: "lying-shape",
          pruned: { shape: "0011011", bottoms: [d, c, b, a] },
        },
        {
          id: "three-of-four",
          about: "the last leaf left out, the tree closed above the third",
          flag: "duplicated-node",
          pruned: { shape: "00111", bottoms: [a, b, c] },
          keys: ["0x4", "0x5", "0x3"],
        },
        {
          id: "odd-leaf-doubled",
          about: "the third leaf twice instead of the fourth",
          flag: "duplicated-node",
          pruned: { shape: "0011011", bottoms: [a, b, c, c] },
        },
        {
          id: "promoted-leaf",
          about: "a leaf in the place of its parent",
          flag: "leaf-as-inner-node",
          pruned: { shape: "01011", bottoms: [a, c, d] },
          keys: ["0x2", "0x6", "0x7"],
        },
        {
          id: "hash-in-the-leafs-place",
          about: "a parent in the place of its left leaf",
          flag: "leaf-as-inner-node",
          pruned: { shape: "0011011", bottoms: [hashPair(a, b), b, c, d] },
        },
        {
          id: "opened-by-made-up-children",
          about: "a leaf opened into two made-up children",
          flag: "leaf-as-inner-node",
          pruned: { shape: "000111011", bottoms: [made, made, b, c, d] },
          keys: ["0x8", "0x9", "0x5", "0x6", "0x7"],
        },
        {
          id: "one-level-below",
          about: "the whole tree as the left child of a made-up root",
          flag: "lying-shape",
          pruned: { shape: "000110111", bottoms: [a, b, c, d, made] },
          keys: ["0x8", "0x9", "0xa", "0xb"],
        },
      ],
    },
    {
      scenario: apart,
      forgeries: [
        {
          id: "made-up-alone",
          about: "a proof of one node that is not the root",
          flag: "empty-proof",
          pruned: { shape: "1", bottoms: [made] },
          keys: ["0x1"],
        },
        {
          id: "zero-alone",
          about: "a proof of one zero node",
          flag: "empty-proof",
          pruned: { shape: "1", bottoms: [zero] },
          keys: ["0x1"],
        },
        {
          id: "root-above-itself",
          about: "the root as one of its own children",
          flag: "empty-proof",
          pruned: { shape: "011", bottoms: [apartRoot, zero] },
          keys: ["0x2"],
        },
        {
          id: "root-as-the-claim",
          about: "the root given as the claimed leaf, with made-up helpers",
          flag: "empty-proof",
          pruned: { shape: "0001111", bottoms: [apartRoot, made, made, made] },
          keys: ["0x8"],
        },
      ],
    },
    {
      scenario: alone,
      forgeries: [
        {
          id: "opened-root",
          about: "a root that is a leaf, opened into made-up children",
          flag: "leaf-as-inner-node",
          pruned: { shape: "011", bottoms: [aloneRoot, aloneRoot] },
          keys: ["0x2"],
        },
      ],
    },
  ];
}

function forgedCase(encoding: EncodingName, scenario: Scenario, root: string, forgery: Forgery): Draft {
  const { id, about, flag, pruned, keys = scenario.keys, root: against = root } = forgery;
  const proof: Json = encodePruned(pruned, encoding, keys);
  return rejected(
    {
      id: `${scenario.id}-${id}`,
      about: `${scenario.about}; ${about}`,
      kind: "soundness",
      flags: [flag],
      call: "proof/get",
      params: { backend: "ssz", encoding, root: against, proof, keys },
    },
    "invalid-proof",
  );
}

/** The unchanged request between the forged ones: a verifier that remembers an earlier request fails here. */
function control(encoding: EncodingName, scenario: Scenario, id: string): Draft {
  const { root, pruned } = prunedScenario(scenario);
  const { keys } = scenario;
  const proof = encodePruned(pruned, encoding, keys);
  return accepted({
    id: `${scenario.id}-${id}`,
    about: `${scenario.about}; nothing changed`,
    kind: "completeness",
    call: "proof/get",
    params: { backend: "ssz", encoding, root, proof, keys },
  });
}

const BASES = [
  "two-leaves-left",
  "two-leaves-both",
  "four-leaves-middle",
  "eight-leaves-apart",
  "right-comb-deepest",
  "left-comb-middle",
  "root-alone",
];

/** `cost` verifies like `get`: a forged proof has no cost. */
function forgedCosts(encoding: EncodingName): Draft[] {
  return ["two-leaves-left", "eight-leaves-apart"].map(honestScenario).flatMap((scenario) => {
    const { root, forgeries } = baseForgeries(scenario);
    return forgeries
      .filter(({ id }) => id === "flip-last-bit-0" || id === "root-flip-last-bit")
      .map((forgery) => {
        const draft = forgedCase(encoding, scenario, root, forgery);
        const { keys: _, ...params } = draft.params;
        return rejected(
          {
            ...draft,
            id: `${draft.id}-cost`,
            about: `cost: ${draft.about}`,
            call: "proof/cost",
            params,
            flags: draft.flags as string[],
          },
          "invalid-proof",
        );
      });
  });
}

export function forgedFiles(encoding: EncodingName): VectorFile[] {
  const cases = BASES.map(honestScenario).flatMap((scenario) => {
    const { root, forgeries } = baseForgeries(scenario);
    return [
      control(encoding, scenario, "untouched"),
      ...forgeries.map((forgery) => forgedCase(encoding, scenario, root, forgery)),
      control(encoding, scenario, "untouched-again"),
    ];
  });
  const shapes = shapeForgeries().flatMap(({ scenario, forgeries }) => {
    const { root } = prunedScenario(scenario);
    return forgeries.map((forgery) => forgedCase(encoding, scenario, root, forgery));
  });
  const suite = `proof/ssz/${encoding}`;
  return [
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite,
        theme: "forged-nodes",
        about: "Honest proofs with one node or the root changed: the computed root differs.",
        requirements: ["PROOF-GEN-002", "PROOF-GEN-013", "PROOF-GEN-005", "WIRE-023"],
      },
      [...cases, ...forgedCosts(encoding)],
    ),
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite,
        theme: "forged-shapes",
        about:
          "Well-formed proofs of another tree than the root's: other shapes over the same nodes, promoted and opened nodes.",
        requirements: ["PROOF-GEN-013"],
      },
      shapes,
    ),
  ];
}
