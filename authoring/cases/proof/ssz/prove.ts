/** Unusual entries and keys of `prove`. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json } from "../../../../runners/lane.ts";
import { quantity, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { confirmersOf } from "./confirmers.ts";
import type { EncodingName } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/prove.ts";

const node = (index: number): string => randomNode(41, index);

/** Bottom nodes 4, 5, 6, 7. */
const four: Json = [4, 5, 6, 7].map((gindex, i) => [quantity(gindex), node(i)]);
/** Bottom nodes 4, 10, 11, 3. */
const uneven: Json = [4, 10, 11, 3].map((gindex, i) => [quantity(gindex), node(i)]);

interface Request {
  readonly id: string;
  readonly about: string;
  readonly entries: Json;
  readonly keys: readonly string[];
  readonly flag: string;
}

const LEGAL: readonly Request[] = [
  {
    id: "keys-unsorted",
    about: "keys in no order give the proof of the set",
    entries: four,
    keys: ["0x7", "0x4"],
    flag: "keys-are-a-set",
  },
  {
    id: "keys-repeated",
    about: "a repeated key adds nothing",
    entries: four,
    keys: ["0x5", "0x5"],
    flag: "keys-are-a-set",
  },
  {
    id: "entries-unsorted",
    about: "entries in no order",
    entries: [(four as Json[])[2], (four as Json[])[0], (four as Json[])[3], (four as Json[])[1]],
    keys: ["0x5"],
    flag: "entries-are-a-map",
  },
  {
    id: "entries-reversed",
    about: "entries from right to left, at uneven depths",
    entries: [...(uneven as Json[])].reverse(),
    keys: ["0xb"],
    flag: "entries-are-a-map",
  },
  {
    id: "entry-repeated-other-value",
    about: "the last entry of a gindex counts",
    entries: [["0x5", node(9)], ...(four as Json[])],
    keys: ["0x5"],
    flag: "entries-are-a-map",
  },
  {
    id: "entry-repeated-last",
    about: "the last entry of a gindex counts, also at the end",
    entries: [...(four as Json[]), ["0x4", node(9)]],
    keys: ["0x4"],
    flag: "entries-are-a-map",
  },
  {
    id: "entry-repeated-unclaimed",
    about: "the last entry counts where it is only hashed",
    entries: [...(four as Json[]), ["0x7", node(9)]],
    keys: ["0x4"],
    flag: "entries-are-a-map",
  },
  { id: "inner-key", about: "an inner node as the only claim", entries: four, keys: ["0x2"], flag: "inner-claims" },
  {
    id: "inner-keys-both",
    about: "two inner nodes claimed: no helper",
    entries: four,
    keys: ["0x2", "0x3"],
    flag: "inner-claims",
  },
  { id: "root-key", about: "the root claimed", entries: four, keys: ["0x1"], flag: "inner-claims" },
  {
    id: "inner-key-of-uneven",
    about: "an inner node above uneven leaves",
    entries: uneven,
    keys: ["0x5"],
    flag: "inner-claims",
  },
];

/** Legal in encodings that do not name claims: the upper key is opened for the deeper one. */
const NESTED: readonly Request[] = [
  { id: "leaf-and-parent", about: "a leaf and its parent", entries: four, keys: ["0x4", "0x2"], flag: "nested-keys" },
  { id: "parent-first", about: "the parent first", entries: four, keys: ["0x2", "0x5"], flag: "nested-keys" },
  { id: "leaf-and-root", about: "a leaf and the root", entries: four, keys: ["0x1", "0x6"], flag: "nested-keys" },
  {
    id: "three-levels",
    about: "a node, its parent and its grandparent",
    entries: uneven,
    keys: ["0xa", "0x5", "0x2"],
    flag: "nested-keys",
  },
  {
    id: "nested-and-apart",
    about: "nested keys on the left, a leaf on the right",
    entries: four,
    keys: ["0x2", "0x4", "0x7"],
    flag: "nested-keys",
  },
  {
    id: "nested-not-neighbours",
    about: "a node and a leaf beneath it, a key of the other half between them in the order of the indices",
    entries: four,
    keys: ["0x2", "0x3", "0x4"],
    flag: "nested-keys",
  },
  {
    id: "nested-on-the-right",
    about: "a leaf on the left, nested keys on the right",
    entries: four,
    keys: ["0x4", "0x3", "0x7"],
    flag: "nested-keys",
  },
];

const NO_KEYS: Request = {
  id: "no-keys",
  about: "no key: the root alone",
  entries: four,
  keys: [],
  flag: "keys-are-a-set",
};

interface Refused extends Request {
  readonly classes: readonly string[];
}

const without = (index: number): Json => (four as Json[]).filter((_, i) => i !== index);

