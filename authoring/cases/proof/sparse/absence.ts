/** Absence at every level, and proofs that only look like absence. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { flipBit, type Pruned, randomNode, replaceAt, rootOf } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { DEEP_KEY, honestScenario, partingAt } from "./honest.ts";
import {
  baseOf,
  bottomLevels,
  type EncodingName,
  encodePruned,
  keyAt,
  NAIVE,
  prove,
  prunedScenario,
  type Scenario,
  smallScenario,
  valueAt,
  ZERO,
  zeroNode,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/absence.ts";

const DEPTH = 8;
const INDEX = 0b1011_0010;

/** The key that first differs from the leaf at INDEX at `bit`, and has all later bits set. */
const beside = (bit: number): number => (INDEX ^ (0x80 >> bit)) | ((0x80 >> bit) - 1);

function everyLevel(encoding: EncodingName): Draft[] {
  const levels = Array.from({ length: DEPTH }, (_, bit) => bit);
  return levels.flatMap((bit) => {
    const what = `a key that parts from the only leaf at bit ${bit} of ${DEPTH}`;
    const scenario = smallScenario(`parting-at-${bit}`, what, DEPTH, [INDEX], [beside(bit)]);
    const { root, proof } = prove(scenario, encoding);
    const { entries, keys, about } = scenario;
    const base = baseOf(encoding, DEPTH);
    const text = { kind: "completeness" as const };
    return [
      accepted({
        ...text,
        id: `${scenario.id}-prove`,
        about: `build a proof: ${about}`,
        call: "proof/prove",
        params: { ...base, entries, keys },
      }),
      accepted({
        ...text,
        id: `${scenario.id}-get`,
        about: `read: ${about}`,
        call: "proof/get",
        params: { ...base, root, proof, keys },
      }),
    ];
  });
}

/** One proof of one leaf covers absent keys that first differ from it at any of 256 bits. */
function allAtOnce(encoding: EncodingName): Draft {
  const { root, proof } = prove(honestScenario("deep-alone"), encoding);
  const keys = Array.from({ length: 256 }, (_, bit) => partingAt(bit));
  return stated(
    {
      id: "parting-at-each-of-256",
      about: "the proof of one leaf read at 256 keys, each of which parts from it at another bit",
      kind: "completeness",
      call: "proof/get",
      params: { ...baseOf(encoding, 256), root, proof, keys },
    },
    { values: keys.map(() => null) },
  );
}

/** A genuine tree with the zero node of another height as the root of a subtree. It is a witness like any other. */
function otherHeights(encoding: EncodingName, of: Scenario, rankFilter: (level: number) => boolean): Draft[] {
  const { pruned } = prunedScenario(of);
  const levels = bottomLevels(pruned);
  return levels.flatMap((level, rank) => {
    if (pruned.bottoms[rank] === undefined || !rankFilter(level)) return [];
    const height = of.depth - level;
    return [height - 1, height + 1, 0]
      .filter((other, index, all) => other >= 0 && other !== height && other <= 256 && all.indexOf(other) === index)
      .map((other): Draft => {
        const forged: Pruned = { ...pruned, bottoms: replaceAt(pruned.bottoms, rank, zeroNode(other)) };
        const key = keyUnder(of, rank, levels);
        const params = {
          ...baseOf(encoding, of.depth),
          root: rootOf(forged),
          proof: encodePruned(forged, encoding),
          keys: [key],
        };
        const text = {
          id: `${of.id}-bottom-${rank}-height-${height}-as-${other}`,
          about: `a node ${height} level(s) above the leaves that holds the zero node of height ${other}, with a root that says so`,
          flags: ["zero-of-another-height"],
          call: "proof/get",
          params,
        };
        return height === 0
          ? stated({ ...text, kind: "completeness" }, { values: [zeroNode(other)] })
          : rejected({ ...text, kind: "soundness" }, "incomplete");
      });
  });
}

