/** Malformed `explicit` bytes: indices that are not the bottom nodes of a tree, in a wrong order or with a wrong count. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Broken, brokenCases, lengthFaults, littleEndian } from "../../kit/binary/broken.ts";
import { hashPair, randomNode, replaceAt } from "../../kit/binary/pruned.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { prove, subjectOf } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/explicit.ts";

interface Placed {
  readonly gindex: bigint;
  readonly node: string;
}

function join(placed: readonly Placed[], count: bigint = BigInt(placed.length)): string {
  const gindices = placed.map(({ gindex }) => littleEndian(gindex, 16)).join("");
  return `0x${littleEndian(count, 4)}${gindices}${placed.map(({ node }) => node.slice(2)).join("")}`;
}

const scenario = honestScenario("eight-leaves-apart");

/** The bottom nodes of the honest proof: 5, 7, 8, 9, 12, 13. */
function honestBottoms(): Placed[] {
  const digits = (prove(scenario, "explicit").proof as string).slice(2);
  const count = 6;
  return Array.from({ length: count }, (_, i) => {
    const bytes = digits.slice(8 + 32 * i, 8 + 32 * (i + 1)).match(/../g) as string[];
    const at = 8 + 32 * count + 64 * i;
    return { gindex: BigInt(`0x${bytes.reverse().join("")}`), node: `0x${digits.slice(at, at + 64)}` };
  });
}

function indexFaults(placed: readonly Placed[]): Broken[] {
  const move = (id: string, about: string, at: number, gindex: bigint, flag = "indices-not-a-tree"): Broken => ({
    id,
    about,
    flag,
    proof: join(sorted(replaceAt(placed, at, { ...placed[at], gindex }))),
  });
  const shift = (bits: number): Broken =>
    move(
      `alias-${bits}-bits`,
      `claim 8 as 8 + 2^${bits}: the same node where indices are cut to ${bits} bits`,
      2,
      8n + 2n ** BigInt(bits),
      "index-alias",
    );
  return [
    move("index-0", "an index of 0 instead of 5", 0, 0n, "bad-gindex"),
    move("gap", "14 instead of 7: its sibling 15 is missing", 1, 14n),
    move("other-side", "11 instead of 5", 0, 11n),
    move("below-a-bottom", "18, below 9, instead of 8", 2, 18n),
    move("largest", "2^128 − 1 instead of 13", 5, 2n ** 128n - 1n),
    ...[4, 31, 32, 53, 63, 64, 127].map(shift),
  ];
}

const sorted = (placed: readonly Placed[]): Placed[] => [...placed].sort((a, b) => (a.gindex < b.gindex ? -1 : 1));

function listFaults(placed: readonly Placed[]): Broken[] {
  const [five, seven, eight, nine, twelve, thirteen] = placed;
  const made = { gindex: 8n, node: randomNode(71) };
  const parent = { gindex: 4n, node: hashPair(eight.node, nine.node) };
  const forgedParent = { gindex: 4n, node: randomNode(71, 1) };
  const broken = (id: string, about: string, flag: string, list: readonly Placed[], count?: bigint): Broken => ({
    id,
    about,
    flag,
    proof: join(list, count),
  });
  return [
    broken("no-bottoms", "a count of 0 and nothing else", "lying-count", []),
    broken("count-zero", "a count of 0 before six bottoms", "lying-count", placed, 0n),
    broken("count-one-more", "a count of 7 before six bottoms", "lying-count", placed, 7n),
    broken("count-one-less", "a count of 5 before six bottoms", "lying-count", placed, 5n),
    broken("count-largest", "a count of 2^32 − 1", "lying-count", placed, 2n ** 32n - 1n),
    broken(
      "count-wraps",
      "a count 2^28 too high: its byte length (48 each) is equal modulo 2^32",
      "lying-count",
      placed,
      6n + 2n ** 28n,
    ),
    broken("descending", "the indices in descending order", "indices-unsorted", [...placed].reverse()),
    broken("tree-order", "the bottoms from left to right, not by index", "indices-unsorted", [
      eight,
      nine,
      five,
      twelve,
      thirteen,
      seven,
    ]),
    broken("two-exchanged", "the first two exchanged", "indices-unsorted", [
      seven,
      five,
      eight,
      nine,
      twelve,
      thirteen,
    ]),
    broken("last-two-exchanged", "the last two exchanged", "indices-unsorted", [
      five,
      seven,
      eight,
      nine,
      thirteen,
      twelve,
    ]),
    broken(
      "repeated-same",
      "index 8 twice with the same node",
      "duplicate-or-nested-claims",
      sorted([...placed, eight]),
    ),
    broken("repeated-forged-first", "index 8 twice, a forged node first", "duplicate-or-nested-claims", [
      five,
      seven,
      made,
      eight,
      nine,
      twelve,
      thirteen,
    ]),
    broken("repeated-forged-last", "index 8 twice, a forged node last", "duplicate-or-nested-claims", [
      five,
      seven,
      eight,
      made,
      nine,
      twelve,
      thirteen,
    ]),
    broken("forged-below-its-parent", "4 is true; 8 and 9 beneath it, 8 forged", "duplicate-or-nested-claims", [
      parent,
      five,
      seven,
      made,
      nine,
      twelve,
      thirteen,
    ]),
    broken("true-below-a-forged-parent", "8 and 9 are true; 4 above them is forged", "duplicate-or-nested-claims", [
      forgedParent,
      ...placed,
    ]),
    broken("one-below-its-parent", "4 and one of its children, which is forged", "duplicate-or-nested-claims", [
      parent,
      five,
      seven,
      made,
      twelve,
      thirteen,
    ]),
    broken("root-above-all", "the root besides the bottoms", "duplicate-or-nested-claims", [
      { gindex: 1n, node: randomNode(71, 2) },
      ...placed,
    ]),
    broken("first-missing", "index 5 left out", "indices-not-a-tree", placed.slice(1)),
    broken("last-missing", "index 13 left out", "indices-not-a-tree", placed.slice(0, -1)),
    broken("sibling-missing", "index 9 left out", "indices-not-a-tree", [five, seven, eight, twelve, thirteen]),
    broken("right-half-missing", "nothing below 3", "indices-not-a-tree", [five, eight, nine]),
    broken("surplus", "a bottom beyond the tree: 1 + 2^20", "indices-not-a-tree", [
      ...placed,
      { gindex: 2n ** 20n + 1n, node: randomNode(71) },
    ]),
  ];
}

export function explicitFiles(): VectorFile[] {
  const proof = prove(scenario, "explicit").proof as string;
  const placed = honestBottoms();
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: "proof/ssz/explicit", theme, about, requirements }, cases);
  return [
    file(
      "malformed",
      "Explicit proofs cut short and made longer.",
      ["PROOF-SSZ-068", "PROOF-GEN-006"],
      brokenCases(subjectOf("explicit", scenario), lengthFaults(proof, 4 + 16 * 6)),
    ),
    file(
      "indices",
      "Indices that are not exactly the bottoms of one tree, in ascending order.",
      ["PROOF-SSZ-030", "PROOF-SSZ-031", "PROOF-SSZ-068", "PROOF-SSZ-069", "PROOF-SSZ-070", "PROOF-SSZ-032"],
      brokenCases(subjectOf("explicit", scenario), [...indexFaults(placed), ...listFaults(placed)]),
    ),
  ];
}
