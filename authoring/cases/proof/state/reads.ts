/** Reads of every kind of key through honest proofs, and absence in both tries. */
import type { VectorFile } from "../../../../harness/cases/vector.ts";
import { type Draft, vectorFile } from "../../kit/draft.ts";
import { answeredRead, type EncodingName, NAIVE, prove, refusedRead, rolesOf, type Scenario } from "./scenarios.ts";
import {
  ABSENT_AT_BRANCH,
  ABSENT_AT_EXTENSION,
  ABSENT_AT_LEAF,
  ALICE,
  ALONE,
  ALSO_ABSENT,
  ALSO_EMPTY,
  BALANCE,
  BELOW,
  BOB,
  CAROL,
  CODE,
  CODE_HASH,
  DAVE,
  DEEP,
  EMPTY_SLOT,
  EMPTY_SLOT_BELOW,
  ERIN,
  NONCE,
  ONLY,
  OTHER_BELOW,
  OTHER_DEEP,
  OTHER_TWIN,
  SLOT_BESIDE_EXTENSION,
  SLOT_BESIDE_LEAF,
  STORAGE_ROOT,
  small,
  TWIN,
  wordAt,
} from "./world.ts";

const SOURCE = "authoring/cases/proof/state/reads.ts";

const of = (id: string, about: string, keys: readonly string[], flag?: string): Scenario => ({
  id,
  about,
  keys,
  ...(flag === undefined ? {} : { flag }),
});

const FIELDS = [
  ["nonce", NONCE],
  ["balance", BALANCE],
  ["storage-root", STORAGE_ROOT],
  ["code-hash", CODE_HASH],
  ["code", CODE],
] as const;

const ACCOUNTS = [
  ["alice", ALICE, "an account without code"],
  ["bob", BOB, "a contract with storage"],
  ["dave", DAVE, "a contract without storage, below an extension"],
  ["erin", ERIN, "an account with storage and without code"],
  ["absent", ABSENT_AT_BRANCH, "an absent account"],
] as const;

/** Every field of every kind of account, one by one. */
const SINGLE: readonly Scenario[] = ACCOUNTS.flatMap(([name, address, what]) => [
  of(`${name}-account`, `the RLP of ${what}`, [address]),
  ...FIELDS.map(([field, number]) =>
    of(`${name}-${field}`, `the ${field.replace("-", " ")} of ${what}`, [address + number]),
  ),
]);

const SLOTS: readonly Scenario[] = [
  of("slot-below-branch", "a slot below the root node", [BOB + ALONE]),
  of("slot-small-word", "a slot whose word is 1", [BOB + TWIN]),
  of("slot-word-of-0x80", "a slot whose word is 0x80: two bytes of RLP in a string of its own", [BOB + OTHER_TWIN]),
  of("slot-word-of-0x7f", "a slot below an extension whose word is 0x7f", [BOB + BELOW]),
  of("slot-only", "the only slot of an account: its leaf is the root node", [ERIN + ONLY]),
  of(
    "slots-of-one",
    "all slots of an account",
    [ALONE, TWIN, OTHER_TWIN, BELOW, OTHER_BELOW].map((slot) => BOB + slot),
  ),
  of("slots-of-two", "the same slot of two accounts with the same storage", [BOB + TWIN, CAROL + TWIN], "equal-nodes"),
  of(
    "different-slots-of-two",
    "different slots of two accounts with the same storage",
    [BOB + ALONE, CAROL + BELOW],
    "equal-nodes",
  ),
];

