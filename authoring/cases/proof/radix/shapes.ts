/** Honest proofs of trees of every shape. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import {
  DEEP_KEY,
  EMPTY,
  type EncodingName,
  entriesOf,
  hex,
  MIXED,
  MIXED_KEYS,
  NAIVE,
  partingAt,
  rolesOf,
  type Scenario,
  scenario,
  valueAt,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/shapes.ts";

/** A key of `bytes` bytes: `last` at the end, `fill` before it. */
const filled = (fill: string, bytes: number, last: string): string => fill.repeat(bytes - 1) + last;

const SMALL: readonly Scenario[] = [
  { id: "empty", about: "the empty tree, and two keys", entries: [], keys: hex(["00", "ffff"]), flag: "empty-tree" },
  { id: "empty-no-keys", about: "the empty tree, and no key", entries: [], keys: [], flag: "empty-tree" },
  scenario("one", "the only key of a tree", ["ab"], ["ab"]),
  scenario("one-absent", "a key that the only leaf shows to be absent", ["ab"], ["ac"]),
  scenario("one-no-keys", "a tree of one key, whose root node is not open", ["ab"], []),
  scenario("two", "both keys of a tree of two", ["10", "90"], ["10", "90"]),
  scenario("two-left", "the left one of two keys", ["10", "90"], ["10"]),
  scenario("two-right", "the right one of two keys", ["10", "90"], ["90"]),
  scenario("worked", "key 13 of the tree of the worked example", ["10", "13", "80"], ["13"]),
  scenario("worked-absent", "key 18, absent from the tree of the worked example", ["10", "13", "80"], ["18"]),
  MIXED,
  scenario("mixed-all", "all keys of one to three bytes", MIXED_KEYS, MIXED_KEYS),
  scenario("mixed-no-keys", "six keys, and none asked for: the root node is not open", MIXED_KEYS, []),
  scenario("mixed-shortest", "the keys of one byte", MIXED_KEYS, ["10", "13", "80"]),
  scenario("mixed-longest", "a key of three bytes", MIXED_KEYS, ["81ff01"]),
  scenario("mixed-closed-off", "a key that parts from an inner prefix: nothing below is open", MIXED_KEYS, ["18"]),
  scenario("mixed-two-closed-off", "two keys that part from two prefixes", MIXED_KEYS, ["18", "a0"]),
  scenario(
    "leaves-at-every-level",
    "a key beside which a leaf hangs at each of eight bits",
    ["00", "01", "02", "04", "08", "10", "20", "40", "80"],
    ["00"],
  ),
  scenario(
    "to-the-right",
    "the same, down to the right",
    ["ff", "fe", "fd", "fb", "f7", "ef", "df", "bf", "7f"],
    ["ff"],
  ),
  scenario(
    "full-nibble",
    "all sixteen keys that begin with one nibble",
    Array.from({ length: 16 }, (_, low) => `a${low.toString(16)}`),
    ["a0", "a7", "af", "b0"],
  ),
  {
    id: "zero-value",
    about: "32 zero bytes as a value: the key is present",
    entries: [
      ["0x10", EMPTY],
      ["0x90", valueAt(1)],
    ],
    keys: ["0x10"],
    flag: "zero-is-a-value",
  },
  {
    id: "zero-value-alone",
    about: "32 zero bytes as the only value: the tree is not empty",
    entries: [["0x00", EMPTY]],
    keys: ["0x00"],
    flag: "zero-is-a-value",
  },
  {
    id: "equal-values",
    about: "the same value under all keys",
    entries: ["10", "13", "80", "81"].map((key) => [`0x${key}`, valueAt(0)]),
    keys: hex(["10", "81"]),
    flag: "equal-nodes",
  },
];

/** Two keys of two bytes that part at each of their bits. */
const PARTING: readonly Scenario[] = Array.from({ length: 16 }, (_, bit) => {
  const other = (0xa5c3 ^ (0x8000 >> bit)).toString(16).padStart(4, "0");
  return scenario(`parting-at-${bit}`, `two keys that part at bit ${bit}`, ["a5c3", other], ["a5c3"]);
});

