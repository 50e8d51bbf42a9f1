/** Absent keys, for every way in which a walk ends without a value. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { accepted, type Draft, stated, vectorFile } from "../../kit/draft.ts";
import { baseOf, type EncodingName } from "./proofs.ts";
import { DEEP_KEY, NAIVE, partingAt, prove, rolesOf, type Scenario, small, valueAt } from "./scenarios.ts";
import { mapped } from "./shapes.ts";

const SOURCE = "authoring/cases/proof/patricia/absence.ts";
const NIBBLES = [..."0123456789abcdef"];
const KEY_NIBBLES = 64;

/** A trie with an extension of five nibbles above a branch, and another leaf. */
const EXTENDED = { "1a2b3c01": valueAt(0), "1a2b3c91": valueAt(1), "77": valueAt(2) };

const WAYS: readonly Scenario[] = [
  mapped("empty-child", "an empty child of the root", { "12": valueAt(0), "92": valueAt(1) }, ["52"]),
  mapped(
    "every-empty-child",
    "each of the fourteen empty children of the root",
    { "12": valueAt(0), "92": valueAt(1) },
    NIBBLES.filter((nibble) => nibble !== "1" && nibble !== "9").map((nibble) => `${nibble}2`),
  ),
  mapped("first-child-empty", "the first child is empty", { "12": valueAt(0), f2: valueAt(1) }, ["02"]),
  mapped("last-child-empty", "the last child is empty", { "02": valueAt(0), "12": valueAt(1) }, ["f2"]),
  mapped("leaf-before", "a leaf whose path comes after the key", { "1234": valueAt(0), "92": valueAt(1) }, ["1233"]),
  mapped("leaf-after", "a leaf whose path comes before the key", { "1234": valueAt(0), "92": valueAt(1) }, ["1235"]),
  mapped("leaf-longer", "a key that is a prefix of the leaf's", { "1234": valueAt(0), "92": valueAt(1) }, ["12"]),
  mapped("leaf-shorter", "a key of which the leaf's is a prefix", { "1234": valueAt(0), "92": valueAt(1) }, ["123456"]),
  mapped(
    "leaf-shorter-by-zeros",
    "the key of a leaf and zero bytes after it",
    { "1234": valueAt(0), "92": valueAt(1) },
    ["12340000"],
  ),
  mapped("leaf-first-nibble", "a leaf that parts at its first nibble", { "1234": valueAt(0), "92": valueAt(1) }, [
    "1334",
  ]),
  mapped("leaf-of-empty-path", "a leaf with an empty path, and a longer key", { "11": valueAt(0), "12": valueAt(1) }, [
    "1100",
    "11ff",
  ]),
  mapped("root-leaf", "the only leaf has another key", { "1234": valueAt(0) }, ["1235"]),
  mapped("root-leaf-longer", "the only leaf has a longer key", { "1234": valueAt(0) }, ["12", ""]),
  ...[0, 1, 2, 3, 4].map((nibble) =>
    mapped(
      `extension-nibble-${nibble}`,
      `a key that parts from an extension of five nibbles at nibble ${nibble}`,
      EXTENDED,
      [`1${"a2b3c".slice(0, nibble)}0${"a2b3c".slice(nibble + 1)}01`],
    ),
  ),
  ...[1, 3].map((length) =>
    mapped(`ends-in-extension-${length}`, `a key that ends ${length} nibble(s) into an extension`, EXTENDED, [
      `1${"a2b3c".slice(0, length)}`,
    ]),
  ),
  mapped(
    "ends-at-extension",
    "a key that ends where an extension begins",
    { "11aaa0": valueAt(0), "11aaa9": valueAt(1), "12": valueAt(2) },
    ["11"],
  ),
  mapped("ends-at-branch", "a key that ends at a branch without a value", { "1234": valueAt(0), "1294": valueAt(1) }, [
    "12",
  ]),
  mapped(
    "ends-at-root-branch",
    "the empty key, and a root branch without a value",
    { "12": valueAt(0), "92": valueAt(1) },
    [""],
  ),
  mapped(
    "ends-at-root-extension",
    "the empty key, and an extension at the root",
    { "1234": valueAt(0), "1294": valueAt(1) },
    [""],
  ),
  mapped("root-extension", "keys that part from an extension at the root", { "1234": valueAt(0), "1294": valueAt(1) }, [
    "0234",
    "1334",
    "92",
  ]),
  mapped("beside-a-value", "an empty child of a branch that has a value", { "12": valueAt(0), "1234": valueAt(1) }, [
    "1214",
    "12f4",
  ]),
  mapped("empty-trie", "keys of the empty trie, the empty one among them", {}, ["", "00", DEEP_KEY.slice(2)]),
  mapped(
    "present-and-absent",
    "keys that are there and keys that are not",
    { "1234": valueAt(0), "1294": valueAt(1), "77": valueAt(2) },
    ["1234", "1235", "77", "78", "12"],
  ),
];