const MIXED: readonly Scenario[] = [
  of("fields-and-slots", "fields and slots of several accounts", [
    ALICE + BALANCE,
    BOB + TWIN,
    BOB + NONCE,
    ERIN + ONLY,
    DAVE,
  ]),
  of("all-of-one", "everything that can be asked of an account", [
    BOB,
    ...FIELDS.map(([, number]) => BOB + number),
    BOB + ALONE,
  ]),
  of("code-of-two", "the code of two accounts that have the same one", [BOB + CODE, CAROL + CODE], "equal-nodes"),
  of("two-codes", "the codes of two accounts", [DAVE + CODE, BOB + CODE]),
  of("no-keys", "no keys: the root node of the account trie", []),
  {
    id: "empty-state",
    about: "an account of the empty state",
    entries: [],
    keys: [ALICE, ALICE + CODE_HASH, ALICE + ALONE],
    flag: "empty-tree",
  },
  {
    id: "one-account",
    about: "a state of one account, whose leaf is the root node",
    entries: [[ALICE + BALANCE, "0x05"]],
    keys: [ALICE + BALANCE, BOB + BALANCE],
  },
  {
    id: "account-of-nothing",
    about: "an account whose nonce, balance and code are empty: it is there, as it was written",
    entries: [[ALICE + NONCE, "0x"]],
    keys: [ALICE, ALICE + NONCE, ALICE + CODE_HASH],
  },
  {
    id: "embedded-slots",
    about: "slots whose leaves are embedded in a branch, deep in the storage",
    entries: [
      [BOB + DEEP, small(1)],
      [BOB + OTHER_DEEP, small(2)],
      [BOB + ALONE, wordAt(0)],
    ],
    keys: [BOB + DEEP, BOB + OTHER_DEEP],
    flag: "embedded-node",
  },
  {
    id: "largest-numbers",
    about: "a nonce of 8 bytes and a balance of 32",
    entries: [
      [ALICE + NONCE, `0x${"ff".repeat(8)}`],
      [ALICE + BALANCE, `0x${"ff".repeat(32)}`],
    ],
    keys: [ALICE + NONCE, ALICE + BALANCE],
  },
  {
    id: "nonce-of-0x7f-and-0x80",
    about: "numbers on either side of the byte that stands for itself in RLP",
    entries: [
      [ALICE + NONCE, "0x7f"],
      [ALICE + BALANCE, "0x80"],
    ],
    keys: [ALICE, ALICE + NONCE, ALICE + BALANCE],
  },
];

const ABSENCE: readonly Scenario[] = [
  of("account-at-branch", "an account whose path ends at an empty child", [ABSENT_AT_BRANCH]),
  of("account-at-leaf", "an account whose path ends at another account's leaf", [ABSENT_AT_LEAF]),
  of(
    "account-at-extension",
    "an account whose path parts from an extension, whose child is not needed",
    [ABSENT_AT_EXTENSION],
    "node-not-needed",
  ),
  of(
    "fields-of-absent",
    "all fields of an absent account",
    FIELDS.slice(0, 4).map(([, number]) => ABSENT_AT_LEAF + number),
  ),
  of("slot-of-absent", "a slot of an absent account", [ABSENT_AT_BRANCH + ALONE]),
  of("slot-at-branch", "a slot whose path ends at an empty child of the root node", [BOB + EMPTY_SLOT]),
  of("slot-at-branch-below", "a slot whose path ends at an empty child further down", [BOB + EMPTY_SLOT_BELOW]),
  of("slot-at-leaf", "a slot whose path ends at another slot's leaf", [BOB + SLOT_BESIDE_LEAF]),
  of(
    "slot-at-extension",
    "a slot whose path parts from an extension, whose child is not needed",
    [BOB + SLOT_BESIDE_EXTENSION],
    "node-not-needed",
  ),
  of("slot-at-only-leaf", "a slot beside the only one", [ERIN + ALONE]),
  of("slot-of-empty-storage", "a slot of an account without storage", [ALICE + ALONE]),
  of("slot-of-empty-storage-of-contract", "a slot of a contract without storage", [DAVE + ALONE]),
  of("present-and-absent", "present and absent slots of one account", [
    BOB + ALONE,
    BOB + EMPTY_SLOT,
    BOB + TWIN,
    BOB + SLOT_BESIDE_LEAF,
  ]),
];