/** Two keys that share a number of bits, with and without a third key that parts from them at once. */
const PREFIXES: readonly Scenario[] = [
  0, 1, 6, 7, 8, 9, 15, 16, 17, 254, 255, 256, 257, 65_527, 65_528, 65_535,
].flatMap((length) => {
  const bytes = (length >> 3) + 1;
  const [left, right] = ["00", (0x80 >> (length & 7)).toString(16).padStart(2, "0")].map((last) =>
    filled("00", bytes, last),
  );
  const roots = scenario(`prefix-${length}`, `a root node with a prefix of ${length} bits`, [left, right], [right]);
  // Below the branching bit of a root node without a prefix, one bit less is left.
  if (length === 65_535) return [roots];
  const below = scenario(
    `prefix-below-${length}`,
    `a node with a prefix of ${length} bits below bit 0`,
    [`0${left.slice(1)}`, `0${right.slice(1)}`, "ff"],
    [left],
  );
  return length >= 9 && length < 65_527 ? [roots, below] : [roots];
});

/** Keys of lengths at which a counter with too few bits overflows. */
const LENGTHS: readonly Scenario[] = [1, 2, 31, 32, 33, 34, 63, 64, 127, 128, 255, 256, 257, 4096, 8191, 8192].map(
  (bytes) =>
    scenario(
      `keys-of-${bytes}-bytes`,
      `keys of ${bytes} byte(s)`,
      [filled("5a", bytes, "10"), filled("5a", bytes, "13"), filled("5a", bytes, "90")],
      [filled("5a", bytes, "13")],
    ),
);

const DEEP: readonly Scenario[] = [
  {
    id: "comb-256",
    about: "a key of 32 bytes beside which a leaf hangs at each of 256 bits",
    entries: [[DEEP_KEY, valueAt(256)], ...Array.from({ length: 256 }, (_, bit) => [partingAt(bit), valueAt(bit)])],
    keys: [DEEP_KEY],
    flag: "deep-tree",
  },
  {
    id: "comb-256-absent",
    about: "a key that parts from it at the last bit, which is absent",
    entries: [[DEEP_KEY, valueAt(256)], ...Array.from({ length: 255 }, (_, bit) => [partingAt(bit), valueAt(bit)])],
    keys: [partingAt(255)],
    flag: "deep-tree",
  },
  {
    id: "last-bits",
    about: "four keys of 32 bytes that part at their last bits",
    entries: entriesOf([252, 253, 254, 255].map((bit) => partingAt(bit).slice(2))),
    keys: [partingAt(255), partingAt(252)],
  },
  {
    id: "very-different-lengths",
    about: "keys of 1, 2 and 8192 bytes",
    entries: entriesOf(["00", "01ff", filled("80", 8192, "00"), filled("80", 8192, "01")]),
    keys: hex(["01ff", filled("80", 8192, "01")]),
  },
];

export function shapeFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], scenarios: readonly Scenario[]): VectorFile =>
    vectorFile(
      SOURCE,
      [NAIVE],
      { suite: `proof/radix/${encoding}`, theme, about, requirements },
      scenarios.flatMap((of): Draft[] => rolesOf(of, encoding)),
    );
  const own =
    encoding === "kmm"
      ? ["PROOF-RADIX-010", "PROOF-RADIX-011", "PROOF-RADIX-012", "PROOF-RADIX-062"]
      : ["PROOF-RADIX-020", "PROOF-RADIX-063", "PROOF-RADIX-021", "PROOF-RADIX-068", "PROOF-RADIX-069"];
  return [
    file(
      "honest",
      "Honest proofs of small trees, in every role.",
      [
        "PROOF-RADIX-041",
        "PROOF-RADIX-002",
        "PROOF-RADIX-004",
        "PROOF-RADIX-048",
        "PROOF-RADIX-049",
        "PROOF-RADIX-075",
        "PROOF-RADIX-076",
        "PROOF-GEN-002",
        "PROOF-GEN-006",
        "PROOF-GEN-007",
        ...own,
      ],
      SMALL,
    ),
    file(
      "parting",
      "Keys that part at every bit of two bytes, and behind prefixes of every length that matters.",
      ["PROOF-RADIX-002", "PROOF-RADIX-006", "PROOF-RADIX-051", "PROOF-RADIX-075"],
      [...PARTING, ...PREFIXES],
    ),
    file(
      "lengths",
      "Keys from 1 to 8192 bytes, and trees as deep as keys of 32 bytes make them.",
      ["PROOF-RADIX-001", "PROOF-RADIX-050", "PROOF-RADIX-075", "PROOF-GEN-008"],
      [...LENGTHS, ...DEEP],
    ),
  ];
}
