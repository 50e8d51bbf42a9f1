/** Tries with nodes shorter than 32 bytes: a leaf, an extension and a branch at every place where one is legal. */
import { type Scenario, small, valueAt } from "./scenarios.ts";
import { mapped } from "./shapes.ts";

const NIBBLES = [..."0123456789abcdef"];
const FLAG = "embedded-node";

/** Another, hashed child of the root branch, so that the embedded node has a sibling. */
function beside(nibble: string): string {
  return nibble === "7" ? "8" : "7";
}

/** A node of each kind as child `nibble` of the root branch. */
function atChild(nibble: string): Scenario[] {
  const other = { [`${beside(nibble)}5`]: valueAt(0) };
  const here = (kind: string, map: Readonly<Record<string, string>>, keys: readonly string[]): Scenario =>
    mapped(
      `${kind}-at-child-${nibble}`,
      `an embedded ${kind} as child ${nibble} of the root`,
      { ...other, ...map },
      keys,
      FLAG,
    );
  return [
    here("leaf", { [`${nibble}4`]: small(0) }, [`${nibble}4`]),
    here("branch", { [`${nibble}4`]: small(0), [`${nibble}9`]: small(1) }, [`${nibble}9`]),
    here("extension", { [`${nibble}a43`]: small(0), [`${nibble}a49`]: small(1) }, [`${nibble}a43`]),
  ];
}

/** Embedded nodes that are not children of the root. */
const ELSEWHERE: readonly Scenario[] = [
  mapped(
    "branch-below-extension",
    "a root node that is an extension with an embedded branch",
    { "12a4": small(0), "12a9": small(1) },
    ["12a4"],
    FLAG,
  ),
  mapped(
    "hashed-branch-below-extension",
    "an extension with a branch of which every child is embedded, itself just too long to be",
    {
      "12a0": small(0),
      "12a1": small(1),
      "12a2": small(2),
      "12a3": small(3),
      "12a4": small(4),
      "12a5": small(5),
      "12a6": small(6),
      "12a7": small(7),
    },
    ["12a4"],
    FLAG,
  ),
  mapped(
    "branch-in-branch-in-branch",
    "an embedded branch as child of a hashed one as child of the root",
    { "1000": small(0), "1010": small(1), "1100": valueAt(0), "2000": valueAt(1) },
    ["1000", "1100"],
    FLAG,
  ),
  mapped(
    "leaf-in-extension-in-branch",
    "a leaf in a branch in an extension in a branch: three levels inside one node",
    { "10a1": small(0), "10a2": small(1), "2005": valueAt(0) },
    ["10a1", "10a2"],
    FLAG,
  ),
  mapped(
    "all-sixteen",
    "a branch whose sixteen children are embedded leaves",
    Object.fromEntries(NIBBLES.map((nibble, index) => [`${nibble}0`, small(index)])),
    ["00", "80", "f0"],
    FLAG,
  ),
  mapped(
    "mixed-sixteen",
    "a branch of which every other child is embedded",
    Object.fromEntries(NIBBLES.map((nibble, index) => [`${nibble}0`, index % 2 === 0 ? small(index) : valueAt(index)])),
    ["00", "10", "e0", "f0"],
    FLAG,
  ),
  mapped(
    "beside-a-value",
    "an embedded leaf in a branch that has a value",
    { "12": valueAt(0), "1234": small(0) },
    ["12", "1234"],
    FLAG,
  ),
  mapped(
    "with-a-value",
    "an embedded branch that has a value",
    { "12": small(0), "1234": small(1), "9a": valueAt(0) },
    ["12", "1234"],
    FLAG,
  ),
  mapped(
    "deep",
    "an embedded leaf 62 nibbles down",
    { [`${"ab".repeat(31)}1a`]: small(0), [`${"ab".repeat(31)}9a`]: valueAt(0) },
    [`${"ab".repeat(31)}1a`],
    FLAG,
  ),
  mapped(
    "equal",
    "the same embedded leaf at three places of a branch",
    { "1a": small(0), "5a": small(0), ca: small(0), "77": valueAt(0) },
    ["1a", "5a", "ca"],
    FLAG,
  ),
  mapped(
    "absent-beside",
    "a key that parts from an embedded leaf",
    { "14": small(0), "75": valueAt(0) },
    ["13", "15", "14"],
    FLAG,
  ),
  mapped(
    "absent-in-embedded-branch",
    "an empty child of an embedded branch",
    { "14": small(0), "19": small(1), "75": valueAt(0) },
    ["10", "15", "1f"],
    FLAG,
  ),
  mapped(
    "absent-in-embedded-extension",
    "keys that part from an embedded extension at either of its nibbles, and end in it",
    { "1ab443": small(0), "1ab449": small(1), "7555": valueAt(0) },
    ["1cb443", "1ac443", "1ab343", "1a", "1ab4", "1ab440"],
    FLAG,
  ),
];

export function embeddings(): Scenario[] {
  return [...NIBBLES.flatMap(atChild), ...ELSEWHERE];
}
