/** Readable nodes in a form that no honest trie has. */
import { branch, type Child, embedded, extension, hashed, leaf, type Made } from "./nodes.ts";
import type { Digits } from "./rlp.ts";
import { valueAt } from "./scenarios.ts";

/** A trie with such a node, and the results of reading through it. */
export interface FormFault {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly top: Made;
  /** Keys that lead through the node, and their values. */
  readonly reads: readonly (readonly [Digits, string | null])[];
  /** Whether only `get` has cases, because the fault is one of many similar ones. */
  readonly brief?: true;
}

export const VALUE = valueAt(0).slice(2);
export const OTHER = valueAt(1).slice(2);
const value = `0x${VALUE}`;
const other = `0x${OTHER}`;
const SMALL = "05";
const small = `0x${SMALL}`;

export const twoLeaves = branch({ 1: leaf("2", VALUE), 9: leaf("2", OTHER) });
const twoSmall = branch({ 1: leaf("2", SMALL), 9: leaf("2", "06") });
export const beside = leaf("2", OTHER);

/** A node or a child as child 1 of the root. */
export const underRoot = (one: Made | Child): Made => branch({ 1: one, 9: beside });

const form = (id: string, about: string, flag: string, top: Made, reads: FormFault["reads"]): FormFault => ({
  id,
  about,
  flag,
  top,
  reads,
});

/** Extensions without nibbles, or above a node that is not a branch. */
const EXTENSIONS: readonly FormFault[] = [
  form(
    "empty-extension",
    "an extension of no nibble above a branch, at the root",
    "not-canonical",
    extension("", hashed(twoLeaves)),
    [
      ["12", value],
      ["32", null],
      ["", null],
    ],
  ),
  form(
    "empty-extension-child",
    "an extension of no nibble above a branch, below the root",
    "not-canonical",
    underRoot(extension("", hashed(branch({ 2: leaf("", VALUE), 3: leaf("", OTHER) })))),
    [
      ["12", value],
      ["14", null],
    ],
  ),
  form(
    "empty-extension-embedded",
    "an extension of no nibble above an embedded branch",
    "not-canonical",
    underRoot(extension("", branch({ 2: leaf("", SMALL), 3: leaf("", "06") }))),
    [
      ["12", small],
      ["14", null],
    ],
  ),
  form(
    "empty-extensions",
    "two extensions of no nibble, one above the other",
    "not-canonical",
    extension("", hashed(extension("", hashed(twoLeaves)))),
    [
      ["12", value],
      ["32", null],
    ],
  ),
  form("extension-above-leaf", "an extension above a leaf", "not-canonical", extension("12", leaf("34", VALUE)), [
    ["1234", value],
    ["1235", null],
    ["12", null],
  ]),
  form(
    "extension-above-embedded-leaf",
    "an extension above an embedded leaf",
    "not-canonical",
    underRoot(extension("2", leaf("34", SMALL))),
    [
      ["1234", small],
      ["1235", null],
    ],
  ),
  form(
    "extension-above-empty-leaf",
    "an extension above a leaf of no nibble",
    "not-canonical",
    extension("12", leaf("", VALUE)),
    [
      ["12", value],
      ["1234", null],
    ],
  ),
  form(
    "extension-above-extension",
    "an extension above another one",
    "not-canonical",
    extension("12", hashed(extension("34", hashed(twoLeaves)))),
    [
      ["123412", value],
      ["125412", null],
      ["1234", null],
    ],
  ),
  form(
    "extension-above-embedded-extension",
    "an extension above an embedded one",
    "not-canonical",
    underRoot(extension("2", extension("34", branch({ 1: leaf("2", SMALL), 9: leaf("2", "06") })))),
    [
      ["123412", small],
      ["125412", null],
    ],
  ),
  form(
    "three-extensions",
    "three extensions of one nibble, one above the other",
    "not-canonical",
    extension(
      "1",
      hashed(extension("2", hashed(extension("3", hashed(branch({ 4: leaf("", VALUE), 5: leaf("", OTHER) })))))),
    ),
    [
      ["1234", value],
      ["1236", null],
      ["1334", null],
    ],
  ),
];

