/** Batches that delete accounts and slots. */
import { type Batch, batch, own, type Write } from "./batch.ts";
import {
  ABSENT_AT_BRANCH,
  ABSENT_AT_LEAF,
  ALICE,
  ALONE,
  addressAt,
  BALANCE,
  BELOW,
  BOB,
  CAROL,
  DAVE,
  DEEP,
  EMPTY_SLOT_BELOW,
  type Entries,
  ERIN,
  NONCE,
  ONLY,
  OTHER_BELOW,
  OTHER_DEEP,
  OTHER_TWIN,
  SLOT_BESIDE_EXTENSION,
  SLOT_BESIDE_LEAF,
  small,
  TWIN,
  wordAt,
  ZERO_WORD,
} from "./world.ts";

/** An absent account beside BOB and CAROL. */
const BETWEEN = addressAt("27");

export const DELETIONS: readonly Batch[] = [
  own("slot-deleted", "a slot deleted from a branch of three", [[BOB + ALONE, null]]),
  own("slot-zeroed", "a slot deleted with 32 zero bytes", [[BOB + ALONE, ZERO_WORD]], "zero-is-absent"),
  own("only-slot-deleted", "the only slot of an account deleted: its storage is empty", [[ERIN + ONLY, null]]),
  own(
    "all-slots-deleted",
    "all slots of an account deleted",
    [ALONE, TWIN, OTHER_TWIN, BELOW, OTHER_BELOW].map((slot) => [BOB + slot, null]),
  ),
  own(
    "absent-slot-deleted",
    "an absent slot deleted: nothing changes",
    [[BOB + SLOT_BESIDE_LEAF, null]],
    "delete-absent",
  ),
  own(
    "absent-slot-zeroed",
    "an absent slot written with 32 zero bytes: nothing changes",
    [[BOB + SLOT_BESIDE_EXTENSION, ZERO_WORD]],
    "delete-absent",
  ),
  own(
    "slot-of-empty-storage-deleted",
    "a slot of an account without storage deleted: nothing changes",
    [[ALICE + ALONE, null]],
    "delete-absent",
  ),
  own(
    "slot-of-absent-deleted",
    "a slot of an absent account deleted: no account is made",
    [[ABSENT_AT_BRANCH + ALONE, null]],
    "delete-absent",
  ),
  own(
    "slot-of-absent-zeroed",
    "32 zero bytes written to a slot of an absent account: no account is made",
    [[ABSENT_AT_LEAF + ALONE, ZERO_WORD]],
    "delete-absent",
  ),
  own(
    "absent-account-deleted",
    "an absent account deleted: nothing changes",
    [[ABSENT_AT_LEAF, null]],
    "delete-absent",
  ),
  batch(
    "twins-deleted",
    "both slots below a branch deleted",
    [BOB + TWIN, BOB + OTHER_TWIN],
    [
      [BOB + TWIN, null],
      [BOB + OTHER_TWIN, null],
    ],
  ),
  own("account-deleted", "an account without storage deleted", [[ALICE, null]]),
  batch(
    "contract-deleted",
    "a contract deleted, with its storage and its code",
    [BOB, CAROL],
    [[BOB, null]],
    "storage-of-deleted",
  ),
  batch(
    "last-of-storage-and-account",
    "an account and its only slot deleted",
    [ERIN + ONLY, DAVE],
    [
      [ERIN + ONLY, null],
      [ERIN, null],
    ],
    "storage-of-deleted",
  ),
  batch(
    "all-accounts-deleted",
    "all accounts deleted: the empty state",
    [ALICE, BOB, CAROL, DAVE, ERIN],
    [ALICE, BOB, CAROL, DAVE, ERIN].map((address): Write => [address, null]),
  ),
  batch(
    "account-emptied",
    "nonce and balance of an account set to zero: it stays",
    [ALICE],
    [
      [ALICE + NONCE, "0x"],
      [ALICE + BALANCE, "0x"],
    ],
  ),
  batch(
    "deleted-then-field",
    "an account deleted, and one field written: the others and the storage are empty",
    [BOB, CAROL],
    [
      [BOB, null],
      [BOB + NONCE, "0x01"],
    ],
    "storage-of-deleted",
  ),
  batch(
    "deleted-then-slot",
    "an account deleted, and one slot written: it is the only one",
    [BOB, CAROL],
    [
      [BOB, null],
      [BOB + ALONE, small(5)],
    ],
    "storage-of-deleted",
  ),
  batch(
    "deleted-then-zero",
    "an account deleted, and one slot written with 32 zero bytes: it stays deleted",
    [BOB, CAROL],
    [
      [BOB, null],
      [BOB + ALONE, ZERO_WORD],
    ],
    "storage-of-deleted",
  ),
  batch(
    "written-then-deleted",
    "fields and slots written, and then the account deleted",
    [BOB, CAROL],
    [
      [BOB + NONCE, "0x01"],
      [BOB + ALONE, small(5)],
      [BOB, null],
    ],
    "storage-of-deleted",
  ),
  batch(
    "deleted-twice",
    "an account deleted, written, and deleted",
    [ALICE],
    [
      [ALICE, null],
      [ALICE + NONCE, "0x07"],
      [ALICE, null],
    ],
    "storage-of-deleted",
  ),
  batch(
    "new-then-deleted",
    "a new account written, and then deleted: nothing changes",
    [ABSENT_AT_BRANCH],
    [
      [ABSENT_AT_BRANCH + NONCE, "0x07"],
      [ABSENT_AT_BRANCH + ALONE, small(7)],
      [ABSENT_AT_BRANCH, null],
    ],
    "storage-of-deleted",
  ),
  batch(
    "deleted-storage-closed",
    "an account deleted of whose storage nothing is open, after a slot was written",
    [BOB, CAROL],
    [
      [BOB + TWIN, small(9)],
      [BOB, null],
      [BOB + TWIN, small(8)],
    ],
    "storage-of-deleted",
  ),
];

