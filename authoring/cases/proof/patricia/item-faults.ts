/** Proofs of correct nodes in faulty lists: an item is not a node of the trie, occurs twice, or is out of order. */
import type { Json } from "../../../../runners/lane.ts";
import { branch, leaf, trieOf } from "./nodes.ts";
import { type EncodingName, listsOf, type NodeList, writeLists } from "./proofs.ts";
import type { Digits } from "./rlp.ts";
import { prove, type Scenario, small, valueAt } from "./scenarios.ts";
import { mapped } from "./shapes.ts";

export interface ItemFault {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly encodings?: readonly EncodingName[];
  readonly keys: readonly string[];
  /** A write that the proof allows, alone and as a batch. */
  readonly write: readonly [string, string];
  readonly writes: readonly (readonly [string, string])[];
  readonly classes?: readonly string[];
  /** Methods whose result would need what the proof does not decide. */
  readonly undefinedIn?: readonly string[];
  read(encoding: EncodingName): { readonly root: string; readonly proof: Json };
}

/** A value in a branch, embedded and hashed leaves, and a second branch. */
const OF = mapped(
  "",
  "",
  { "12": valueAt(0), "1234": valueAt(1), "12a4": small(0), "7a01": valueAt(2), "7a91": valueAt(3) },
  ["1234", "7a91"],
);

/** The same subtree at two places: in pre-order its nodes are listed where the walk meets them first. */
const SHARED = mapped(
  "",
  "",
  { "10a0": valueAt(0), "10b1": valueAt(1), "60a0": valueAt(0), "60b1": valueAt(1), "8000": valueAt(2) },
  ["10a0", "60b1", "8000"],
);

type Edit = (lists: readonly NodeList[], encoding: EncodingName) => readonly NodeList[];

function fault(id: string, about: string, edit: Edit, more: Partial<ItemFault> = {}, of: Scenario = OF): ItemFault {
  const write = [of.keys[0], valueAt(9)] as const;
  return {
    id,
    about,
    flag: "not-canonical",
    keys: of.keys,
    write,
    writes: [write],
    ...more,
    read: (encoding) => {
      const { root, proof } = prove(of, encoding);
      return { root, proof: writeLists(encoding, edit(listsOf(encoding, proof), encoding)) };
    },
  };
}

/** Edits the last list, which is the only one except in `eip1186`. */
function ofLast(edit: (nodes: readonly Digits[]) => readonly Digits[]): Edit {
  return (lists) =>
    lists.map((list, index) => (index < lists.length - 1 ? list : { ...list, nodes: edit(list.nodes) }));
}

/** Adds an item where the order of the encoding puts it. */
function withItem(item: Digits): Edit {
  return (lists, encoding) =>
    ofLast((nodes) => (encoding === "witness" ? [...nodes, item].toSorted() : [...nodes, item]))(lists, encoding);
}

const foreign = trieOf(branch({ 1: leaf("2", valueAt(20).slice(2)), 3: leaf("4", valueAt(21).slice(2)) })).nodes[0];
const embeddedLeaf = leaf("4", small(0).slice(2)).rlp;
const [CLAIMS, LISTS] = [["eip1186"], ["witness", "preorder"]] as const;

