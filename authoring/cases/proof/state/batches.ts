/** Batches that write to the world. */
import { type Batch, batch, own } from "./batch.ts";
import {
  ABSENT_AT_BRANCH,
  ABSENT_AT_EXTENSION,
  ABSENT_AT_LEAF,
  ALICE,
  ALONE,
  BALANCE,
  BOB,
  CAROL,
  CODE,
  CODE_BYTES,
  DAVE,
  EMPTY_SLOT,
  EMPTY_SLOT_BELOW,
  ERIN,
  NONCE,
  ONLY,
  OTHER_BELOW,
  SLOT_BESIDE_EXTENSION,
  SLOT_BESIDE_LEAF,
  small,
  TWIN,
  wordAt,
  ZERO_WORD,
} from "./world.ts";

/** A code that the world does not have. */
export const NEW_CODE = "0x600160005500";

export const PLAIN: readonly Batch[] = [
  own("nonce", "a nonce", [[ALICE + NONCE, "0x02"]]),
  own("balance", "a balance", [[ALICE + BALANCE, "0x0de0b6b3a7640001"]]),
  own("nonce-to-zero", "a nonce of zero", [[ALICE + NONCE, "0x"]]),
  own("balance-to-largest", "the largest balance", [[ALICE + BALANCE, `0x${"ff".repeat(32)}`]]),
  batch(
    "all-fields",
    "nonce, balance and code of an account",
    [ALICE],
    [
      [ALICE + NONCE, "0x80"],
      [ALICE + BALANCE, "0x7f"],
      [ALICE + CODE, NEW_CODE],
    ],
  ),
  own("two-accounts", "fields of two accounts", [
    [ALICE + BALANCE, "0x01"],
    [ERIN + BALANCE, "0x02"],
  ]),
  own("below-extension", "a field of an account below an extension", [[DAVE + BALANCE, "0x03"]]),
  own("slot", "a slot: the storage root moves, and the state root with it", [[BOB + ALONE, wordAt(10)]]),
  own("slots", "several slots of one account", [
    [BOB + ALONE, small(2)],
    [BOB + TWIN, wordAt(11)],
    [BOB + OTHER_BELOW, small(0x80)],
  ]),
  own("slot-and-field", "a slot and a field of one account", [
    [BOB + TWIN, wordAt(12)],
    [BOB + NONCE, "0x09"],
  ]),
  own("only-slot", "the only slot of an account", [[ERIN + ONLY, small(1)]]),
  own("new-slot-at-branch", "a new slot at an empty child", [[BOB + EMPTY_SLOT, small(3)]]),
  own("new-slot-below", "a new slot at an empty child further down", [[BOB + EMPTY_SLOT_BELOW, small(3)]]),
  own("new-slot-at-leaf", "a new slot that splits a leaf", [[BOB + SLOT_BESIDE_LEAF, small(3)]]),
  own("new-slot-at-extension", "a new slot that splits an extension", [[BOB + SLOT_BESIDE_EXTENSION, small(3)]]),
  own("first-slot", "the first slot of an account without storage", [[ALICE + ALONE, small(3)]]),
  own("new-account-at-branch", "a new account at an empty child", [[ABSENT_AT_BRANCH + BALANCE, "0x04"]]),
  own("new-account-at-leaf", "a new account that splits a leaf", [[ABSENT_AT_LEAF + NONCE, "0x04"]]),
  own("new-account-at-extension", "a new account that splits an extension", [[ABSENT_AT_EXTENSION + BALANCE, "0x04"]]),
  own("new-account-by-slot", "a new account that a slot makes", [[ABSENT_AT_BRANCH + ALONE, small(7)]]),
  batch(
    "new-contract",
    "a new account with everything",
    [ABSENT_AT_BRANCH],
    [
      [ABSENT_AT_BRANCH + NONCE, "0x01"],
      [ABSENT_AT_BRANCH + BALANCE, "0x02"],
      [ABSENT_AT_BRANCH + CODE, NEW_CODE],
      [ABSENT_AT_BRANCH + ALONE, small(7)],
      [ABSENT_AT_BRANCH + TWIN, wordAt(13)],
    ],
  ),
  own("new-account-of-nothing", "a new account of which only a nonce of zero is written: it is there", [
    [ABSENT_AT_BRANCH + NONCE, "0x"],
  ]),
  batch("code", "another code", [BOB], [[BOB + CODE, NEW_CODE]]),
  batch("code-to-empty", "the empty code", [BOB], [[BOB + CODE, "0x"]]),
  batch("code-of-another", "the code that another account has", [ALICE, BOB + CODE].slice(0, 1), [
    [ALICE + CODE, CODE_BYTES],
  ]),
];

