/** Generalized indices where machine integers and floating logarithms fail, and trees of the largest depth. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { littleEndian } from "../../kit/binary/broken.ts";
import { accepted, compressed, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { confirmersOf } from "./confirmers.ts";
import { type EncodingName, pathScenario, prove, type Scenario, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/edges.ts";

/** Below 63 bits: indices that fit a signed 64-bit integer, but neither 32 bits nor the mantissa of a double. */
const NARROW = [30, 31, 32, 33, 47, 48, 49, 50, 51, 52, 53, 54];
const WIDE = [63, 64, 65, 128, 259];

function around(k: number): Scenario[] {
  const power = 2n ** BigInt(k);
  const flavours: [string, string, bigint][] = [
    ["minus-1", `2^${k} − 1, the last node of its level`, power - 1n],
    ["exactly", `2^${k}, the first node of its level`, power],
    ["plus-1", `2^${k} + 1, the second node of its level`, power + 1n],
  ];
  return flavours.map(([name, about, gindex]) =>
    pathScenario(`2-to-${k}-${name}`, `gindex ${about}`, 1000 + k, gindex),
  );
}

function fits(encoding: EncodingName, { keys: [gindex] }: Scenario): boolean {
  return encoding !== "explicit" || BigInt(gindex) < 2n ** 128n;
}

function edgeCases(encoding: EncodingName, exponents: readonly number[], flag: string): Draft[] {
  return exponents.flatMap(around).flatMap((scenario): Draft[] => {
    const { id, about, entries, keys } = scenario;
    const base = { backend: "ssz", encoding };
    const text = { kind: "completeness" as const, flags: [flag] };
    const proveCase = {
      ...text,
      id: `${id}-prove`,
      about: `build a proof of ${about}`,
      call: "proof/prove",
      params: { ...base, entries, keys },
    };
    if (!fits(encoding, scenario)) return [rejected(proveCase, "limit-exceeded")];
    const { root, proof } = prove(scenario, encoding);
    const read = {
      ...text,
      id: `${id}-get`,
      about: `read ${about}`,
      call: "proof/get",
      params: { ...base, root, proof, keys },
    };
    return id.endsWith("minus-1") ? [accepted(proveCase), accepted(read)] : [accepted(read)];
  });
}

/** One-sided trees: every level has one helper, and a recursive reader needs one stack frame per level. */
function deepScenarios(encoding: EncodingName): Scenario[] {
  const depths = encoding === "explicit" ? [127] : [256, 1000, 1023];
  return depths.flatMap((depth) => [
    treeScenario(
      `left-${depth}`,
      `${depth} levels, always left`,
      { seed: 2000 + depth, count: depth + 1, shape: "left" },
      [2n ** BigInt(depth)],
    ),
    treeScenario(
      `right-${depth}`,
      `${depth} levels, always right`,
      { seed: 4000 + depth, count: depth + 1, shape: "right" },
      [2n ** BigInt(depth + 1) - 1n],
    ),
  ]);
}

function deepCases(encoding: EncodingName): Draft[] {
  return deepScenarios(encoding).flatMap((scenario) => {
    const { id, about, entries, keys } = scenario;
    const honest = prove(scenario, encoding);
    const { root } = honest;
    const proof = shorten(honest.proof, scenario);
    const base = { backend: "ssz", encoding };
    const text = { kind: "dos" as const, flags: ["deep-tree"] };
    const proving = {
      ...text,
      id: `${id}-prove`,
      about: `build a proof: ${about}`,
      call: "proof/prove",
      params: { ...base, entries, keys },
    };
    const drafts = [
      stated(proving, { root, proof }),
      accepted({
        ...text,
        id: `${id}-get`,
        about: `read the deepest node: ${about}`,
        call: "proof/get",
        params: { ...base, root, proof, keys },
      }),
      accepted({
        ...text,
        id: `${id}-cost`,
        about: `state the cost: ${about}`,
        call: "proof/cost",
        params: { ...base, root, proof },
      }),
    ];
    return drafts;
  });
}

