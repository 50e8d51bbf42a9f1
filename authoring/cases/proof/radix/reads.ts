/** Reads through an honest proof: the order of keys, every kind of absence, and keys that the proof does not decide. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, stated, vectorFile } from "../../kit/draft.ts";
import {
  baseOf,
  DEEP_KEY,
  type EncodingName,
  flagged,
  hex,
  MIXED,
  MIXED_KEYS,
  NAIVE,
  partingAt,
  prove,
  refuse,
  rolesOf,
  type Scenario,
  scenario,
  type Text,
  take,
  valueAt,
} from "./trees.ts";

const SOURCE = "authoring/cases/proof/radix/reads.ts";

function reader(encoding: EncodingName, of: Scenario) {
  const proven = prove(of, encoding);
  return (id: string, about: string, flag: string | undefined, keys: readonly string[]): Text => ({
    id,
    about,
    ...flagged(flag),
    call: "proof/get",
    params: { ...baseOf(encoding), ...proven, keys: hex(keys) },
  });
}

function orderDrafts(encoding: EncodingName): Draft[] {
  const read = reader(encoding, MIXED);
  return [
    take(read("descending", "present and absent keys in descending order", "read-order", ["81ff01", "81", "18", "13"])),
    take(read("shuffled", "present and absent keys in no order", "read-order", ["18", "81ff01", "13", "81"])),
    take(read("repeated-present", "a present key asked three times", "read-order", ["13", "13", "13"])),
    take(
      read("repeated-absent", "an absent key asked twice, a present one in between", "read-order", ["18", "13", "18"]),
    ),
    take(read("none", "no key at all", "read-order", [])),
    take(
      read("other-absent", "absent keys that nobody asked for when the proof was made", "unclaimed-node", [
        "00",
        "19",
        "1300",
        "1301ff",
        "a0",
        "81ff",
        "81ff0100",
        "81ff02",
      ]),
    ),
  ];
}

/** Each kind of absence, on the left and on the right of present keys. */
const KINDS: readonly (readonly [id: string, about: string, present: readonly string[], key: string, flag?: string])[] =
  [
    ["leaf-left", "a key left of the leaf at which its walk ends", MIXED_KEYS, "81ff00"],
    ["leaf-right", "a key right of the leaf at which its walk ends", MIXED_KEYS, "81ff02"],
    ["leaf-parts-early", "a key that parts from the leaf's key in the first bit below", MIXED_KEYS, "c8"],
    ["leaf-longer", "a key that begins with the leaf's key", MIXED_KEYS, "1300", "key-is-a-prefix"],
    [
      "leaf-longer-by-many",
      "a key of 8192 bytes that begins with the leaf's key",
      MIXED_KEYS,
      `13${"00".repeat(8191)}`,
      "key-is-a-prefix",
    ],
    ["leaf-shorter", "a key that the leaf's key begins with", MIXED_KEYS, "81ff", "key-is-a-prefix"],
    [
      "leaf-shorter-in-bits",
      "a key of which all bits are on the leaf's path",
      ["8000", "c0ffee"],
      "c0",
      "key-is-a-prefix",
    ],
    ["only-leaf-left", "a key left of the only leaf", ["ab"], "00"],
    ["only-leaf-right", "a key right of the only leaf", ["ab"], "ff"],
    ["only-leaf-longer", "a key that begins with the only key", ["ab"], "ab00", "key-is-a-prefix"],
    ["only-leaf-shorter", "a key that the only key begins with", ["abcd"], "ab", "key-is-a-prefix"],
    ...[1, 2, 3, 4, 5].map((bit): readonly [string, string, readonly string[], string] => {
      const key = 0x10 ^ (0x80 >> bit);
      const side = key < 0x10 ? "left" : "right";
      return [
        `prefix-bit-${bit}-${side}`,
        `a key that parts to the ${side} from the prefix 00100 at bit ${bit}`,
        MIXED_KEYS,
        key.toString(16).padStart(2, "0"),
      ];
    }),
    ["root-prefix-left", "a key that parts to the left from the root's prefix", ["a000", "a001"], "20"],
    ["root-prefix-right", "a key that parts to the right from the root's prefix", ["a000", "a001"], "e0"],
    [
      "root-prefix-last-left",
      "a key that parts to the left at the last bit of the root's prefix",
      ["a002", "a003"],
      "a000",
    ],
    [
      "root-prefix-last-right",
      "a key that parts to the right at the last bit of the root's prefix",
      ["a000", "a001"],
      "a002",
    ],
    [
      "runs-out-in-prefix",
      "a key that ends within the bits of a prefix",
      ["a000", "a001", "00"],
      "a0",
      "key-is-a-prefix",
    ],
    [
      "runs-out-in-root-prefix",
      "a key that ends within the bits of the root's prefix",
      ["a000", "a001"],
      "a0",
      "key-is-a-prefix",
    ],
    ["runs-out-at-branching-bit", "a key that ends just before the branching bit", MIXED_KEYS, "81", "key-is-a-prefix"],
    [
      "runs-out-at-root-branching-bit",
      "a key that ends just before the root's branching bit",
      ["a07f", "a080"],
      "a0",
      "key-is-a-prefix",
    ],
    [
      "runs-out-before-long-prefix",
      "a key that ends where a prefix of 31 bits begins",
      ["a000000000", "a000000001", "a080"],
      "a000",
      "key-is-a-prefix",
    ],
  ];

