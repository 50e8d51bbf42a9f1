/** Tries of every shape. */
import { leafKeys } from "../../../../harness/cases/recipes.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { DEEP_KEY, entriesOf, partingAt, type Scenario, small, valueAt } from "./scenarios.ts";

const NIBBLES = [..."0123456789abcdef"];

/** A scenario from a map and requested keys, both in digits. */
export function mapped(
  id: string,
  about: string,
  map: Readonly<Record<string, string>>,
  keys: readonly string[],
  flag?: string,
): Scenario {
  const asked = keys.map((key) => `0x${key}`);
  return { id, about, entries: entriesOf(map), keys: asked, ...(flag === undefined ? {} : { flag }) };
}

const hundred = leafKeys(310n, 100, 256);

/** The common prefix of long keys. */
const SHARED = "5a".repeat(31);

export const SHAPES: readonly Scenario[] = [
  mapped("one-key", "one key", { [DEEP_KEY.slice(2)]: valueAt(0) }, [DEEP_KEY.slice(2)]),
  mapped("one-short-key", "one key whose root node has five bytes", { "12": small(0) }, ["12"], "short-root"),
  mapped(
    "short-root-branch",
    "two keys whose root node is a branch of less than 32 bytes",
    { "12": small(0), "92": small(1) },
    ["12"],
    "short-root",
  ),
  mapped(
    "short-root-extension",
    "two keys whose root node is an extension of less than 32 bytes",
    { "1211": small(0), "1212": small(1) },
    ["1211", "1212"],
    "short-root",
  ),
  mapped("two-children", "two keys that part at the first nibble", { "1a2b": valueAt(0), "9c3d": valueAt(1) }, [
    "1a2b",
  ]),
  mapped(
    "sixteen-children",
    "a branch of sixteen children",
    Object.fromEntries(NIBBLES.map((nibble, index) => [`${nibble}7`, valueAt(index)])),
    ["07", "77", "f7"],
  ),
  mapped("extension-of-one", "an extension of one nibble", { "31": valueAt(0), "3f": valueAt(1) }, ["31", "3f"]),
  mapped("extension-of-two", "an extension of two nibbles", { "3a10": valueAt(0), "3a90": valueAt(1) }, ["3a10"]),
  mapped("extension-of-three", "an extension of three nibbles", { "3ab1": valueAt(0), "3ab9": valueAt(1) }, ["3ab9"]),
  mapped(
    "extension-of-62",
    "an extension of 62 nibbles",
    { [`${SHARED}1f`]: valueAt(0), [`${SHARED}9f`]: valueAt(1) },
    [`${SHARED}1f`],
  ),
  mapped(
    "extension-of-63",
    "an extension of 63 nibbles: leaves of an empty path",
    { [`${SHARED}01`]: valueAt(0), [`${SHARED}09`]: valueAt(1) },
    [`${SHARED}09`],
  ),
  mapped(
    "extension-below-branch",
    "an extension below a branch",
    { "1201": valueAt(0), "12a2": valueAt(1), "9303": valueAt(2) },
    ["1201", "9303"],
  ),
  mapped(
    "two-extensions",
    "an extension, a branch, another extension and another branch",
    { aabb0c01: valueAt(0), aabb0cf2: valueAt(1), aabbd003: valueAt(2) },
    ["aabb0cf2", "aabbd003"],
  ),
  mapped("empty-key-alone", "the empty key alone", { "": valueAt(0) }, [""], "key-is-a-prefix"),
  mapped(
    "empty-key-and-another",
    "the empty key, whose value stands in the root branch, and another key",
    { "": valueAt(0), "12": valueAt(1) },
    ["", "12"],
    "key-is-a-prefix",
  ),
  mapped(
    "empty-key-of-many",
    "the empty key among others",
    { "": valueAt(0), "12": valueAt(1), "92": valueAt(2), a2: valueAt(3) },
    [""],
    "key-is-a-prefix",
  ),
  mapped(
    "prefix-of-another",
    "a key that is a prefix of another one",
    { "1234": valueAt(0), "123456": valueAt(1) },
    ["1234"],
    "key-is-a-prefix",
  ),
  mapped(
    "prefix-of-two",
    "a key that is a prefix of two others",
    { "1234": valueAt(0), "123456": valueAt(1), "1234a6": valueAt(2) },
    ["1234", "123456"],
    "key-is-a-prefix",
  ),
  mapped(
    "prefixes-of-prefixes",
    "six keys, each a prefix of the next one",
    {
      "": valueAt(0),
      "12": valueAt(1),
      "1234": valueAt(2),
      "123456": valueAt(3),
      "12345678": valueAt(4),
      "123456789a": valueAt(5),
    },
    ["1234", "123456789a"],
    "key-is-a-prefix",
  ),
  mapped(
    "mixed-lengths",
    "keys of one to 33 bytes",
    {
      "01": valueAt(0),
      "0203": valueAt(1),
      [`02${"04".repeat(19)}`]: valueAt(2),
      [`02${"05".repeat(32)}`]: valueAt(3),
    },
    ["01", `02${"05".repeat(32)}`],
    "key-is-a-prefix",
  ),
  mapped(
    "value-of-its-parent",
    "the value of a key and of the one that it is a prefix of are the same",
    { "12": valueAt(0), "1234": valueAt(0) },
    ["12", "1234"],
    "key-is-a-prefix",
  ),
  mapped(
    "shared-leaves",
    "sixteen equal leaves below one branch: one node",
    Object.fromEntries(NIBBLES.map((nibble) => [`${nibble}7`, valueAt(0)])),
    ["07", "f7"],
    "equal-nodes",
  ),
  mapped(
    "shared-branches",
    "the same subtree at three places",
    Object.fromEntries(
      ["1", "6", "c"].flatMap((nibble) => ["a0", "a1"].map((rest, index) => [`${nibble}0${rest}`, valueAt(index)])),
    ),
    ["10a0", "60a1", "c0a0"],
    "equal-nodes",
  ),
  mapped(
    "shared-at-two-depths",
    "the same leaf at two depths",
    { "1012": valueAt(0), "2012": valueAt(1), "2112": valueAt(2), a3: valueAt(3), "10a212": valueAt(0) },
    ["1012", "10a212"],
    "equal-nodes",
  ),
  mapped(
    "shared-and-opened-once",
    "the same subtree at two places, asked for at the second one alone",
    { "10a0": valueAt(0), "10b1": valueAt(1), "60a0": valueAt(0), "60b1": valueAt(1) },
    ["60b1"],
    "equal-nodes",
  ),
  mapped(
    "parting-at-63",
    "two keys that part at the last of 64 nibbles",
    { [DEEP_KEY.slice(2)]: valueAt(0), [partingAt(63).slice(2)]: valueAt(1) },
    [DEEP_KEY.slice(2), partingAt(63).slice(2)],
  ),
  {
    id: "no-keys",
    about: "no key at all: the root node alone",
    entries: entriesOf({ "12": valueAt(0), "92": valueAt(1) }),
    keys: [],
  },
  {
    id: "no-keys-short-root",
    about: "no key at all: the root node alone, which is shorter than 32 bytes",
    entries: entriesOf({ "12": small(0) }),
    keys: [],
    flag: "short-root",
  },
  { id: "no-keys-empty", about: "no key at all of the empty trie: no node", entries: [], keys: [], flag: "empty-tree" },
  { id: "empty", about: "a key of the empty trie", entries: [], keys: ["0x12"], flag: "empty-tree" },
  {
    id: "hundred",
    about: "a hundred keys, three present and two absent ones asked for",
    entries: { leaves: { seed: 310, count: 100 } },
    keys: [hundred[0], hundred[50], hundred[99], randomNode(311), randomNode(312)],
  },
  {
    id: "twenty-all",
    about: "twenty keys, all of them asked for",
    entries: { leaves: { seed: 313, count: 20 } },
    keys: leafKeys(313n, 20, 256),
  },
];

export function shape(id: string): Scenario {
  const found = SHAPES.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`there is no shape "${id}"`);
  return found;
}