/** Keys in other orders, repeated keys, and keys that the proof was not made for. */
function orders(encoding: EncodingName): Draft[] {
  const keys = [ALICE + NONCE, BOB + TWIN, ABSENT_AT_BRANCH, ERIN];
  const { root, proof } = prove({ keys }, encoding);
  const read = (id: string, about: string, asked: readonly string[]): Draft =>
    answeredRead({ id, about, flag: "read-order" }, encoding, { root, proof, keys: asked });
  return [
    read("reversed", "the keys in reverse order", keys.toReversed()),
    read("repeated", "a key three times", [BOB + TWIN, ALICE + NONCE, BOB + TWIN, BOB + TWIN]),
    read("none", "no keys", []),
    read("other-fields", "fields that were not asked for when the proof was made", [
      ALICE + BALANCE,
      ALICE,
      BOB + STORAGE_ROOT,
      ERIN + CODE_HASH,
      ABSENT_AT_BRANCH + NONCE,
    ]),
    read("empty-code", "the code of an account that has none, without the proof of a code", [
      ALICE + CODE,
      ERIN + CODE,
    ]),
    read("code-of-absent", "the code of an absent account", [ABSENT_AT_BRANCH + CODE]),
    read("slot-of-absent", "a slot of an absent account", [ABSENT_AT_BRANCH + TWIN]),
    ...[false, true].map((isStrict) =>
      answeredRead(
        {
          id: "not-asked-for",
          about: "an account and slots that were not asked for when the proof was made, and that its nodes decide",
          flag: "read-order",
          isStrict,
        },
        encoding,
        { root, proof, keys: [ALSO_ABSENT, BOB + EMPTY_SLOT, BOB + ALSO_EMPTY, ABSENT_AT_BRANCH + TWIN] },
      ),
    ),
  ];
}

function uncovered(encoding: EncodingName): Draft[] {
  const { root, proof } = prove({ keys: [ALICE, BOB + TWIN] }, encoding);
  const refuse = (id: string, about: string, keys: readonly string[]): Draft =>
    refusedRead({ id, about, flag: "uncovered-key" }, encoding, { root, proof, keys }, "incomplete");
  return [
    refuse("account", "an account that the proof does not reach", [DAVE]),
    refuse("field", "a field of an account that the proof does not reach", [DAVE + NONCE]),
    refuse("slot-of-account", "a slot of an account that the proof does not reach", [ERIN + ONLY]),
    refuse("slot", "a slot that the proof does not reach, of an account that it reaches", [BOB + ALONE]),
    refuse("absent-account", "an absent account that the proof does not show to be absent", [ABSENT_AT_EXTENSION]),
    refuse("absent-slot", "an absent slot that the proof does not show to be absent", [BOB + SLOT_BESIDE_LEAF]),
    refuse("second-of-two", "a key that is covered, then one that is not", [ALICE, BOB + OTHER_BELOW]),
    refuse("code", "a code that is not in the proof", [BOB + CODE]),
    ...(encoding === "witness"
      ? []
      : [refuse("ancestor", "an ancestor, in an encoding without headers", [`0x${"77".repeat(32)}${"00".repeat(8)}`])]),
  ];
}

function badKeys(encoding: EncodingName): Draft[] {
  const { root, proof } = prove({ keys: [ALICE, BOB + TWIN] }, encoding);
  const refuse = (id: string, about: string, key: unknown, flag = "bad-key"): Draft =>
    refusedRead({ id, about, flag }, encoding, { root, proof, keys: [ALICE, key] }, "invalid-argument");
  const cut = (digits: number): string => (BOB + TWIN).slice(0, 2 + digits);
  return [
    ...[0, 1, 19, 22, 32, 39, 41, 51].map((bytes) =>
      refuse(`bytes-${bytes}`, `a key of ${bytes} bytes`, cut(2 * bytes)),
    ),
    refuse("bytes-53", "a key of 53 bytes", `${BOB}${TWIN}00`),
    refuse("field-5", "a field that there is not", `${ALICE}05`),
    refuse("field-255", "a field that there is not", `${ALICE}ff`),
    refuse("upper-case", "a key in upper case", ALICE.replace("0x0", "0xA"), "bad-request-form"),
    refuse("quantity", "a key of an odd number of digits", ALICE.slice(0, -1), "bad-request-form"),
    refuse("number", "a key that is a number", 1, "bad-request-form"),
  ];
}