function absenceDrafts(encoding: EncodingName): Draft[] {
  const empty = prove(scenario("", "", [], []), encoding);
  const comb = prove({ id: "", about: "", entries: [[DEEP_KEY, valueAt(0)]], keys: [DEEP_KEY] }, encoding);
  const every = Array.from({ length: 256 }, (_, bit) => partingAt(bit));
  const all = (id: string, about: string, params: object, keys: readonly string[]): Draft =>
    stated(
      { id, about, kind: "completeness", call: "proof/get", params: { ...baseOf(encoding), ...params, keys } },
      { values: keys.map(() => null) },
    );
  return [
    ...KINDS.flatMap(([id, about, present, key, flag]) => {
      const [prover, ...readers] = rolesOf(scenario(id, about, present, [key], flag), encoding);
      return [prover, ...readers.filter(({ call }) => call === "proof/get")];
    }),
    all("empty-tree", "keys of every length in the empty tree", empty, hex(["00", "ff", "8000", "ab".repeat(8192)])),
    all("parting-at-each-of-256", "one leaf read at 256 keys, each of which parts from it at another bit", comb, every),
  ];
}

/** The walk ends at a child that is not open. */
function coverageDrafts(encoding: EncodingName): Draft[] {
  const flag = "uncovered-key";
  const read = reader(encoding, MIXED);
  const refused = (id: string, about: string, keys: readonly string[]): Draft =>
    refuse(read(id, about, flag, keys), "incomplete");
  const closed = reader(encoding, scenario("", "", MIXED_KEYS, ["18"]));
  const alone = reader(encoding, scenario("", "", MIXED_KEYS, []));
  const ends = reader(encoding, scenario("", "", ["0000", "0100", "01ff", "8000"], ["0000"]));
  const endsLeft = reader(encoding, scenario("", "", ["0000", "00ff", "0100", "8000"], ["0100"]));
  return [
    refused("sibling", "a present key whose leaf is not open", ["10"]),
    refused("sibling-longer", "a key that begins with that of a leaf which is not open", ["1000"]),
    refused("sibling-absent", "an absent key below a leaf that is not open", ["11"]),
    refused("inner-sibling", "a key of one byte whose leaf is not open", ["80"]),
    refused("other-half", "a key below another leaf that is not open", ["c0ffee"]),
    refused("other-half-absent", "an absent key below another leaf that is not open", ["ff"]),
    refused("other-half-shorter", "a key that would be a prefix of that of a leaf which is not open", ["c0ff"]),
    refused("after-covered", "a key that is not covered, after ones that are", ["13", "18", "10"]),
    refused("before-covered", "a key that is not covered, before one that is", ["10", "13"]),
    refused("between-absent", "a key that is not covered, between absent ones", ["18", "80", "18"]),
    refuse(
      closed("closed-off-left", "a key below the left child of a node that is closed off", flag, ["10"]),
      "incomplete",
    ),
    refuse(
      closed("closed-off-right", "a key below the right child of a node that is closed off", flag, ["13"]),
      "incomplete",
    ),
    refuse(
      ends("ends-at-right-child", "a key that ends where a child which is not open begins, on the right", flag, ["01"]),
      "incomplete",
    ),
    refuse(
      endsLeft("ends-at-left-child", "a key that ends where a child which is not open begins, on the left", flag, [
        "00",
      ]),
      "incomplete",
    ),
    ...["10", "00", "ff", "81ff01", "1800"].map((key, index) =>
      refuse(alone(`root-not-open-${index}`, "a root node that is not open, and a key", flag, [key]), "incomplete"),
    ),
    take(alone("root-not-open-no-keys", "a root node that is not open, and no key", undefined, [])),
  ];
}

/** The path of a key cut off below each of its nodes: no key below is proven absent. */
function cutDrafts(encoding: EncodingName): Draft[] {
  const entries = [[DEEP_KEY, valueAt(256)], ...[0, 1, 7, 8, 9, 100, 255].map((bit) => [partingAt(bit), valueAt(bit)])];
  return [0, 1, 7, 8, 9, 100, 255].flatMap((bit, index, bits) => {
    // A key that parts from a prefix below opens the path as far as there, and nothing below.
    const to = bits[index + 1];
    if (to === undefined || to - bit < 2) return [];
    const { root, proof } = prove({ id: "", about: "", entries, keys: [partingAt(to - 1)] }, encoding);
    const text = (id: string, about: string, keys: readonly string[]): Text => ({
      id: `cut-below-${to}-${id}`,
      about,
      flags: ["missing-node"],
      call: "proof/get",
      params: { ...baseOf(encoding), root, proof, keys },
    });
    return [
      refuse(text("present", `a path that ends at the node which branches at bit ${to}`, [DEEP_KEY]), "incomplete"),
      refuse(text("absent", `the same, and an absent key below`, [partingAt(Math.min(255, to + 1))]), "incomplete"),
      take({
        ...text("parting", "the same, and the key that parts from its prefix", [partingAt(to - 1)]),
        flags: ["node-not-needed"],
      }),
    ];
  });
}

export function readFiles(encoding: EncodingName): VectorFile[] {
  const file = (theme: string, about: string, requirements: string[], cases: Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite: `proof/radix/${encoding}`, theme, about, requirements }, cases);
  return [
    file(
      "reads",
      "Values in the order asked, and keys that the proof does not decide.",
      ["PROOF-GEN-003", "PROOF-GEN-015", "PROOF-RADIX-004", "PROOF-RADIX-005", "PROOF-RADIX-048"],
      [...orderDrafts(encoding), ...coverageDrafts(encoding), ...cutDrafts(encoding)],
    ),
    file(
      "absence",
      "Keys that are absent, in each of the ways in which a key can be.",
      ["PROOF-RADIX-047", "PROOF-RADIX-048", "PROOF-RADIX-049"],
      absenceDrafts(encoding),
    ),
  ];
}