const DEEP_ENTRIES: Entries = [
  [BOB + DEEP, small(1)],
  [BOB + OTHER_DEEP, small(2)],
  [BOB + ALONE, wordAt(0)],
];

/** Slots whose leaves are embedded, so that a sibling is always open. */
export const EMBEDDED: readonly Batch[] = [
  {
    ...own(
      "embedded-sibling",
      "a slot deleted beside one whose leaf is embedded: it needs no node",
      [[BOB + DEEP, null]],
      "embedded-node",
    ),
    entries: DEEP_ENTRIES,
  },
  {
    ...own(
      "embedded-to-hashed",
      "an embedded leaf that becomes a node of its own",
      [[BOB + DEEP, wordAt(14)]],
      "embedded-node",
    ),
    entries: DEEP_ENTRIES,
  },
  {
    ...own(
      "embedded-to-embedded",
      "an embedded leaf with another word",
      [[BOB + OTHER_DEEP, small(3)]],
      "embedded-node",
    ),
    entries: DEEP_ENTRIES,
  },
];

/** Deletions that leave a branch with one child. */
export interface Collapse {
  readonly id: string;
  readonly about: string;
  readonly deletes: readonly string[];
  /** Written in the same batch. */
  readonly writes?: readonly Write[];
  /** Keys whose paths lead to the children that must be open. */
  readonly siblings: readonly string[];
}

export const COLLAPSES: readonly Collapse[] = [
  { id: "account-beside-leaf", about: "an account deleted beside another's leaf", deletes: [BOB], siblings: [CAROL] },
  {
    id: "account-below-extension",
    about: "an account deleted from a branch below an extension",
    deletes: [DAVE],
    siblings: [ERIN],
  },
  {
    id: "account-with-storage",
    about: "an account with storage deleted below an extension",
    deletes: [ERIN],
    siblings: [DAVE],
  },
  {
    id: "accounts-but-extension",
    about: "all accounts deleted but those below an extension",
    deletes: [ALICE, BOB, CAROL],
    siblings: [DAVE],
  },
  {
    id: "accounts-but-one",
    about: "all accounts deleted but one",
    deletes: [ALICE, BOB, CAROL, DAVE],
    siblings: [ERIN],
  },
  {
    id: "slot-beside-leaf",
    about: "a slot deleted beside another's leaf",
    deletes: [BOB + TWIN],
    siblings: [BOB + OTHER_TWIN],
  },
  {
    id: "slot-below-extension",
    about: "a slot deleted from a branch below an extension",
    deletes: [BOB + BELOW],
    siblings: [BOB + OTHER_BELOW],
  },
  {
    id: "slots-but-extension",
    about: "all slots deleted but those below an extension",
    deletes: [ALONE, TWIN, OTHER_TWIN].map((slot) => BOB + slot),
    siblings: [BOB + BELOW],
  },
  {
    id: "slots-but-branch",
    about: "all slots deleted but those below a branch",
    deletes: [ALONE, BELOW, OTHER_BELOW].map((slot) => BOB + slot),
    siblings: [BOB + TWIN],
  },
  {
    id: "slots-but-one",
    about: "all slots deleted but one",
    deletes: [TWIN, OTHER_TWIN, BELOW, OTHER_BELOW].map((slot) => BOB + slot),
    siblings: [BOB + ALONE],
  },
  {
    id: "both-tries",
    about: "a slot and another account deleted, each beside a leaf",
    deletes: [BOB + TWIN, DAVE],
    siblings: [BOB + OTHER_TWIN, ERIN],
  },
];

/** Deletions that would leave one child if the batch did not write beside them. */
export const SPARED: readonly Batch[] = [
  batch(
    "account-written-beside",
    "an account deleted and a new one written beside it",
    [BOB, BETWEEN],
    [
      [BOB, null],
      [BETWEEN + NONCE, "0x01"],
    ],
    "sibling-spared",
  ),
  batch(
    "account-written-before",
    "a new account written, and then the one beside it deleted",
    [BOB, BETWEEN],
    [
      [BETWEEN + NONCE, "0x01"],
      [BOB, null],
    ],
    "sibling-spared",
  ),
  batch(
    "slot-written-beside",
    "a slot deleted and a new one written beside it",
    [BOB + TWIN, BOB + EMPTY_SLOT_BELOW],
    [
      [BOB + TWIN, null],
      [BOB + EMPTY_SLOT_BELOW, small(4)],
    ],
    "sibling-spared",
  ),
  own(
    "slot-deleted-and-written",
    "a slot deleted and written again",
    [
      [BOB + TWIN, null],
      [BOB + TWIN, small(4)],
    ],
    "sibling-spared",
  ),
  batch(
    "account-deleted-and-written",
    "an account deleted and written again",
    [BOB],
    [
      [BOB, null],
      [BOB + BALANCE, "0x04"],
    ],
    "sibling-spared",
  ),
  batch(
    "slots-of-deleted",
    "a slot deleted beside another's leaf, and then its account",
    [BOB + TWIN, CAROL],
    [
      [BOB + TWIN, null],
      [BOB, null],
    ],
    "sibling-spared",
  ),
];
