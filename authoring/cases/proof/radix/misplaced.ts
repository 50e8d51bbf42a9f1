/**
 * Nodes whose keys contradict their paths. The roots match the proofs, so a verifier that checks only hashes accepts them and
 * returns the values of other keys.
 */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { replaceAt } from "../../kit/binary/pruned.ts";
import { type Broken, brokenDrafts, brokenFile } from "./broken.ts";
import {
  bitsOf,
  type Digits,
  flip,
  hashOf,
  internalNode,
  joinKmm,
  kmmOf,
  leafNode,
  leafTerminal,
  nodesProof,
  pack,
} from "./proofs.ts";
import { EMPTY, type EncodingName, prove, type Scenario, scenario, valueAt } from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/misplaced.ts";

const VALUE = valueAt(0).slice(2);
const OTHER = valueAt(1).slice(2);
/** A subtree that is not open. */
const HASH = valueAt(2).slice(2);

/** A tree written node by node in both encodings. */
interface Made {
  readonly root: string;
  readonly kmm: string;
  readonly nodes: string;
}

/** An internal node with a leaf on one side and a subtree that is not open on the other. */
function oneLeaf(prefix: string, side: 0 | 1, key: Digits): Made {
  const leaf = leafNode(key, VALUE);
  const [left, right] = side === 0 ? [hashOf(leaf), HASH] : [HASH, hashOf(leaf)];
  const top = internalNode(prefix, left, right);
  return {
    root: `0x${hashOf(top)}`,
    kmm: joinKmm({
      labels: side === 0 ? "1100" : "1010",
      lengths: [prefix.length],
      terminals: [leafTerminal(key, VALUE)],
      hashes: [HASH],
    }),
    nodes: nodesProof([top, leaf]),
  };
}

/** An internal node with a leaf on both sides. */
function twoLeaves(prefix: string, left: Digits, right: Digits): Made {
  const nodes = [leafNode(left, VALUE), leafNode(right, OTHER)];
  const top = internalNode(prefix, hashOf(nodes[0]), hashOf(nodes[1]));
  return {
    root: `0x${hashOf(top)}`,
    kmm: joinKmm({
      labels: "11100",
      lengths: [prefix.length],
      terminals: [leafTerminal(left, VALUE), leafTerminal(right, OTHER)],
      hashes: [],
    }),
    nodes: nodesProof([top, ...nodes]),
  };
}

interface Misplaced {
  readonly id: string;
  readonly about: string;
  readonly made: Made;
  readonly key: Digits;
  /** Whether `kmm` cannot represent it, because a prefix is taken from the first key below. */
  readonly onlyNodes?: boolean;
}

const MISPLACED: readonly Misplaced[] = [
  {
    id: "right-leaf-left",
    about: "a leaf left of its parent whose key belongs on the right",
    made: oneLeaf("", 0, "90"),
    key: "90",
  },
  {
    id: "left-leaf-right",
    about: "a leaf right of its parent whose key belongs on the left",
    made: oneLeaf("", 1, "10"),
    key: "10",
  },
  {
    id: "left-leaf-right-below-prefix",
    about: "the same below a prefix",
    made: oneLeaf("000100", 1, "11"),
    key: "11",
  },
  { id: "swapped", about: "two leaves, each in the place of the other", made: twoLeaves("", "90", "10"), key: "10" },
  { id: "same-side", about: "two leaves that both belong on the left", made: twoLeaves("", "10", "13"), key: "13" },
  { id: "same-key", about: "one key on both sides, with two values", made: twoLeaves("", "10", "10"), key: "10" },
  {
    id: "same-key-below-prefix",
    about: "one key on both sides of a node with a prefix",
    made: twoLeaves("0001000", "10", "10"),
    key: "10",
  },
  {
    id: "other-prefix",
    about: "a leaf whose key parts from the prefix above it",
    made: oneLeaf("010100", 0, "10"),
    key: "10",
    onlyNodes: true,
  },
  {
    id: "other-prefix-last-bit",
    about: "a leaf whose key parts from the prefix above it at its last bit",
    made: oneLeaf("0001001", 0, "10"),
    key: "10",
    onlyNodes: true,
  },
  {
    id: "second-leaf-other-prefix",
    about: "a right leaf whose key parts from the prefix above both",
    made: twoLeaves("000100", "10", "53"),
    key: "53",
  },
  {
    id: "key-ends-in-prefix",
    about: "a leaf whose key ends within the prefix above it",
    made: oneLeaf("0001000000", 0, "10"),
    key: "10",
  },
  {
    id: "key-ends-at-branching-bit",
    about: "a leaf whose key ends just before the branching bit above it",
    made: oneLeaf("00010000", 0, "10"),
    key: "10",
  },
  {
    id: "key-ends-at-branching-bit-right",
    about: "the same on the right, the other leaf being longer",
    made: twoLeaves("00010000", "1000", "10"),
    key: "10",
  },
];

