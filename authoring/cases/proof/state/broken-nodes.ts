/** Items that are not nodes, and nodes that are not canonical, in both tries of a state. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { NODE_FAULTS, type NodeFault, RLP_FAULTS } from "../patricia/faults.ts";
import { branch, embedded, extension, hashed, leaf, type Made, made } from "../patricia/nodes.ts";
import {
  byteLength,
  type Digits,
  head,
  hexPrefix,
  keccak,
  LIST,
  longHead,
  type Nibbles,
  rawPrefix,
  string,
} from "../patricia/rlp.ts";
import { casesOf } from "./canonical/cases.ts";
import { OWN_KEYS, stateOfOneSlot, type Where } from "./one-slot.ts";
import { answeredRead, type EncodingName, NAIVE, refusedRead, type Witness } from "./scenarios.ts";
import { ALICE, ALONE, addressAt, EMPTY_ROOT, slotAt } from "./world.ts";

const SOURCE = "authoring/cases/proof/state/broken-nodes.ts";

const PLACES: readonly Where[] = ["account", "storage"];

/** Another first nibble. */
const beside = (path: Nibbles): Nibbles => (path[0] === "0" ? "1" : "0");

/** A key whose path leads only to the faulty node. */
const KEY_BESIDE: Readonly<Record<Where, string>> = {
  account: addressAt(beside(keccak(ALICE.slice(2)))),
  storage: ALICE + slotAt(beside(keccak(ALONE))),
};

function faults(encoding: EncodingName, all: readonly NodeFault[]): Draft[] {
  return all.flatMap(({ id, about, flag, node }) =>
    PLACES.flatMap((where) => {
      const { root, proof } = stateOfOneSlot(encoding, where, (path, value) =>
        branch({
          [path[0]]: leaf(path.slice(1), value),
          [beside(path)]: hashed({ rlp: node, below: [] }),
        }),
      );
      const text = { id: `${id}-in-${where}`, about: `${about}, in the ${where} trie`, flag };
      return [
        refusedRead(text, encoding, { root, proof, keys: [KEY_BESIDE[where]] }, "malformed"),
        refusedRead({ ...text, isStrict: true }, encoding, { root, proof, keys: OWN_KEYS }, "malformed"),
      ];
    }),
  );
}

/** Leaves with correct items, so that only the RLP around the items can be rejected. */
function leaves(encoding: EncodingName): Draft[] {
  const payload = (path: Nibbles, value: Digits): Digits => string(hexPrefix(path, true)) + string(value);
  const wrapped = [
    {
      id: "leaf-in-string",
      about: "the items of a leaf in a string instead of a list",
      flag: "not-a-node",
      wrap: string,
    },
    {
      id: "leaf-length-2-to-32",
      about: "a leaf whose length is 2^32 more",
      flag: "lying-count",
      wrap: (items: Digits) => longHead(LIST, 2n ** 32n + BigInt(byteLength(items)), 5) + items,
    },
    {
      id: "leaf-and-a-byte",
      about: "a leaf, and a byte after it",
      flag: "trailing-bytes",
      wrap: (items: Digits) => `${head(LIST, byteLength(items))}${items}00`,
    },
  ];
  return wrapped.flatMap(({ id, about, flag, wrap }) =>
    PLACES.flatMap((where) => {
      const of = (path: Nibbles, value: Digits): Made => ({ rlp: wrap(payload(path, value)), below: [] });
      const own = { ...stateOfOneSlot(encoding, where, of), keys: OWN_KEYS };
      return [false, true].map((isStrict) =>
        refusedRead(
          { id: `${id}-in-${where}`, about: `${about}, in the ${where} trie`, flag, isStrict },
          encoding,
          own,
          "malformed",
        ),
      );
    }),
  );
}

interface Form {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  of(path: Nibbles, value: Digits): Made;
}

/** A branch with the value at its path and in a leaf beside it. */
const fork = (path: Nibbles, value: Digits): Made =>
  branch({ [path[0]]: leaf(path.slice(1), value), [beside(path)]: leaf("", value) });

