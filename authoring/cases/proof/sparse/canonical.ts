/** Proofs of the same keys in another shape: accepted in the lenient profile, rejected in the strict one. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type Pruned, replaceAt } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { DEEP_KEY, honestScenario, partingAt } from "./honest.ts";
import {
  bottomLevels,
  type EncodingName,
  encodePruned,
  keyAt,
  NAIVE,
  openBottom,
  optionsOf,
  prunedScenario,
  valueAt,
  zeroNode,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/canonical.ts";

/** A pruned tree whose shape is not canonical, or only looks as if it were not. */
interface Shaped {
  readonly id: string;
  readonly about: string;
  readonly depth: number;
  readonly pruned: Pruned;
  readonly root: string;
  /** A key that it covers. */
  readonly key: string;
  readonly isCanonical?: boolean;
}

/** Opens a zero subtree again and again along its left edge. */
function openZero(pruned: Pruned, rank: number, depth: number, times: number): Pruned {
  let opened = pruned;
  for (let time = 0; time < times; time++) {
    const height = depth - bottomLevels(opened)[rank];
    opened = openBottom(opened, rank, [zeroNode(height - 1), zeroNode(height - 1)]);
  }
  return opened;
}

function shapes(): Shaped[] {
  const half = honestScenario("three-levels-half-empty");
  const { root, pruned } = prunedScenario(half);
  const emptyRank = pruned.bottoms.indexOf(zeroNode(2));
  const one = honestScenario("three-levels-present");
  const opened = prunedScenario(one);
  const full = prunedScenario(honestScenario("three-levels-full"));
  const empty = prunedScenario(honestScenario("empty-three-levels"));
  const deep = prunedScenario(honestScenario("deep-absent"));
  const deepRank = deep.pruned.bottoms.findIndex((_, rank) => bottomLevels(deep.pruned)[rank] === 100);
  const of = (
    id: string,
    about: string,
    tree: { root: string; pruned: Pruned },
    shaped: Pruned,
    key: string,
    depth = 3,
  ): Shaped => ({
    id,
    about,
    depth,
    root: tree.root,
    pruned: shaped,
    key,
  });
  const witnesses = openWitness();
  return [
    of(
      "split-zero",
      "an empty subtree opened into two",
      { root, pruned },
      openZero(pruned, emptyRank, 3, 1),
      keyAt(1, 3),
    ),
    of(
      "split-zero-to-leaves",
      "an empty subtree opened down to a leaf",
      { root, pruned },
      openZero(pruned, emptyRank, 3, 2),
      keyAt(1, 3),
    ),
    of("split-empty-tree", "the empty tree opened into two", empty, openZero(empty.pruned, 0, 3, 1), keyAt(5, 3)),
    of(
      "split-empty-tree-to-leaves",
      "the empty tree opened down to a leaf",
      empty,
      openZero(empty.pruned, 0, 3, 3),
      keyAt(5, 3),
    ),
    of(
      "split-deep-zero",
      "an empty subtree a hundred levels down opened into two",
      deep,
      openZero(deep.pruned, deepRank, 256, 1),
      partingAt(128),
      256,
    ),
    of(
      "split-deep-zero-far",
      "the same opened another hundred levels",
      deep,
      openZero(deep.pruned, deepRank, 256, 100),
      partingAt(128),
      256,
    ),
    { ...witnesses, id: "open-witness", about: "a node opened into two of which nothing is decided" },
    {
      id: "open-witness-twice",
      about: "a node opened twice, and nothing below it decided",
      depth: 4,
      ...openTwice(),
      key: keyAt(0, 4),
    },
    {
      id: "zero-beside-witness",
      about: "an empty subtree beside a node that is not opened: canonical",
      depth: 3,
      root,
      pruned,
      key: keyAt(1, 3),
      isCanonical: true,
    },
    {
      id: "leaf-beside-zero-leaf",
      about: "a leaf beside an absent one: canonical",
      depth: 3,
      ...opened,
      key: keyAt(3, 3),
      isCanonical: true,
    },
    {
      id: "two-leaves",
      about: "two leaves beside each other: canonical",
      depth: 3,
      ...full,
      key: keyAt(1, 3),
      isCanonical: true,
    },
  ];
}

/** A whole tree of three levels with leaves in both halves, read in its left half; the right half is opened for no key. */
function openWitness(): Omit<Shaped, "id" | "about"> {
  const scenario = { ...honestScenario("three-levels-full"), keys: [keyAt(0, 3)] };
  const { root, pruned } = prunedScenario(scenario);
  const [left, right] = [4, 6].map((index) => pairAt(index));
  return { depth: 3, root, pruned: openBottom(pruned, pruned.bottoms.length - 1, [left, right]), key: keyAt(0, 3) };
}

function pairAt(index: number): string {
  const { pruned } = prunedScenario({
    ...honestScenario("one-level-both"),
    entries: [
      [keyAt(0, 1), valueAt(index)],
      [keyAt(1, 1), valueAt(index + 1)],
    ],
    keys: [],
  });
  return pruned.bottoms[0];
}

