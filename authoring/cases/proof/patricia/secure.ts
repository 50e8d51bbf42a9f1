/** Tries whose paths are the hashes of their keys, with the keys and values of Ethereum. */
import { leafKeys } from "../../../../harness/cases/recipes.ts";
import { randomNode } from "../../kit/binary/pruned.ts";
import { bigEndian, type Digits, list, string } from "./rlp.ts";
import { EMPTY_ROOT, entriesOf, type Scenario, small, valueAt } from "./scenarios.ts";

/** A storage slot: a small number as 32 bytes. */
const slot = (index: number): Digits => bigEndian(index, 32);

/** A value in storage: the RLP of an integer without leading zeros. */
const stored = (value: Digits): string => `0x${string(value.replace(/^(?:00)+/, ""))}`;

const STORAGE: Readonly<Record<Digits, string>> = {
  [slot(0)]: stored(randomNode(320).slice(2)),
  [slot(1)]: stored("01"),
  [slot(2)]: stored("80"),
  [slot(3)]: stored("0de0b6b3a7640000"),
  [slot(4)]: stored(`${"00".repeat(12)}${randomNode(321).slice(2, 42)}`),
  [slot(5)]: stored("ff".repeat(32)),
  [randomNode(322).slice(2)]: stored("7f"),
  [randomNode(323).slice(2)]: stored(randomNode(324).slice(2)),
};

/** An account: nonce, balance, root of its storage and hash of its code. */
function account(nonce: Digits, balance: Digits, storage: string, code: string): string {
  return `0x${list([nonce, balance, storage.slice(2), code.slice(2)].map(string))}`;
}

const EMPTY_CODE = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

const address = (index: number): Digits => randomNode(325, index).slice(2, 42);

const ACCOUNTS: Readonly<Record<Digits, string>> = {
  [address(0)]: account("", "", EMPTY_ROOT, EMPTY_CODE),
  [address(1)]: account("01", "0de0b6b3a7640000", EMPTY_ROOT, EMPTY_CODE),
  [address(2)]: account("05", "", randomNode(326), randomNode(327)),
  [address(3)]: account("ff01", "ff".repeat(12), randomNode(328), randomNode(329)),
};

const thousand = leafKeys(330n, 1000, 256);

const secure = (
  id: string,
  about: string,
  map: Readonly<Record<Digits, string>>,
  keys: readonly Digits[],
): Scenario => ({
  id,
  about,
  secure: true,
  entries: entriesOf(map),
  keys: keys.map((key) => `0x${key}`),
});

export const SECURE: readonly Scenario[] = [
  secure("one-key", "one key of a secure trie", { "12": valueAt(0) }, ["12"]),
  secure("one-small", "one key of a secure trie, and a small value", { "12": small(0) }, ["12"]),
  secure("empty-key", "the empty key of a secure trie", { "": valueAt(0), "12": valueAt(1) }, [""]),
  secure("absent", "a key of a secure trie that is not there", { "12": valueAt(0), "92": valueAt(1) }, ["34"]),
  { ...secure("empty", "a key of an empty secure trie", {}, ["12"]), flag: "empty-tree" },
  secure(
    "prefixes",
    "keys that are prefixes of each other: their hashes are not",
    { "": valueAt(0), "12": valueAt(1), "1234": valueAt(2) },
    ["12", "1234", "123456"],
  ),
  secure(
    "many-lengths",
    "keys of 0, 1, 20, 32, 135, 136, 137 and 272 bytes, where blocks of the hash end",
    mapOfLengths(),
    ["", "aa".repeat(135), "aa".repeat(136), "aa".repeat(272)],
  ),
  secure("storage", "contract storage: slots, set and not", STORAGE, [slot(0), slot(1), slot(2), slot(6)]),
  secure("storage-all", "contract storage: every slot", STORAGE, Object.keys(STORAGE)),
  secure("accounts", "accounts by address, one of them not there", ACCOUNTS, [address(0), address(2), address(9)]),
  {
    id: "thousand",
    about: "a thousand keys of a secure trie, two present and two absent ones asked for",
    secure: true,
    entries: { leaves: { seed: 330, count: 1000 } },
    keys: [thousand[0], thousand[999], randomNode(331), randomNode(332)],
  },
  {
    ...secure("said-to-be-plain", "secure stated as false", { "12": valueAt(0), "92": valueAt(1) }, ["12"]),
    secure: false,
  },
];

function mapOfLengths(): Record<Digits, string> {
  const lengths = [0, 1, 20, 32, 135, 136, 137, 272];
  return Object.fromEntries(lengths.map((length, index) => ["aa".repeat(length), valueAt(index)]));
}