const FORMS: readonly Form[] = [
  {
    id: "extension-flag",
    about: "an extension with a flag above 3",
    flag: "hex-prefix-alias",
    of: (path, value) => {
      const below = hashed(fork(path.slice(1), value));
      return made([string(rawPrefix(5, "", path[0])), below.stands], [below]);
    },
  },
  {
    id: "extension-of-nothing",
    about: "an extension of no nibbles",
    flag: "not-canonical-node",
    of: (path, value) => extension("", fork(path, value)),
  },
  {
    id: "extension-above-leaf",
    about: "an extension above a leaf",
    flag: "not-canonical-node",
    of: (path, value) => extension(path[0], leaf(path.slice(1), value)),
  },
  {
    id: "extension-above-extension",
    about: "an extension above an extension",
    flag: "not-canonical-node",
    of: (path, value) => extension(path[0], extension(path[1], fork(path.slice(2), value))),
  },
  {
    id: "embedded-long",
    about: "a leaf of more than 32 bytes inside its parent",
    flag: "inline-or-hashed",
    of: (path, value) => branch({ [path[0]]: embedded(leaf(path.slice(1), value)), [beside(path)]: leaf("", value) }),
  },
];

/** Nodes small enough to be embedded in a branch of a storage trie. */
const EMBEDDED_FORMS: readonly Form[] = [
  [
    "embedded-32",
    "a leaf of 32 bytes inside its parent",
    "inline-or-hashed",
    embedded(leaf("", string("11".repeat(28)))),
  ] as const,
  [
    "embedded-padding",
    "a leaf inside its parent with padding that is not zero",
    "hex-prefix-alias",
    embedded(made([string(rawPrefix(2, "5", "")), "07"])),
  ] as const,
].map(([id, about, flag, child]) => ({
  id,
  about,
  flag,
  of: (path, value) => branch({ [path[0]]: leaf(path.slice(1), value), [beside(path)]: child }),
}));

function forms(encoding: EncodingName): Draft[] {
  return PLACES.flatMap((where) =>
    [...FORMS, ...(where === "storage" ? EMBEDDED_FORMS : [])].flatMap(({ id, about, flag, of }) => {
      const { root, proof } = stateOfOneSlot(encoding, where, of);
      const other = { id: `${id}-in-${where}`, about: `${about}, in the ${where} trie`, proof, flag };
      return casesOf({ encoding, root, keys: OWN_KEYS, isWritable: false }, other);
    }),
  );
}

/** A word of 31 bytes whose RLP has 32 bytes and equals the hash of a node of the proof. */
function wordLikeNode(encoding: EncodingName): Draft[] {
  let node: Digits;
  let number = 0;
  do node = leaf("5", string((++number).toString(16).padStart(8, "0"))).rlp;
  while (!/^9f(?!00)/.test(keccak(node)));
  const of = (path: Nibbles, value: Digits): Made => ({ ...leaf(path, value), below: [node] });
  const own = stateOfOneSlot(encoding, "storage", of, keccak(node), `0x${keccak(node).slice(2)}`);
  const text = {
    id: "word-like-node",
    about: "a word that reads, with its length, as the hash of a node of the proof",
    flag: "value-as-node",
  };
  return [answeredRead(text, encoding, { ...own, keys: [ALICE + ALONE] })];
}

function nodesOfNothing(): Draft[] {
  const proof: Witness = { state: ["0xc20102"], codes: [], headers: [] };
  const own = { root: EMPTY_ROOT, proof, keys: [ALICE, ALICE + ALONE] };
  return [
    answeredRead(
      { id: "node-of-empty-state", about: "a node, under the root of the empty trie", flag: "empty-tree" },
      "witness",
      own,
    ),
  ];
}

export function brokenNodeFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/state/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "not-rlp",
      "Nodes that are not RLP, in either trie.",
      ["PROOF-STATE-059"],
      [...faults(encoding, RLP_FAULTS), ...leaves(encoding)],
    ),
    file(
      "no-nodes",
      "RLP that is no node, in either trie.",
      ["PROOF-STATE-059", ...(encoding === "witness" ? ["PROOF-STATE-060"] : [])],
      [
        ...faults(encoding, NODE_FAULTS),
        ...wordLikeNode(encoding),
        ...(encoding === "witness" ? nodesOfNothing() : []),
      ],
    ),
    file(
      "node-shapes",
      "Extensions and embedded nodes that a trie does not have.",
      ["PROOF-STATE-010", "PROOF-STATE-011"],
      forms(encoding),
    ),
  ];
}