/** Four levels, all sixteen leaves present, one of them read; in the other half, the nodes of level three are bottom nodes. */
function openTwice(): { root: string; pruned: Pruned } {
  const entries = Array.from({ length: 16 }, (_, index) => [keyAt(index, 4), valueAt(index)]);
  const of = { id: "", about: "", depth: 4, entries, keys: [keyAt(0, 4)] };
  const { root, pruned } = prunedScenario(of);
  const quarter = (from: number): string => {
    const four = [0, 1, 2, 3].map((index) => [keyAt(index, 2), valueAt(from + index)]);
    return prunedScenario({ id: "", about: "", depth: 2, entries: four, keys: [] }).pruned.bottoms[0];
  };
  const last = pruned.bottoms.length - 1;
  const once = openBottom(pruned, last, [quarter(8), quarter(12)]);
  return { root, pruned: openBottom(once, last, [pairAt(8), pairAt(10)]) };
}

/** The parameters of each method besides encoding, root and proof. */
function methodsOf(shaped: Shaped, proof: string): Readonly<Record<string, JsonObject>> {
  const { root, key } = shaped;
  return {
    root: { proof },
    get: { root, proof, keys: [key] },
    cost: { root, proof },
    update: { root, proof, writes: [] },
    transact: { root, proof, steps: [{ get: key }, { root: true }] },
    merge: { root, proofs: [proof] },
    extract: { root, proof, keys: [key] },
    convert: { root, proof },
  };
}

function caseOf(encoding: EncodingName, shaped: Shaped, method: string, own: JsonObject, isStrict: boolean): Draft {
  const where = method === "convert" ? { from: encoding, to: encoding } : { encoding };
  const profile = isStrict ? { profile: "strict" as const } : {};
  const text = {
    id: `${shaped.id}-${method}${isStrict ? "-strict" : ""}`,
    about: `${method}: ${shaped.about}${isStrict ? "; in the strict profile" : ""}`,
    kind: "canonicality" as const,
    ...profile,
    flags: ["not-canonical"],
    call: `proof/${method}`,
    params: { backend: "sparse", ...where, ...optionsOf(shaped.depth, profile), ...own },
  };
  return isStrict && shaped.isCanonical !== true ? rejected(text, "non-canonical") : accepted(text);
}

/** Merges of two canonical and two other proofs of the same tree, and writes through a proof that is opened too far. */
function mixedCases(encoding: EncodingName): Draft[] {
  const [split] = shapes();
  const { root, depth } = split;
  const wide = encodePruned(split.pruned, encoding);
  const narrow = encodePruned(prunedScenario(honestScenario("three-levels-half-empty")).pruned, encoding);
  const text = { kind: "canonicality" as const, flags: ["not-canonical"] };
  const base = { backend: "sparse", encoding, ...optionsOf(depth) };
  const strict = { backend: "sparse", encoding, ...optionsOf(depth, { profile: "strict" }) };
  const other = prunedScenario({ ...honestScenario("three-levels-half-empty"), keys: [DEEP_KEY].slice(1) });
  return [
    accepted({
      ...text,
      id: "merge-wide-and-narrow",
      about: "merge: the same tree opened too far and not",
      call: "proof/merge",
      params: { ...base, root, proofs: [wide, narrow] },
    }),
    accepted({
      ...text,
      id: "merge-root-alone-and-wide",
      about: "merge: the root alone, and a tree opened too far",
      call: "proof/merge",
      params: { ...base, root, proofs: [encodePruned(other.pruned, encoding), wide] },
    }),
    rejected(
      {
        ...text,
        profile: "strict",
        id: "merge-second-wide-strict",
        about: "merge: the second proof opened too far, in the strict profile",
        call: "proof/merge",
        params: { ...strict, root, proofs: [narrow, wide] },
      },
      "non-canonical",
    ),
    accepted({
      ...text,
      id: "update-through-wide",
      about: "update: a leaf written beneath an empty subtree that is opened too far",
      call: "proof/update",
      params: { ...base, root, proof: wide, writes: [[keyAt(1, 3), valueAt(1)]] },
    }),
    rejected(
      {
        ...text,
        profile: "strict",
        id: "get-uncovered-strict",
        about: "get: a key that is not covered, of a tree opened too far, in the strict profile",
        call: "proof/get",
        params: { ...strict, root, proof: wide, keys: [keyAt(6, 3)] },
      },
      "non-canonical",
    ),
    rejected(
      {
        ...text,
        profile: "strict",
        id: "get-forged-strict",
        about: "get: a tree opened too far and forged, in the strict profile",
        call: "proof/get",
        params: {
          ...strict,
          root,
          proof: encodePruned(
            { ...split.pruned, bottoms: replaceAt(split.pruned.bottoms, split.pruned.bottoms.length - 1, valueAt(7)) },
            encoding,
          ),
          keys: [keyAt(1, 3)],
        },
      },
      "invalid-proof",
    ),
  ];
}

export function canonicalFiles(encoding: EncodingName): VectorFile[] {
  const cases = shapes().flatMap((shaped) => {
    const methods = Object.entries(methodsOf(shaped, encodePruned(shaped.pruned, encoding)));
    return methods.flatMap(([method, own]) => [
      // Canonical proofs are among the honest ones.
      ...(shaped.isCanonical === true ? [] : [caseOf(encoding, shaped, method, own, false)]),
      caseOf(encoding, shaped, method, own, true),
    ]);
  });
  const about = "Proofs opened further than they need be: right, but not canonical.";
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/sparse/${encoding}`,
        theme: "canonical-form",
        about,
        requirements: ["PROOF-SPARSE-004", "PROOF-SPARSE-029", "PROOF-SPARSE-030", "PROOF-SPARSE-031"],
      },
      [...cases, ...mixedCases(encoding)],
    ),
  ];
}
