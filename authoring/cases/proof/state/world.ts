/** A small state in which the account trie and a storage trie have branches and extensions, and keys that part from each. */
import { randomNode } from "../../kit/binary/pruned.ts";
import { type Digits, keccak, type Nibbles } from "../patricia/rlp.ts";

/** Keccak-256 of the RLP of the empty string. */
export const EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

/** Keccak-256 of the empty string. */
export const EMPTY_CODE_HASH = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

export const ZERO_WORD = `0x${"00".repeat(32)}`;

/** The first key of `bytes` bytes, counted from 1, whose path begins with these nibbles. */
function keyAt(path: Nibbles, bytes: number): Digits {
  for (let number = 1; ; number++) {
    const key = number.toString(16).padStart(2 * bytes, "0");
    if (keccak(key).startsWith(path)) return key;
  }
}

export const addressAt = (path: Nibbles): string => `0x${keyAt(path, 20)}`;

/** A slot whose path begins with these nibbles, as 64 digits that follow an address. */
export const slotAt = (path: Nibbles): Digits => keyAt(path, 32);

/** An account without code and storage. */
export const ALICE = addressAt("1");
/** Two contracts with the same code and the same storage. */
export const BOB = addressAt("20");
export const CAROL = addressAt("2f");
/** A contract without storage, below an extension. */
export const DAVE = addressAt("3a1");
/** An account without code, with one slot. */
export const ERIN = addressAt("3a2");

/** Absent accounts whose paths end at an empty child, at another leaf and at another extension. */
export const ABSENT_AT_BRANCH = addressAt("5");
export const ABSENT_AT_LEAF = secondAt("1");
export const ABSENT_AT_EXTENSION = addressAt("3b");

function secondAt(path: Nibbles): string {
  const other = keccak(addressAt(path).slice(2))[path.length];
  return addressAt(path + (other === "0" ? "1" : "0"));
}

/** Another absent account, whose path ends at the same empty child as that of ABSENT_AT_BRANCH. */
export const ALSO_ABSENT = secondAt("5");

export const NONCE = "00";
export const BALANCE = "01";
export const STORAGE_ROOT = "02";
export const CODE_HASH = "03";
export const CODE = "04";

/** Slots of BOB and CAROL: one below the root node, two siblings, two below an extension. */
export const ALONE = slotAt("4");
export const TWIN = slotAt("71");
export const OTHER_TWIN = slotAt("72");
export const BELOW = slotAt("b01");
export const OTHER_BELOW = slotAt("b02");

/** Absent slots of their storage whose paths end at an empty child of the root node and further down, at a leaf and at an extension. */
export const EMPTY_SLOT = slotAt("9");
export const EMPTY_SLOT_BELOW = slotAt("7a");
export const SLOT_BESIDE_LEAF = slotAt(`4${keccak(ALONE)[1] === "0" ? "1" : "0"}`);
export const SLOT_BESIDE_EXTENSION = slotAt("b1");

/** Another absent slot, whose path ends at the same empty child as that of EMPTY_SLOT. */
export const ALSO_EMPTY = slotAt(`9${keccak(EMPTY_SLOT)[1] === "0" ? "1" : "0"}`);

/** ERIN's one slot. */
export const ONLY = slotAt("0");

/** Slots that part at the ninth nibble of their paths, so that their leaves are embedded when the words have one byte. */
export const DEEP = "9dac".padStart(64, "0");
export const OTHER_DEEP = "19c5e".padStart(64, "0");

/** A random word. */
export const wordAt = (index: number): string => randomNode(400, index);

/** A word that is a small number. */
export const small = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;

export const CODE_BYTES = `0x${"5b".repeat(30)}00`;
export const DAVES_CODE = "0x6001600255";

export type Entries = readonly (readonly [string, string])[];

/** The storage of BOB and of CAROL. */
const SHARED_SLOTS: Entries = [
  [ALONE, wordAt(0)],
  [TWIN, small(1)],
  [OTHER_TWIN, small(0x80)],
  [BELOW, small(0x7f)],
  [OTHER_BELOW, wordAt(1)],
];

export const under = (address: string, slots: Entries): Entries => slots.map(([slot, word]) => [address + slot, word]);

export const ENTRIES: Entries = [
  [ALICE + NONCE, "0x01"],
  [ALICE + BALANCE, "0x0de0b6b3a7640000"],
  [BOB + BALANCE, "0x80"],
  [BOB + CODE, CODE_BYTES],
  ...under(BOB, SHARED_SLOTS),
  [CAROL + NONCE, "0x80"],
  [CAROL + CODE, CODE_BYTES],
  ...under(CAROL, SHARED_SLOTS),
  [DAVE + NONCE, "0x01"],
  [DAVE + CODE, DAVES_CODE],
  [ERIN + BALANCE, "0x01"],
  [ERIN + ONLY, wordAt(2)],
];