function badOptions(encoding: EncodingName): Draft[] {
  const { root, proof } = prove({ keys: [ALICE] }, encoding);
  return [{ secure: true }, { secure: false }, { depth: 256 }].map((options) => {
    const [name] = Object.keys(options);
    const text = {
      id: `option-${name}-${Object.values(options)[0]}`,
      about: `the option ${name}`,
      flag: "bad-request-form",
    };
    return refusedRead(text, encoding, { root, proof, keys: [ALICE], options }, "invalid-argument");
  });
}

export function readFiles(encoding: EncodingName): VectorFile[] {
  const suite = `proof/state/${encoding}`;
  const file = (theme: string, about: string, requirements: readonly string[], cases: readonly Draft[]): VectorFile =>
    vectorFile(SOURCE, [NAIVE], { suite, theme, about, requirements }, cases);
  const proves =
    encoding === "witness"
      ? ["PROOF-STATE-120", "PROOF-STATE-020", "PROOF-STATE-087"]
      : ["PROOF-STATE-044", "PROOF-STATE-108", "PROOF-STATE-110", "PROOF-STATE-036"];
  const roles = (scenarios: readonly Scenario[]): Draft[] =>
    scenarios.flatMap((scenario) => rolesOf(scenario, encoding));
  return [
    file(
      "fields",
      "Every field of every kind of account.",
      ["PROOF-STATE-001", "PROOF-STATE-004", ...proves],
      roles(SINGLE),
    ),
    file(
      "slots-and-more",
      "Slots, several keys at once, and states of their own.",
      [
        "PROOF-STATE-003",
        "PROOF-STATE-004",
        "PROOF-STATE-058",
        "PROOF-STATE-062",
        ...(encoding === "witness"
          ? ["PROOF-STATE-061", "PROOF-STATE-121"]
          : ["PROOF-STATE-126", "PROOF-STATE-109", "PROOF-STATE-034", "PROOF-STATE-101", "PROOF-STATE-102"]),
        ...proves,
      ],
      roles([...SLOTS, ...MIXED]),
    ),
    file(
      "absence",
      "Accounts and slots that are absent.",
      [
        "PROOF-STATE-004",
        "PROOF-STATE-062",
        "PROOF-STATE-064",
        ...(encoding === "witness" ? [] : ["PROOF-STATE-095"]),
        ...proves,
      ],
      roles(ABSENCE),
    ),
    file(
      "read-order",
      "Keys in any order, and others than the proof was made for.",
      [
        "PROOF-GEN-003",
        "PROOF-GEN-015",
        "PROOF-STATE-063",
        "PROOF-STATE-065",
        ...(encoding === "witness" ? [] : ["PROOF-STATE-035", "PROOF-STATE-106"]),
      ],
      orders(encoding),
    ),
    file(
      "uncovered-keys",
      "Keys that a genuine proof says nothing of.",
      ["PROOF-STATE-005", ...(encoding === "witness" ? ["PROOF-STATE-147"] : ["PROOF-STATE-035", "PROOF-STATE-107"])],
      uncovered(encoding),
    ),
    file(
      "keys-and-options",
      "Keys and options that there are not.",
      ["PROOF-STATE-001", "PROOF-STATE-050", "PROOF-STATE-051"],
      [...badKeys(encoding), ...badOptions(encoding)],
    ),
  ];
}