/** Branches with fewer than two among their children and their value. */
const BRANCHES: readonly FormFault[] = [
  form("branch-of-nothing", "a branch without children and value, at the root", "not-canonical", branch({}), [
    ["12", null],
    ["", null],
  ]),
  form(
    "branch-of-nothing-embedded",
    "a branch without children and value, inside another one",
    "not-canonical",
    underRoot(branch({})),
    [
      ["12", null],
      ["1234", null],
    ],
  ),
  form(
    "branch-of-nothing-hashed",
    "a branch without children and value, below an extension",
    "not-canonical",
    extension("12", hashed(extension("34", branch({})))),
    [
      ["1234", null],
      ["123456", null],
    ],
  ),
  form("branch-of-value", "a branch with a value and no child", "not-canonical", extension("12", branch({}, VALUE)), [
    ["12", value],
    ["1234", null],
  ]),
  form("branch-of-value-root", "a root branch with a value and no child", "not-canonical", branch({}, VALUE), [
    ["", value],
    ["12", null],
  ]),
  form("branch-of-one", "a branch with one child and no value", "not-canonical", branch({ 1: leaf("2", VALUE) }), [
    ["12", value],
    ["92", null],
    ["13", null],
  ]),
  form(
    "branch-of-one-embedded",
    "a branch with one embedded child and no value",
    "not-canonical",
    underRoot(branch({ 2: leaf("", SMALL) })),
    [
      ["12", small],
      ["13", null],
    ],
  ),
  form(
    "branches-of-one",
    "four branches with one child each, one above the other",
    "not-canonical",
    branch({ 1: branch({ 2: branch({ 3: branch({ 4: leaf("", VALUE) }) }) }) }),
    [
      ["1234", value],
      ["1235", null],
      ["12", null],
    ],
  ),
];

const leafOf = (bytes: number): Made => leaf("2", "c7".repeat(bytes - 3));

/** Long nodes that are embedded, and short nodes that are hashed. */
export const PLACE_FAULTS: readonly FormFault[] = [
  ...[32, 33, 55].map((bytes) =>
    form(
      `embedded-leaf-${bytes}`,
      `an embedded leaf of ${bytes} bytes`,
      "inline-or-hashed",
      underRoot(embedded(leafOf(bytes))),
      [
        ["12", `0x${"c7".repeat(bytes - 3)}`],
        ["13", null],
      ],
    ),
  ),
  form(
    "embedded-branch-long",
    "an embedded branch with two hashed children",
    "inline-or-hashed",
    underRoot(embedded(branch({ 2: leaf("", VALUE), 3: leaf("", OTHER) }))),
    [
      ["12", value],
      ["14", null],
    ],
  ),
  form(
    "embedded-extension-long",
    "an embedded extension with a hashed child",
    "inline-or-hashed",
    underRoot(embedded(extension("23", hashed(branch({ 1: leaf("", VALUE), 9: leaf("", OTHER) }))))),
    [
      ["1231", value],
      ["1331", null],
    ],
  ),
  form(
    "embedded-branch-below-extension",
    "an extension with an embedded branch of more than 32 bytes",
    "inline-or-hashed",
    extension("12", embedded(twoLeaves)),
    [
      ["1212", value],
      ["1232", null],
    ],
  ),
  form(
    "embedded-all",
    "a trie of three levels in one node",
    "inline-or-hashed",
    branch({
      1: embedded(branch({ 2: embedded(leaf("34", VALUE)), 3: embedded(leaf("34", OTHER)) })),
      9: embedded(leaf("2", OTHER)),
    }),
    [
      ["1234", value],
      ["1334", other],
      ["92", other],
      ["14", null],
    ],
  ),
  ...[5, 30, 31].map((bytes) =>
    form(
      `hashed-leaf-${bytes}`,
      `a leaf of ${bytes} bytes that is known by its hash`,
      "inline-or-hashed",
      underRoot(hashed(leafOf(bytes))),
      [
        ["12", `0x${"c7".repeat(bytes - 3)}`],
        ["13", null],
      ],
    ),
  ),
  form(
    "hashed-branch-short",
    "a branch of less than 32 bytes that is known by its hash",
    "inline-or-hashed",
    extension("12", hashed(twoSmall)),
    [
      ["1212", small],
      ["1232", null],
    ],
  ),
  form(
    "hashed-extension-short",
    "an extension of less than 32 bytes that is known by its hash",
    "inline-or-hashed",
    underRoot(hashed(extension("2", branch({ 3: leaf("4", SMALL), 5: leaf("6", "06") })))),
    [
      ["1234", small],
      ["1244", null],
    ],
  ),
  form(
    "hashed-and-embedded",
    "the same short leaf embedded in one place and hashed in another",
    "inline-or-hashed",
    branch({ 1: leaf("2", SMALL), 2: hashed(leaf("2", SMALL)), 9: beside }),
    [
      ["22", small],
      ["12", small],
    ],
  ),
];

/** A leaf with an empty value, which no request writes. */
export const EMPTY_VALUE: readonly FormFault[] = [
  form("empty-value-root", "a leaf with an empty value, at the root", "empty-value", leaf("12", ""), [["12", null]]),
  form("empty-value-embedded", "a leaf with an empty value, inside a branch", "empty-value", underRoot(leaf("2", "")), [
    ["12", null],
  ]),
  form(
    "empty-value-hashed",
    "a leaf with an empty value, known by its hash",
    "empty-value",
    underRoot(leaf("2".repeat(63), "")),
    [[`1${"2".repeat(63)}`, null]],
  ),
];

export const SHAPE_FAULTS: readonly FormFault[] = [...EXTENSIONS, ...BRANCHES];