/** Two keys that part at a nibble of 64, and an absent key that parts from both there. */
function everyDepth(encoding: EncodingName): Draft[] {
  return Array.from({ length: KEY_NIBBLES }, (_, nibble) => nibble).flatMap((nibble) => {
    const entries = [
      [DEEP_KEY, valueAt(0)],
      [partingAt(nibble), valueAt(1)],
    ];
    const digit = (Number.parseInt(DEEP_KEY[2 + nibble], 16) ^ 4).toString(16);
    const absent = `${DEEP_KEY.slice(0, 2 + nibble)}${digit}${DEEP_KEY.slice(3 + nibble)}`;
    const what = `two keys that part at nibble ${nibble} of 64, and a third one that is not there`;
    const of: Scenario = { id: `parting-at-${nibble}`, about: what, entries, keys: [DEEP_KEY, absent] };
    return rolesOf(of, encoding).filter(({ call }) => call === "proof/prove" || call === "proof/get");
  });
}

/** A trie of one leaf, which decides every key. */
function allAtOnce(encoding: EncodingName): Draft {
  const { root, proof } = prove({ id: "", about: "", entries: [[DEEP_KEY, valueAt(0)]], keys: [DEEP_KEY] }, encoding);
  const keys = Array.from({ length: KEY_NIBBLES }, (_, nibble) => partingAt(nibble));
  return stated(
    {
      id: "parting-at-each-of-64",
      about: "the proof of one leaf read at 64 keys, each of which parts from it at another nibble",
      kind: "completeness",
      call: "proof/get",
      params: { ...baseOf(encoding), root, proof, keys },
    },
    { values: keys.map(() => null) },
  );
}

/** An extension that parts from the key is enough to decide it: its child is not needed, and the smallest proof leaves it out. */
function withoutTheChild(encoding: EncodingName): Draft[] {
  const of = mapped("", "", { "1a2b3c01": valueAt(0), "1a2b3c91": small(0), "77": valueAt(2) }, ["1a2b4c01"]);
  const proven = prove(of, encoding);
  return ["1b", "1a3b3c01", "1a2b3d01", "1a2b", "1a"].map((key, index) =>
    accepted({
      id: `child-left-out-${index}`,
      about: "a key that parts from an extension, or ends in it, whose child is not in the proof",
      kind: "completeness",
      flags: ["node-not-needed"],
      call: "proof/get",
      params: { ...baseOf(encoding), ...proven, keys: [`0x${key}`] },
    }),
  );
}

export function absenceFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/patricia/${encoding}`;
  const requirements = ["PROOF-PATRICIA-005", "PROOF-PATRICIA-049", "PROOF-PATRICIA-078"];
  const file = (theme: string, about: string, more: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite, theme, about, requirements: [...requirements, ...more] }, cases);
  return [
    file(
      "absence",
      "Keys that are absent, in every way in which a walk can end.",
      ["PROOF-PATRICIA-050"],
      [...WAYS.flatMap((scenario) => rolesOf(scenario, encoding)), ...withoutTheChild(encoding)],
    ),
    file(
      "parting",
      "Keys that part from each other at every nibble of 64.",
      [],
      [...everyDepth(encoding), allAtOnce(encoding)],
    ),
  ];
}