export const ITEM_FAULTS: readonly ItemFault[] = [
  fault("foreign-node", "a node of another trie besides", withItem(foreign)),
  fault(
    "sibling-elsewhere",
    "a leaf that no node of the proof names besides",
    withItem(leaf("9999", valueAt(22).slice(2)).rlp),
  ),
  fault("embedded-node-besides", "an embedded leaf of the trie as an item besides", withItem(embeddedLeaf), {
    flag: "inline-or-hashed",
  }),
  fault("no-rlp", "an item besides that is no RLP", withItem("f9ffff00")),
  fault("no-node", "an item besides that is a list of three", withItem("c3050505")),
  fault("text", "an item besides that is a string", withItem("83646f67")),
  fault("empty-item", "an empty item besides", withItem("")),
  fault(
    "empty-string-item",
    "the RLP of the empty string besides, which the empty trie is hashed from",
    withItem("80"),
  ),
  fault("value-item", "an item besides that is one of the values", withItem(valueAt(1).slice(2))),
  fault(
    "first-twice",
    "the first node twice",
    ofLast((nodes) => [nodes[0], ...nodes]),
  ),
  fault(
    "last-twice",
    "the last node twice",
    ofLast((nodes) => [...nodes, nodes[nodes.length - 1]]),
  ),
  fault(
    "first-again-at-the-end",
    "the first node again at the end",
    ofLast((nodes) => [...nodes, nodes[0]]),
  ),
  fault(
    "all-twice",
    "all nodes, and all of them again",
    ofLast((nodes) => [...nodes, ...nodes]),
  ),
  fault("foreign-twice", "a node of another trie twice", (lists, encoding) =>
    withItem(foreign)(withItem(foreign)(lists, encoding), encoding),
  ),
  fault(
    "reversed",
    "the nodes in reverse order",
    ofLast((nodes) => nodes.toReversed()),
    { encodings: LISTS },
  ),
  fault(
    "reversed-path",
    "a path from the leaf up",
    ofLast((nodes) => nodes.toReversed()),
    { encodings: CLAIMS },
  ),
  fault(
    "first-two-swapped",
    "the first two nodes exchanged",
    ofLast(([first, second, ...rest]) => [second, first, ...rest]),
  ),
  fault(
    "last-two-swapped",
    "the last two nodes exchanged",
    ofLast((nodes) => [...nodes.slice(0, -2), nodes[nodes.length - 1], nodes[nodes.length - 2]]),
  ),
  fault("in-the-order-of-a-walk", "a set in the order of a walk", () => [{ nodes: preorderOf(OF) }], {
    encodings: ["witness"],
  }),
  fault(
    "in-ascending-order",
    "a walk in ascending order of bytes",
    ofLast((nodes) => nodes.toSorted()),
    { encodings: ["preorder"] },
  ),
  fault(
    "right-before-left",
    "a walk that takes the children in descending order",
    ofLast(([top, ...rest]) => [top, ...rest.slice(2), ...rest.slice(0, 2)]),
    {
      encodings: ["preorder"],
    },
  ),
  fault(
    "breadth-first",
    "nodes level by level",
    ofLast(([top, left, leftLeaf, right, ...rest]) => [top, left, right, leftLeaf, ...rest]),
    {
      encodings: ["preorder"],
    },
  ),
  fault(
    "shared-at-the-second-place",
    "the nodes of a subtree that stands twice, where they are met the second time",
    ofLast((nodes) => [nodes[0], ...nodes.slice(-1), ...nodes.slice(1, -1)]),
    { encodings: ["preorder"] },
    SHARED,
  ),
  fault(
    "shared-at-both-places",
    "the nodes of a subtree that stands twice, at both places",
    ofLast((nodes) => [...nodes.slice(0, -1), ...nodes.slice(1, -1), ...nodes.slice(-1)]),
    { encodings: ["preorder"] },
    SHARED,
  ),
  fault("descending-keys", "claims by descending key", (lists) => lists.toReversed(), { encodings: CLAIMS }),
  fault("repeated-key", "the same claim twice", ([first, ...rest]) => [first, first, ...rest], {
    encodings: CLAIMS,
    flag: "duplicate-or-nested-claims",
  }),
  fault(
    "repeated-key-apart",
    "the same claim twice, with another one in between",
    ([first, ...rest]) => [first, ...rest, first],
    {
      encodings: CLAIMS,
      flag: "duplicate-or-nested-claims",
    },
  ),
  fault(
    "repeated-key-without-nodes",
    "the same key twice, once with the nodes and once with the root node alone",
    ([first, ...rest]) => [first, { ...first, nodes: first.nodes.slice(0, 1) }, ...rest],
    {
      encodings: CLAIMS,
      flag: "duplicate-or-nested-claims",
      classes: ["non-canonical", "incomplete"],
    },
  ),
  fault(
    "nodes-of-the-other-key",
    "two claims with each other's nodes",
    ([first, second]) => [
      { ...first, nodes: second.nodes },
      { ...second, nodes: first.nodes },
    ],
    {
      encodings: CLAIMS,
    },
  ),
  fault(
    "nodes-of-both-keys",
    "two claims, both with the nodes of both",
    ([first, second]) =>
      [first, second].map((list) => ({ ...list, nodes: [...first.nodes, ...second.nodes.slice(1)] })),
    {
      encodings: CLAIMS,
    },
  ),
  fault(
    "all-nodes-in-one-list",
    "two claims, of which the first has all nodes and the second the root node alone",
    ([first, second]) => [
      { ...first, nodes: [...first.nodes, ...second.nodes.slice(1)] },
      { ...second, nodes: second.nodes.slice(0, 1) },
    ],
    {
      encodings: CLAIMS,
      classes: ["non-canonical", "incomplete"],
    },
  ),
  fault(
    "path-of-another-key",
    "a claim of a key with the nodes of another one, which is not claimed",
    ([first, second]) => [{ ...first, nodes: second.nodes }, second],
    {
      encodings: CLAIMS,
      keys: [OF.keys[1]],
      write: [OF.keys[1], valueAt(9)],
      writes: [],
      undefinedIn: ["merge", "update"],
      classes: ["non-canonical", "incomplete"],
    },
  ),
];

function preorderOf(scenario: Scenario): readonly Digits[] {
  return listsOf("preorder", prove(scenario, "preorder").proof).flatMap(({ nodes }) => nodes);
}
