/** Batches that are rejected because the proof lacks nodes, and batches that are invalid themselves. */
import type { Batch, Write } from "./batch.ts";
import { NEW_CODE } from "./batches.ts";
import {
  ABSENT_AT_EXTENSION,
  ALICE,
  ALONE,
  BALANCE,
  BOB,
  CODE,
  DAVE,
  ERIN,
  NONCE,
  ONLY,
  SLOT_BESIDE_LEAF,
  small,
  TWIN,
  wordAt,
} from "./world.ts";

const uncovered = (id: string, about: string, keys: readonly string[], writes: readonly Write[]): Batch => ({
  id,
  about,
  keys,
  writes,
  flag: "uncovered-key",
  classes: ["incomplete"],
});

export const UNCOVERED: readonly Batch[] = [
  uncovered(
    "field-uncovered",
    "a field of an account that the proof does not reach",
    [ALICE],
    [[DAVE + NONCE, "0x05"]],
  ),
  uncovered(
    "all-fields-uncovered",
    "all fields of an account that the proof does not reach",
    [ALICE],
    [
      [DAVE + NONCE, "0x05"],
      [DAVE + BALANCE, "0x05"],
      [DAVE + CODE, NEW_CODE],
    ],
  ),
  uncovered(
    "slot-of-uncovered-account",
    "a slot of an account that the proof does not reach",
    [ALICE],
    [[ERIN + ONLY, small(5)]],
  ),
  uncovered("slot-uncovered", "a slot that the proof does not reach", [BOB + TWIN], [[BOB + ALONE, small(5)]]),
  uncovered(
    "slot-of-closed-storage",
    "a slot of an account of whose storage nothing is open",
    [BOB],
    [[BOB + ALONE, small(5)]],
  ),
  uncovered(
    "slot-deletion-uncovered",
    "the deletion of a slot that the proof does not reach",
    [BOB + TWIN],
    [[BOB + ALONE, null]],
  ),
  uncovered(
    "absent-slot-uncovered",
    "the deletion of an absent slot that the proof does not reach",
    [BOB + TWIN],
    [[BOB + SLOT_BESIDE_LEAF, null]],
  ),
  uncovered(
    "account-deletion-uncovered",
    "the deletion of an account that the proof does not reach",
    [ALICE],
    [[DAVE, null]],
  ),
  uncovered(
    "absent-account-uncovered",
    "the deletion of an absent account that the proof does not reach",
    [ALICE],
    [[ABSENT_AT_EXTENSION, null]],
  ),
  uncovered(
    "uncovered-after-covered",
    "a covered field and an uncovered slot",
    [ALICE, BOB],
    [
      [ALICE + NONCE, "0x05"],
      [BOB + TWIN, small(5)],
    ],
  ),
  uncovered(
    "uncovered-rewritten",
    "an account that the proof does not reach, deleted and written again",
    [ALICE],
    [
      [DAVE, null],
      [DAVE + NONCE, "0x05"],
    ],
  ),
  uncovered(
    "same-word-uncovered",
    "the word that it has, to a slot that the proof does not reach",
    [BOB + TWIN],
    [[BOB + ALONE, wordAt(0)]],
  ),
  uncovered(
    "zero-to-uncovered-account",
    "zero, to a slot of an account that the proof does not reach",
    [ALICE],
    [[DAVE + ALONE, small(0)]],
  ),
  uncovered(
    "equal-storage-uncovered",
    "a slot of an account that the proof does not reach, whose storage it has",
    [BOB + TWIN],
    [[ERIN + TWIN, small(5)]],
  ),
];

const bad = (id: string, about: string, write: Write | readonly unknown[], flag = "bad-write"): Batch => ({
  id,
  about,
  keys: [ALICE, BOB + TWIN],
  writes: [write as Write],
  flag,
  classes: ["invalid-argument"],
});

/** Writes that are invalid with every proof. */
export const BAD_WRITES: readonly Batch[] = [
  bad("account-value", "a value for an account", [ALICE, "0xf8440180"]),
  bad("account-empty-value", "an empty value for an account", [ALICE, "0x"]),
  bad("nonce-null", "null for a field", [ALICE + NONCE, null]),
  bad("balance-null", "null for a field", [ALICE + BALANCE, null]),
  bad("code-null", "null for a code", [ALICE + CODE, null]),
  bad("nonce-9-bytes", "a nonce of 9 bytes", [ALICE + NONCE, `0x${"01".repeat(9)}`]),
  bad("nonce-leading-zero", "a nonce with a leading zero", [ALICE + NONCE, "0x0001"]),
  bad("nonce-zero-byte", "a nonce of zero as a byte", [ALICE + NONCE, "0x00"]),
  bad("balance-33-bytes", "a balance of 33 bytes", [ALICE + BALANCE, `0x${"01".repeat(33)}`]),
  bad("balance-leading-zero", "a balance with a leading zero", [ALICE + BALANCE, "0x000a"]),
  bad("balance-as-word", "a balance padded to 32 bytes", [ALICE + BALANCE, small(10)]),
  bad("storage-root", "a storage root", [`${ALICE}02`, wordAt(20)]),
  bad("storage-root-null", "null for a storage root", [`${ALICE}02`, null]),
  bad("code-hash", "a code hash", [`${ALICE}03`, wordAt(20)]),
  bad("ancestor", "a block hash", [`${wordAt(20)}0000000000000001`, wordAt(21)]),
  bad("ancestor-null", "null for a block hash", [`${wordAt(20)}0000000000000001`, null]),
  bad("word-31-bytes", "a word of 31 bytes", [BOB + TWIN, wordAt(20).slice(0, -2)]),
  bad("word-33-bytes", "a word of 33 bytes", [BOB + TWIN, `${wordAt(20)}00`]),
  bad("word-minimal", "a word without its leading zeros", [BOB + TWIN, "0x05"]),
  bad("word-empty", "an empty word", [BOB + TWIN, "0x"]),
  bad("field-5", "a field that there is not", [`${ALICE}05`, "0x01"], "bad-key"),
  bad("key-32-bytes", "a slot without an address", [`0x${TWIN}`, small(1)], "bad-key"),
  bad("write-of-one", "a key without a value", [ALICE + NONCE], "bad-request-form"),
  bad("write-of-three", "a key with two values", [ALICE + NONCE, "0x01", "0x02"], "bad-request-form"),
  bad("value-number", "a value that is a number", [ALICE + NONCE, 5], "bad-request-form"),
  bad("value-quantity", "a value of an odd number of digits", [ALICE + NONCE, "0x5"], "bad-request-form"),
];
