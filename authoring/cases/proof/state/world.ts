/** A small state whose two levels of tries have every shape: branches, extensions, keys that part from each. */
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

/** A slot whose path begins with these nibbles: 64 digits, to be put behind an address. */
export const slotAt = (path: Nibbles): Digits => keyAt(path, 32);

/** Someone without code. */
export const ALICE = addressAt("1");
/** A contract with storage, and another one with the same code and the same storage. */
export const BOB = addressAt("20");
export const CAROL = addressAt("2f");
/** A contract without storage, below an extension. */
export const DAVE = addressAt("3a1");
/** Storage without code, a single slot. */
export const ERIN = addressAt("3a2");

/** Absent: an empty child, a leaf and an extension with other nibbles. */
export const ABSENT_AT_BRANCH = addressAt("5");
export const ABSENT_AT_LEAF = secondAt("1");
export const ABSENT_AT_EXTENSION = addressAt("3b");

function secondAt(path: Nibbles): string {
  const other = keccak(addressAt(path).slice(2))[path.length];
  return addressAt(path + (other === "0" ? "1" : "0"));
}

/** One more that ends at the same empty child as ABSENT_AT_BRANCH. */
export const ALSO_ABSENT = secondAt("5");

export const NONCE = "00";
export const BALANCE = "01";
export const STORAGE_ROOT = "02";
export const CODE_HASH = "03";
export const CODE = "04";

/** Slots of BOB and CAROL: one alone, two beside each other, two below an extension. */
export const ALONE = slotAt("4");
export const TWIN = slotAt("71");
export const OTHER_TWIN = slotAt("72");
export const BELOW = slotAt("b01");
export const OTHER_BELOW = slotAt("b02");

/** Absent in their storage: an empty child at the top and below, a leaf and an extension with other nibbles. */
export const EMPTY_SLOT = slotAt("9");
export const EMPTY_SLOT_BELOW = slotAt("7a");
export const SLOT_BESIDE_LEAF = slotAt(`4${keccak(ALONE)[1] === "0" ? "1" : "0"}`);
export const SLOT_BESIDE_EXTENSION = slotAt("b1");

/** One more that ends at the same empty child as EMPTY_SLOT. */
export const ALSO_EMPTY = slotAt(`9${keccak(EMPTY_SLOT)[1] === "0" ? "1" : "0"}`);

/** ERIN's one slot. */
export const ONLY = slotAt("0");

/** Slots that part at the ninth nibble of their paths: their leaves are embedded where the words have a byte. */
export const DEEP = "9dac".padStart(64, "0");
export const OTHER_DEEP = "19c5e".padStart(64, "0");

/** A word of its own. */
export const wordAt = (index: number): string => randomNode(400, index);

/** A word that is a small number. */
export const small = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;

export const CODE_BYTES = `0x${"5b".repeat(30)}00`;
export const DAVES_CODE = "0x6001600255";

export type Entries = readonly (readonly [string, string])[];

/** BOB's storage, and CAROL's. */
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