const REFUSED: readonly Refused[] = [
  {
    id: "nested-entries-parent",
    about: "an entry for a node and one for its parent",
    entries: [...(four as Json[]), ["0x2", node(8)]],
    keys: ["0x4"],
    flag: "entries-nested",
    classes: ["invalid-argument"],
  },
  {
    id: "nested-entries-root",
    about: "an entry for the root besides a whole tree",
    entries: [["0x1", node(8)], ...(four as Json[])],
    keys: ["0x4"],
    flag: "entries-nested",
    classes: ["invalid-argument"],
  },
  {
    id: "nested-entries-child",
    about: "an entry for a child of a leaf",
    entries: [...(four as Json[]), ["0xf", node(8)]],
    keys: ["0x4"],
    flag: "entries-nested",
    classes: ["invalid-argument"],
  },
  {
    id: "nested-entries-far",
    about: "an entry five levels below a leaf",
    entries: [...(four as Json[]), [quantity(6 * 32), node(8)]],
    keys: ["0x4"],
    flag: "entries-nested",
    classes: ["invalid-argument"],
  },
  {
    id: "gap-first",
    about: "the first leaf is missing",
    entries: without(0),
    keys: ["0x6"],
    flag: "entries-gap",
    classes: ["incomplete"],
  },
  {
    id: "gap-middle",
    about: "the second leaf is missing",
    entries: without(1),
    keys: ["0x6"],
    flag: "entries-gap",
    classes: ["incomplete"],
  },
  {
    id: "gap-last",
    about: "the last leaf is missing",
    entries: without(3),
    keys: ["0x4"],
    flag: "entries-gap",
    classes: ["incomplete"],
  },
  {
    id: "gap-half",
    about: "the right half is missing",
    entries: [(four as Json[])[0], (four as Json[])[1]],
    keys: ["0x4"],
    flag: "entries-gap",
    classes: ["incomplete"],
  },
  {
    id: "gap-without-keys-there",
    about: "a leaf alone, without its sibling",
    entries: [["0x2", node(0)]],
    keys: ["0x2"],
    flag: "entries-gap",
    classes: ["incomplete"],
  },
  {
    id: "no-entries",
    about: "no entry at all",
    entries: [],
    keys: ["0x1"],
    flag: "entries-gap",
    classes: ["incomplete"],
  },
  {
    id: "key-below-an-entry",
    about: "the child of a leaf claimed",
    entries: four,
    keys: ["0x8"],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "key-far-below",
    about: "a node fifty levels below a leaf claimed",
    entries: four,
    keys: ["0x4", quantity(7n * 2n ** 50n)],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "key-alias-64-bits",
    about: "4 modulo 2^64 claimed",
    entries: four,
    keys: [quantity(2n ** 64n + 4n)],
    flag: "uncovered-key",
    classes: ["incomplete"],
  },
  {
    id: "entry-0",
    about: "an entry for gindex 0",
    entries: [...(four as Json[]), ["0x0", node(8)]],
    keys: ["0x4"],
    flag: "bad-gindex",
    classes: ["invalid-argument"],
  },
  {
    id: "key-0",
    about: "gindex 0 claimed",
    entries: four,
    keys: ["0x0"],
    flag: "bad-gindex",
    classes: ["invalid-argument"],
  },
  {
    id: "short-value",
    about: "an entry of 31 bytes",
    entries: [...(without(3) as Json[]), ["0x7", node(3).slice(0, 64)]],
    keys: ["0x4"],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
  {
    id: "long-value",
    about: "an entry of 33 bytes",
    entries: [...(without(3) as Json[]), ["0x7", `${node(3)}00`]],
    keys: ["0x7"],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
  {
    id: "empty-value",
    about: "an entry of no bytes",
    entries: [...(without(3) as Json[]), ["0x7", "0x"]],
    keys: ["0x4"],
    flag: "bad-node-length",
    classes: ["invalid-argument"],
  },
];

export function proveFiles(encoding: EncodingName): VectorFile[] {
  const text = ({ id, about, entries, keys, flag }: Request, kind: Draft["kind"]): Omit<Draft, "expect"> => ({
    id,
    about,
    kind,
    flags: [flag],
    call: "proof/prove",
    params: { backend: "ssz", encoding, entries, keys },
  });
  const namesClaims = encoding === "helpers";
  const suite = `proof/ssz/${encoding}`;
  const ofNestedKeys = namesClaims
    ? ["PROOF-SSZ-044", "PROOF-SSZ-078", "PROOF-SSZ-079"]
    : ["PROOF-SSZ-006", "PROOF-SSZ-081", "PROOF-SSZ-082"];
  const nested = [...NESTED, NO_KEYS].map((request) =>
    namesClaims ? rejected(text(request, "soundness"), "invalid-argument") : accepted(text(request, "completeness")),
  );
  return [
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite,
        theme: "prove-inputs",
        about: "Entries and keys in every order, repeated, nested, missing and malformed.",
        requirements: [
          "PROOF-SSZ-004",
          "PROOF-SSZ-055",
          "PROOF-SSZ-056",
          "PROOF-SSZ-057",
          "PROOF-SSZ-058",
          "PROOF-SSZ-005",
          "PROOF-SSZ-059",
          "PROOF-SSZ-080",
          ...ofNestedKeys,
        ],
      },
      [
        ...LEGAL.map((request) => accepted(text(request, "completeness"))),
        ...nested,
        ...REFUSED.map((request) => rejected(text(request, "soundness"), ...request.classes)),
      ],
    ),
  ];
}