/** A tree of only the root, which is the root of the empty tree of another depth: it covers no key. */
function otherDepths(encoding: EncodingName): Draft[] {
  const alone = (depth: number, height: number): Draft =>
    rejected(
      {
        id: `root-alone-depth-${depth}-as-${height}`,
        about: `the root alone of a tree of ${depth} levels, which is the root of the empty tree of ${height}`,
        kind: "soundness",
        flags: ["zero-of-another-height"],
        call: "proof/get",
        params: {
          ...baseOf(encoding, depth),
          root: zeroNode(height),
          proof: encodePruned({ shape: "1", bottoms: [zeroNode(height)] }, encoding),
          keys: [keyAt(1, depth)],
        },
      },
      "incomplete",
    );
  return [alone(8, 0), alone(8, 7), alone(8, 9), alone(256, 0), alone(256, 255), alone(1, 0), alone(1, 2)];
}

/** A genuine tree with a node that differs from the zero node of its height in one bit. */
function almostZero(encoding: EncodingName): Draft[] {
  const of = smallScenario("almost", "", DEPTH, [INDEX], [INDEX]);
  const { pruned } = prunedScenario(of);
  const levels = bottomLevels(pruned);
  return [DEPTH, DEPTH - 1, 1].flatMap((level) => {
    const rank = levels.findIndex((at, index) => at === level && pruned.bottoms[index] === zeroNode(DEPTH - level));
    const height = DEPTH - level;
    return [0, 64, 255].map((bit): Draft => {
      const node = flipBit(zeroNode(height), bit);
      const forged: Pruned = { ...pruned, bottoms: replaceAt(pruned.bottoms, rank, node) };
      const text = {
        id: `almost-zero-height-${height}-bit-${bit}`,
        about: `a node ${height} level(s) above the leaves that differs from an empty subtree's in bit ${bit}`,
        flags: ["almost-zero"],
        call: "proof/get",
        params: {
          ...baseOf(encoding, DEPTH),
          root: rootOf(forged),
          proof: encodePruned(forged, encoding),
          keys: [keyUnder(of, rank, levels)],
        },
      };
      return height === 0
        ? stated({ ...text, kind: "completeness" }, { values: [node] })
        : rejected({ ...text, kind: "soundness" }, "incomplete");
    });
  });
}

/** The leftmost key below a bottom node. */
function keyUnder({ depth }: Scenario, rank: number, levels: readonly number[]): string {
  // Bottom nodes from left to right fill the tree: each begins where the one before it ends.
  const start = levels.slice(0, rank).reduce((sum, level) => sum + (1n << BigInt(256 - level)), 0n);
  if (depth < 1) throw new Error("a tree has a level");
  return `0x${start.toString(16).padStart(64, "0")}`;
}