/** Nodes that are correct except for a limit of the format. */
function impossible(): Misplaced[] {
  const leaf = (key: Digits): Made => ({
    root: `0x${hashOf(leafNode(key, VALUE))}`,
    kmm: joinKmm({ labels: "0", lengths: [], terminals: [leafTerminal(key, VALUE)], hashes: [] }),
    nodes: nodesProof([leafNode(key, VALUE)]),
  });
  const zero = EMPTY.slice(2);
  const top = (left: Digits, right: Digits): Made => {
    const node = internalNode("", left, right);
    return {
      root: `0x${hashOf(node)}`,
      kmm: joinKmm({ labels: "100", lengths: [0], terminals: [""], hashes: [left, right] }),
      nodes: nodesProof([node]),
    };
  };
  return [
    { id: "key-of-no-byte", about: "a leaf with a key of no byte", made: leaf(""), key: "00" },
    { id: "key-of-8193-bytes", about: "a leaf with a key of 8193 bytes", made: leaf("ab".repeat(8193)), key: "ab" },
    { id: "zero-left", about: "a node over the root of the empty tree, on the left", made: top(zero, HASH), key: "90" },
    {
      id: "zero-right",
      about: "a node over the root of the empty tree, on the right",
      made: top(HASH, zero),
      key: "10",
    },
    { id: "branch-beyond-the-last-bit", about: "a node that branches at bit 65 536", made: beyond(1), key: "00" },
    {
      id: "branch-far-beyond-the-last-bit",
      about: "two nodes with prefixes of 65 535 bits each",
      made: beyond(65_535),
      key: "00",
    },
  ];
}

/** Two internal nodes of zeros, the lower one with a prefix of `length` bits below one that branches at bit 65 534. */
function beyond(length: number): Made {
  const above = length === 1 ? 65_534 : 65_535;
  const lower = internalNode("0".repeat(length), HASH, OTHER);
  const upper = internalNode("0".repeat(above), hashOf(lower), HASH);
  return {
    root: `0x${hashOf(upper)}`,
    kmm: joinKmm({
      labels: "110100",
      lengths: [above, length],
      terminals: [pack("0".repeat(above + 1 + length))],
      hashes: [HASH, OTHER, HASH],
    }),
    nodes: nodesProof([upper, lower]),
  };
}

function misplacedCases(encoding: EncodingName): Broken[] {
  return [...MISPLACED, ...impossible()].flatMap(({ id, about, made, key, onlyNodes }): Broken[] => {
    if (onlyNodes === true && encoding === "kmm") return [];
    return [{ id, about, flag: "misplaced-node", proof: made[encoding], root: made.root, keys: [`0x${key}`] }];
  });
}

/**
 * Terminals of `kmm` that contradict each other without changing a hash: no hash covers the path of a closed-off node, and a
 * prefix is read from any one of the terminals below.
 */
function disagreeing(): Broken[] {
  const keys = ["a000", "a010", "a018", "a0c0", "a0e8", "a0ec"];
  const of = (id: string, about: string, asked: readonly string[]): Scenario => scenario(id, about, keys, asked);
  // Bits 0 to 7 are the root's prefix; it branches at bit 8.
  const subjects = [
    of("closed-off-twice", "a node that is closed off on each side", ["a004", "a080"]),
    of("leaf-and-closed-off", "a leaf on the left, a node that is closed off on the right", ["a000", "a080"]),
    of("closed-off-and-leaf", "a node that is closed off on the left, a leaf on the right", ["a004", "a0c0"]),
  ];
  return subjects.flatMap(({ id, about, entries, keys: asked }): Broken[] => {
    const { root, proof } = prove({ id, about, entries, keys: asked }, "kmm");
    const kmm = kmmOf(proof);
    return kmm.terminals.flatMap((terminal, at): Broken[] => {
      // The hash of a leaf covers its key.
      if (terminal.length >= 64) return [];
      return [...bitsOf(terminal).slice(0, 9)].map(
        (_, bit): Broken => ({
          id: `${id}-terminal-${at}-bit-${bit}`,
          about: `${about}; bit ${bit} of terminal ${at} inverted, ${bit === 8 ? "which says on which side it lies" : "a bit of the prefix above both"}`,
          flag: "disagreeing-terminals",
          proof: joinKmm({ ...kmm, terminals: replaceAt(kmm.terminals, at, flip(terminal, bit)) }),
          root,
          keys: asked,
        }),
      );
    });
  });
}

/** The same for the branching bit of a node with only one open child. */
function alone(): Broken[] {
  const { root, proof } = prove(scenario("", "", ["00", "20", "60", "a0", "e0"], ["40"]), "kmm");
  const kmm = kmmOf(proof);
  const [path] = kmm.terminals;
  const bits = kmm.lengths.reduce((sum, length) => sum + length, kmm.lengths.length - 1);
  return Array.from(
    { length: bits },
    (_, bit): Broken => ({
      id: `only-terminal-bit-${bit}`,
      about: `the path of the only terminal, bit ${bit} inverted: the branching bit of the node above`,
      flag: "disagreeing-terminals",
      proof: joinKmm({ ...kmm, terminals: [flip(path, bit)] }),
      root,
      keys: ["0x40"],
    }),
  );
}

export function misplacedFiles(encoding: EncodingName): VectorFile[] {
  const honest = { root: EMPTY, keys: [] };
  const file = (theme: string, about: string, requirements: readonly string[], broken: readonly Broken[]) =>
    brokenFile(SOURCE, encoding, theme, about, requirements, brokenDrafts(encoding, honest, broken, true));
  return [
    file(
      "misplaced",
      "Nodes that cannot be where they are, under the root that follows.",
      [
        "PROOF-RADIX-006",
        "PROOF-RADIX-050",
        "PROOF-RADIX-051",
        "PROOF-RADIX-053",
        ...(encoding === "kmm" ? ["PROOF-RADIX-011", "PROOF-RADIX-060", "PROOF-RADIX-061", "PROOF-RADIX-073"] : []),
      ],
      misplacedCases(encoding),
    ),
    ...(encoding === "nodes"
      ? []
      : [
          file(
            "disagreeing-terminals",
            "Terminals that contradict each other, or the side on which they lie, where no hash shows it.",
            ["PROOF-RADIX-011", "PROOF-RADIX-060"],
            [...disagreeing(), ...alone()],
          ),
        ]),
  ];
}