/** The nodes of a deep proof are a random stream, forwards or backwards; a recipe states that in short. */
function shorten(proof: ReturnType<typeof prove>["proof"], { seed, entries, keys, id }: Scenario): typeof proof {
  const nodes = (entries as unknown as { tree: { count: number } }).tree.count;
  if (typeof proof === "string") return compressed(proof, seed, nodes);
  const helpers = id.startsWith("left")
    ? { seed, skip: 1, count: nodes - 1 }
    : { seed, count: nodes - 1, reverse: true };
  return { ...(proof as object), gindices: keys, helpers: { nodes: helpers } };
}

/** One level too many, which an encoding with indices of 128 bits cannot express. */
function beyondCases(encoding: EncodingName): Draft[] {
  if (encoding === "explicit") return [];
  const scenario = pathScenario("1025-bits", "a node 1024 levels below the root", 5000, 2n ** 1024n);
  const base = { backend: "ssz", encoding };
  return [
    rejected(
      {
        id: "1025-bits-prove",
        about: "build a proof of a node whose gindex has 1025 bits",
        kind: "dos",
        flags: ["deep-tree"],
        call: "proof/prove",
        params: { ...base, entries: scenario.entries, keys: scenario.keys },
      },
      "limit-exceeded",
      "invalid-argument",
    ),
  ];
}

/** Whole trees of the largest depth that a gindex can name and one level deeper, as bytes. */
function deepestBytes(encoding: EncodingName): Draft[] {
  if (encoding !== "compact" && encoding !== "offsets64" && encoding !== "offsets16") return [];
  const comb = (depth: number): Draft["params"] => {
    const shape = `${"01".repeat(depth)}1`;
    const bytes = shape.padEnd(8 * Math.ceil(shape.length / 8), "0").match(/.{8}/g) as string[];
    const head = {
      compact: `0x${bytes.map((bits) => Number.parseInt(bits, 2).toString(16).padStart(2, "0")).join("")}`,
      offsets64: `0x${littleEndian(depth + 1, 8)}${"0100000000000000".repeat(depth)}`,
      offsets16: `0x01${littleEndian(depth + 1, 2)}${"0100".repeat(depth)}`,
    }[encoding];
    return {
      backend: "ssz",
      encoding,
      proof: { concat: [head, { random: { seed: 5001, length: 32 * (depth + 1) } }] },
    };
  };
  const text = { kind: "dos" as const, flags: ["deep-tree"], call: "proof/root" };
  return [
    accepted({
      ...text,
      id: "1023-levels-root",
      about: "the root of a right comb with a bottom 1023 levels down, the deepest there is",
      params: comb(1023),
    }),
    rejected(
      {
        ...text,
        id: "1024-levels-root",
        about: "the root of a right comb with a bottom 1024 levels down",
        params: comb(1024),
      },
      "limit-exceeded",
      "malformed",
    ),
  ];
}

export function edgeFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/ssz/${encoding}`;
  return [
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite,
        theme: "edge-gindices",
        about:
          "Generalized indices around powers of two that fit 63 bits: 32-bit shifts, signed integers and floating logarithms go wrong here.",
        requirements: ["PROOF-SSZ-001"],
      },
      edgeCases(encoding, NARROW, "edge-gindex"),
    ),
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite,
        theme: "wide-gindices",
        about:
          "Generalized indices of 63 bits and more: those of real types (a list of 2^40 validators lies deeper than 40 levels) and of sheth's state (259 levels).",
        requirements: ["PROOF-SSZ-001"],
      },
      edgeCases(encoding, WIDE, "wide-gindex"),
    ),
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite,
        theme: "deep",
        about: "One-sided trees as deep as a generalized index can say, and one level deeper.",
        requirements: [
          "PROOF-GEN-008",
          ...(encoding === "explicit" ? [] : ["PROOF-GEN-017"]),
          "PROOF-GEN-019",
          "PROOF-SSZ-001",
          ...(encoding === "explicit" ? [] : ["PROOF-SSZ-108"]),
        ],
      },
      [...deepCases(encoding), ...beyondCases(encoding), ...deepestBytes(encoding)],
    ),
  ];
}