/** Proofs that a careless reader accepts as absence. */
function notAbsent(encoding: EncodingName): Draft[] {
  const present = honestScenario("three-levels-present");
  const { root, pruned } = prunedScenario(present);
  const base = baseOf(encoding, present.depth);
  const [key] = present.keys;
  const rank = pruned.bottoms.indexOf(valueAt(3));
  const refuse = (id: string, about: string, flag: string, params: Draft["params"], ...classes: string[]): Draft =>
    rejected(
      { id, about, kind: "soundness", flags: [flag], call: "proof/get", params: { ...base, ...params } },
      ...classes,
    );
  const withBottoms = (bottoms: readonly string[]): string => encodePruned({ ...pruned, bottoms }, encoding);
  const alone = (node: string): string => encodePruned({ shape: "1", bottoms: [node] }, encoding);
  const empty = zeroNode(present.depth);
  return [
    refuse(
      "present-as-zero-leaf",
      "the leaf of a present key replaced by zeros",
      "forged-absence",
      { root, proof: withBottoms(replaceAt(pruned.bottoms, rank, ZERO)), keys: [key] },
      "invalid-proof",
    ),
    refuse(
      "present-pair-as-empty",
      "the pair of a present key closed as an empty one",
      "forged-absence",
      { root, proof: encodePruned(closePair(pruned, rank), encoding), keys: [key] },
      "invalid-proof",
    ),
    refuse(
      "present-tree-as-empty",
      "the empty tree in the place of one that holds the key",
      "forged-absence",
      { root, proof: alone(empty), keys: [key] },
      "invalid-proof",
    ),
    refuse(
      "present-under-root-alone",
      "the root alone: it says nothing of the key",
      "empty-proof",
      { root, proof: alone(root), keys: [key] },
      "incomplete",
    ),
    refuse(
      "absent-under-root-alone",
      "the root alone: it does not show that an absent key is absent",
      "empty-proof",
      { root, proof: alone(root), keys: [keyAt(4, 3)] },
      "incomplete",
    ),
    refuse(
      "no-byte",
      "no byte at all for an absent key",
      "empty-proof",
      { root, proof: "0x", keys: [keyAt(4, 3)] },
      "malformed",
      "invalid-proof",
    ),
    refuse(
      "member-of-the-empty-tree",
      "a value in the empty tree",
      "empty-proof",
      { root: empty, proof: withBottoms(pruned.bottoms), keys: [key] },
      "invalid-proof",
    ),
    refuse(
      "absent-in-another-tree",
      "a genuine proof of absence, of a tree without the key",
      "forged-absence",
      { root, proof: prove({ ...present, entries: [] }, encoding).proof, keys: [key] },
      "invalid-proof",
    ),
    refuse(
      "absent-key-made-present",
      "a made-up value for an absent key",
      "forged-node",
      {
        root,
        proof: withBottoms(replaceAt(pruned.bottoms, pruned.bottoms.indexOf(ZERO), randomNode(230))),
        keys: [keyAt(2, 3)],
      },
      "invalid-proof",
    ),
    deepNeighbour(encoding),
  ];
}

/** The bottom node `rank` and its sibling on the lowest level, closed into a zero subtree. */
function closePair({ shape, bottoms }: Pruned, rank: number): Pruned {
  const at = [...shape].flatMap((bit, index) => (bit === "1" ? [index] : []))[rank];
  const left = shape.slice(at - 1, at + 2) === "011" ? at - 1 : at - 2;
  const first = left === at - 1 ? rank : rank - 1;
  return {
    shape: `${shape.slice(0, left)}1${shape.slice(left + 3)}`,
    bottoms: [...bottoms.slice(0, first), zeroNode(1), ...bottoms.slice(first + 2)],
  };
}

/** Two leaves that differ in the last bit, and one that differs from both two bits earlier: only that one is covered. */
function deepNeighbour(encoding: EncodingName): Draft {
  const present = [DEEP_KEY, partingAt(255), partingAt(253)].map((key, index) => [key, valueAt(index)]);
  const of: Scenario = { id: "", about: "", depth: 256, entries: present, keys: [partingAt(253)] };
  return rejected(
    {
      id: "neighbours-absence",
      about: "a key that parts from the one decided at bit 253 of 256",
      kind: "soundness",
      flags: ["uncovered-key"],
      call: "proof/get",
      params: { ...baseOf(encoding, 256), ...prove(of, encoding), keys: [DEEP_KEY] },
    },
    "incomplete",
  );
}

export function absenceFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/sparse/${encoding}`;
  const file = (theme: string, about: string, own: string, cases: readonly Draft[]): VectorFile =>
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite, theme, about, requirements: ["PROOF-SPARSE-002", own, "PROOF-GEN-002"] },
      cases,
    );
  const shallow = smallScenario("eight-levels", "", DEPTH, [INDEX], [INDEX]);
  const ends = new Set([1, 2, 128, 254, 255, 256]);
  return [
    file("absence", "Keys that are absent, at every level at which a tree can be empty.", "PROOF-SPARSE-027", [
      ...everyLevel(encoding),
      allAtOnce(encoding),
    ]),
    file("not-absence", "What is not a proof of absence, however it looks.", "PROOF-SPARSE-028", [
      ...notAbsent(encoding),
      ...otherDepths(encoding),
      ...almostZero(encoding),
      ...otherHeights(encoding, shallow, () => true),
      ...otherHeights(encoding, honestScenario("deep-alone"), (level) => ends.has(level)),
    ]),
  ];
}