export const ALIKE: readonly Batch[] = [
  own(
    "slot-of-one-of-two",
    "a slot of one of two accounts with the same storage",
    [[BOB + TWIN, small(9)]],
    "equal-nodes",
  ),
  batch(
    "slot-of-one-both-open",
    "a slot of one of two accounts with the same storage, both of which are open",
    [BOB + TWIN, CAROL + TWIN],
    [[CAROL + TWIN, small(9)]],
    "equal-nodes",
  ),
  own(
    "same-slot-of-both",
    "the same word in the same slot of both",
    [
      [BOB + TWIN, small(9)],
      [CAROL + TWIN, small(9)],
    ],
    "equal-nodes",
  ),
  own(
    "different-slots-of-both",
    "different slots of both",
    [
      [BOB + TWIN, small(9)],
      [CAROL + ALONE, small(9)],
    ],
    "equal-nodes",
  ),
  batch(
    "storage-copied",
    "the storage of one account written into another that has none",
    [BOB + ALONE, ALICE],
    [[ALICE + ALONE, wordAt(0)]],
    "equal-nodes",
  ),
];

export const AS_A_MAP: readonly Batch[] = [
  batch("nothing", "nothing", [ALICE, BOB + TWIN], [], "writes-are-a-map"),
  batch(
    "same-values",
    "the values that are there",
    [ALICE, BOB + TWIN],
    [
      [ALICE + NONCE, "0x01"],
      [BOB + TWIN, small(1)],
    ],
    "writes-are-a-map",
  ),
  own(
    "field-twice",
    "a field twice",
    [
      [ALICE + NONCE, "0x05"],
      [ALICE + NONCE, "0x06"],
    ],
    "writes-are-a-map",
  ),
  own(
    "slot-twice",
    "a slot twice, with another write in between",
    [
      [BOB + TWIN, small(5)],
      [ALICE + NONCE, "0x06"],
      [BOB + TWIN, small(6)],
    ],
    "writes-are-a-map",
  ),
  own(
    "descending",
    "writes in descending order",
    [
      [BOB + TWIN, small(5)],
      [BOB + NONCE, "0x05"],
      [ALICE + NONCE, "0x05"],
    ],
    "writes-are-a-map",
  ),
  batch(
    "code-twice",
    "a code twice",
    [ALICE],
    [
      [ALICE + CODE, NEW_CODE],
      [ALICE + CODE, "0x00"],
    ],
    "writes-are-a-map",
  ),
  batch(
    "written-then-zero",
    "a slot of an absent account written, and then zero: nothing changes",
    [ABSENT_AT_BRANCH],
    [
      [ABSENT_AT_BRANCH + ALONE, small(5)],
      [ABSENT_AT_BRANCH + ALONE, ZERO_WORD],
    ],
    "writes-are-a-map",
  ),
  batch(
    "new-slot-then-deleted",
    "a new slot written, and then deleted: nothing changes",
    [BOB + EMPTY_SLOT],
    [
      [BOB + EMPTY_SLOT, small(5)],
      [BOB + EMPTY_SLOT, null],
    ],
    "writes-are-a-map",
  ),
];
