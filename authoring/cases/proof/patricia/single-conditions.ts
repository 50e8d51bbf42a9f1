/** Cases that only one condition of a reader decides: a reader without it passes all other cases. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { accepted, type Draft, rejected, stated, vectorFile } from "../../kit/draft.ts";
import { branch, closed, extension, leaf, trieOf } from "./nodes.ts";
import { baseOf, type EncodingName, proofOf, writeLists } from "./proofs.ts";
import { hexPrefix, keccak, list, string } from "./rlp.ts";
import { EMPTY_ROOT, NAIVE, valueAt } from "./scenarios.ts";

const SOURCE = "authoring/cases/proof/patricia/single-conditions.ts";

const value = (index: number): string => valueAt(index).slice(2);

/** A byte string that holds the items of a leaf, and reads as a leaf if it is read as a list. */
function stringAsNode(encoding: EncodingName): Draft {
  const node = string(string(hexPrefix("1234", true)) + string(value(1)));
  const params = { ...baseOf(encoding), root: `0x${keccak(node)}`, proof: proofOf(encoding, [node], "0x1234") };
  return rejected(
    {
      id: "string-of-leaf-items",
      about: "a node that is a string of a leaf's two items",
      kind: "soundness",
      flags: ["not-a-node"],
      call: "proof/get",
      params: { ...params, keys: ["0x1234"] },
    },
    "malformed",
  );
}

/** A key that parts from an extension at its last nibble, while the branch below is not open. */
function partsBeforeClosedBranch(encoding: EncodingName): Draft {
  const below = branch({ 1: leaf("", value(2)), 2: leaf("", value(3)) });
  const { root, nodes } = trieOf(extension("123", closed(below)));
  const params = { ...baseOf(encoding), root, proof: proofOf(encoding, nodes, "0x1240") };
  return accepted({
    id: "delete-absent-at-last-nibble",
    about: "an absent key, which parts from an extension at its last nibble, is deleted; the branch below is not open",
    kind: "completeness",
    flags: ["delete-absent"],
    call: "proof/update",
    params: { ...params, writes: [["0x1240", null]] },
  });
}

/** Cases for the encodings that are one list. */
function listCases(encoding: "witness" | "preorder"): Draft[] {
  const top = leaf("1234", value(1));
  const { root, nodes } = trieOf(top);
  return [
    stated(
      {
        id: "item-of-one-byte",
        about: "the empty trie, and an item of one byte that stands for itself",
        kind: "completeness",
        flags: ["unclaimed-node"],
        call: "proof/get",
        params: { ...baseOf(encoding), root: EMPTY_ROOT, proof: `0x${list([string("05")])}`, keys: ["0x1234"] },
      },
      { values: [null] },
    ),
    rejected(
      {
        id: "list-among-items",
        about: "an item that is a list, beside the root node",
        kind: "soundness",
        flags: ["not-a-node"],
        call: "proof/get",
        params: {
          ...baseOf(encoding),
          root,
          proof: `0x${list([...nodes.map(string), list([])])}`,
          keys: ["0x1234"],
        },
      },
      "malformed",
    ),
  ];
}

function setRoot(): Draft {
  const { nodes } = trieOf(leaf("1234", value(1)));
  return rejected(
    {
      id: "root-of-set",
      about: "the root of a set with one node",
      kind: "soundness",
      flags: ["bad-request-form"],
      call: "proof/root",
      params: { ...baseOf("witness"), proof: proofOf("witness", nodes, "0x1234") },
    },
    "unsupported",
  );
}

/** Lists for keys: in the strict profile they are the paths, in the order of the keys. */
function claimCases(): Draft[] {
  const below = branch({ 1: leaf("", value(2)), 2: leaf("", value(3)) });
  const { root, nodes } = trieOf(extension("123", below));
  const strict = baseOf("eip1186", { profile: "strict" });
  const get = (id: string, about: string, lists: Parameters<typeof writeLists>[1], ...classes: string[]): Draft =>
    rejected(
      {
        id,
        about,
        kind: "canonicality",
        profile: "strict",
        flags: ["not-canonical"],
        call: "proof/get",
        params: { ...strict, root, proof: writeLists("eip1186", lists), keys: ["0x40"] },
      },
      ...classes,
    );
  const [top] = nodes;
  return [
    get(
      "equal-lists-unsorted",
      "two absent keys in descending order, whose lists are the same",
      [
        { key: "0x50", nodes: [top] },
        { key: "0x40", nodes: [top] },
      ],
      "non-canonical",
    ),
    get(
      "equal-lists-repeated",
      "the same absent key twice",
      [
        { key: "0x40", nodes: [top] },
        { key: "0x40", nodes: [top] },
      ],
      "non-canonical",
    ),
    get(
      "list-continued-elsewhere",
      "a list that ends before its key is decided, which the nodes of another list do",
      [
        { key: "0x1231", nodes: [top] },
        { key: "0x1232", nodes },
        { key: "0x40", nodes: [top] },
      ],
      "incomplete",
      "non-canonical",
    ),
  ];
}

export function singleConditionFiles(encoding: EncodingName): VectorFile[] {
  const cases = [
    stringAsNode(encoding),
    partsBeforeClosedBranch(encoding),
    ...(encoding === "eip1186" ? claimCases() : listCases(encoding)),
    ...(encoding === "witness" ? [setRoot()] : []),
  ];
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/patricia/${encoding}`,
        theme: "single-conditions",
        about: "What one condition of a reader decides alone.",
        requirements: [
          "PROOF-PATRICIA-003",
          "PROOF-PATRICIA-084",
          "PROOF-PATRICIA-086",
          ...(encoding === "eip1186"
            ? ["PROOF-PATRICIA-067", "PROOF-PATRICIA-069"]
            : ["PROOF-PATRICIA-002", "PROOF-PATRICIA-020", "PROOF-PATRICIA-047"]),
          ...(encoding === "witness" ? ["PROOF-PATRICIA-065"] : []),
        ],
      },
      cases,
    ),
  ];
}
